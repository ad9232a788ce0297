/** The window's own address. A scheme of our own has an origin of its own, which no web page can have. */
export const scheme = 'app'
export const ownHost = 'benchside'
export const startPage = `${scheme}://${ownHost}/`

/** True for the addresses that the shell itself serves. */
export function isOwnPage(address: string): boolean {
  const url = URL.parse(address)
  return (
    url !== null &&
    url.protocol === `${scheme}:` &&
    url.host === ownHost &&
    url.username === '' &&
    url.password === ''
  )
}

/* Chromium shows a PDF with an extension of its own. The page cannot frame it by itself: its policy forbids. */
const pdfViewer = 'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/'

/** True for what a frame inside our page may show: our own files, and documents the page made itself. */
export function isShellContent(address: string): boolean {
  if (address === 'about:blank' || address === 'about:srcdoc' || address.startsWith(pdfViewer)) return true
  return isOwnPage(address.startsWith('blob:') ? address.slice('blob:'.length) : address)
}

import type { HostHome } from '#contract/shell.ts'
import { isOwnPage, isShellContent, startPage } from './own-page.ts'

/** Where the shell's pages about itself are: served by the shell, whichever host the window is of. */
export const choicePage = `${startPage}connect`

/** What the window may show: one rule for navigation, frames, permissions and IPC alike. */
export interface Home {
  readonly kind: HostHome['kind']
  readonly start: string
  /** The page itself: our own, and that of the one chosen host. */
  isPage(address: string): boolean
  /** What a frame within it may show: pages, and documents a page made itself. */
  isContent(address: string): boolean
}

export function homeOf(home: HostHome): Home {
  if (home.kind === 'own')
    return { kind: 'own', start: startPage, isPage: isOwnPage, isContent: isShellContent }
  const isTheirs = (address: string): boolean => {
    const url = URL.parse(address)
    // A `blob:` address has the origin of the page that made it, but is no page.
    if (url === null || !url.protocol.startsWith('http')) return false
    return url.origin === home.origin && url.username === '' && url.password === ''
  }
  return {
    kind: 'other',
    start: `${home.origin}/`,
    isPage: (address) => isOwnPage(address) || isTheirs(address),
    isContent: (address) =>
      isShellContent(address) ||
      isTheirs(address.startsWith('blob:') ? address.slice('blob:'.length) : address),
  }
}

/**
 * The origin a person meant: `192.168.1.20:8780`, `http://counter-1:8780/today`, `https://…`. Undefined when it is no
 * address of the web, or carries a name and password.
 */
export function originOf(typed: string): string | undefined {
  const text = typed.trim()
  if (text === '' || /\s/.test(text)) return undefined
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined
  return url.username === '' && url.password === '' && url.hostname !== '' ? url.origin : undefined
}

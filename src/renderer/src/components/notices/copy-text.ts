/**
 * Puts a text on the clipboard. A page on a LAN address over plain HTTP has no clipboard of its own; there the
 * browser's older way copies what is selected. Answers false when neither works.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    area.className = 'bs-visually-hidden'
    document.body.append(area)
    area.select()
    const copied = document.execCommand('copy')
    area.remove()
    return copied
  }
}

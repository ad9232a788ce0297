/**
 * Cleaning of imported text. Taken out, never a reason to reject a row:
 * - C0 and C1 control characters except tab and line breaks (NUL, bell, escape, the DOS end mark, DEL …);
 * - the byte order mark and zero-width space wherever they stand (copied from web pages);
 * - bidirectional overrides and isolates, which can make a name or an amount look like another;
 * - halves of characters outside the basic plane (become U+FFFD).
 * Line breaks of every system become `\n`; in one-line fields they and tabs become a blank.
 * The zero-width joiners stay: emoji and several scripts need them.
 */
const removed = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069\ufeff]/g
const suspect = /[\u0000-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/
const brokenLines = /\r\n?|[\u2028\u2029]/g

export interface CleanText {
  readonly text: string
  /** Something other than line breaks and tabs was taken out. */
  readonly removed: boolean
}

export function cleanText(raw: string, multiline: boolean): CleanText {
  if (!suspect.test(raw)) return { text: raw, removed: false }
  const lines = raw.replace(brokenLines, '\n')
  const text = lines.replace(removed, '').toWellFormed()
  return { text: multiline ? text : text.replace(/[\t\n]+/g, ' '), removed: text !== lines }
}

export { foldWord } from '#contract/names.ts'

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

/** Text that was kept as HTML: entities become their characters, `<br>` and paragraph ends become line breaks. */
export function decodeHtml(text: string): string {
  if (!text.includes('&') && !text.includes('<')) return text
  return text
    .replace(/<br\s*\/?>|<\/p>/gi, '\n')
    .replace(/<p>/gi, '')
    .replace(
      /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,6}));/gi,
      (whole, hex?: string, decimal?: string, name?: string) => {
        if (name) return named[name.toLowerCase()] ?? whole
        const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
      },
    )
}

/** Line breaks and tabs that some program wrote out as a backslash and a letter. */
export function decodeEscapes(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(/\\r\\n|\\n|\\r/g, '\n').replace(/\\t/g, '\t')
}

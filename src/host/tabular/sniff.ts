import { TabularError } from './errors.ts'

/** Container and picture formats people rename to .csv by mistake, by their first bytes. */
const signatures: readonly (readonly [kind: string, bytes: readonly number[]])[] = [
  ['xls', [0xd0, 0xcf, 0x11, 0xe0]],
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['gif', [0x47, 0x49, 0x46, 0x38]],
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['gzip', [0x1f, 0x8b]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf]],
  ['rar', [0x52, 0x61, 0x72, 0x21]],
  ['sqlite', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66]],
]
const zip = [0x50, 0x4b, 0x03, 0x04]

function startsWith(head: Buffer, bytes: readonly number[]): boolean {
  return head.length >= bytes.length && bytes.every((byte, index) => head[index] === byte)
}

/**
 * Tells a spreadsheet from text by the first bytes, whatever the file is called.
 * Throws `import.not_a_table` with the `kind` of thing it is instead.
 */
export function sniffFormat(head: Buffer): 'csv' | 'xlsx' {
  if (startsWith(head, zip)) return 'xlsx'
  const found = signatures.find(([, bytes]) => startsWith(head, bytes))
  if (found) throw new TabularError('import.not_a_table', { kind: found[0] })
  return 'csv'
}

/** Share of bytes that no text has: control characters other than tab, line breaks and the DOS end mark. */
function controlShare(head: Buffer): number {
  let controls = 0
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 26)) controls++
  return head.length === 0 ? 0 : controls / head.length
}

/** Valid UTF-8 may carry a stray control character in a cell; bytes that are not must have next to none. */
export function looksBinary(head: Buffer, validUtf8: boolean): boolean {
  return controlShare(head) > (validUtf8 ? 0.3 : 0.005)
}

/**
 * UTF-16 without a byte order mark: half of the bytes of mostly Latin text are zero, all on one side.
 */
export function utf16WithoutMark(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  const pairs = Math.floor(head.length / 2)
  if (pairs < 4) return null
  let even = 0
  let odd = 0
  for (let index = 0; index < pairs * 2; index += 2) {
    if (head[index] === 0) even++
    if (head[index + 1] === 0) odd++
  }
  if (odd > pairs * 0.4 && even < pairs * 0.02) return 'utf-16le'
  if (even > pairs * 0.4 && odd < pairs * 0.02) return 'utf-16be'
  return null
}

/** Pages and documents some programs save under a table's name. */
export function refuseMarkup(start: string): void {
  const text = start.trimStart().slice(0, 200).toLowerCase()
  if (/^<(?:!doctype|html|\?xml|table|meta|head)/.test(text))
    throw new TabularError('import.not_a_table', { kind: 'html' })
  if (/^(?:\{\s*"|\[\s*[{[])/.test(text)) throw new TabularError('import.not_a_table', { kind: 'json' })
  if (text.startsWith('{\\rtf')) throw new TabularError('import.not_a_table', { kind: 'rtf' })
}

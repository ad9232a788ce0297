import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'

import iconv from 'iconv-lite'
import { afterAll, beforeAll } from 'vitest'

/* Tables as people bring them, built in code: text in old encodings, spreadsheets cell by cell. Nothing here
 * uses the program's own writers, so that a fault in them cannot hide one in the readers. */

/** A folder for the test file's fixtures, gone afterwards; answers a function that writes one and gives its path. */
export function useFixtures(): (name: string, content: string | Uint8Array) => Promise<string> {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'benchside-tables-'))
  })
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true })
  })
  return async (name, content) => {
    const path = join(folder, name)
    await writeFile(path, content)
    return path
  }
}

/** Text in an encoding of the trade: `gb18030`, `utf16le`, `utf-16be`, `win1252`, `utf8`; with a byte order mark if wanted. */
export function encodeText(text: string, encoding: string, addBOM = false): Buffer {
  return iconv.encode(text, encoding, { addBOM })
}

export interface CsvStyle {
  readonly delimiter?: string
  readonly eol?: string
  readonly quoteAll?: boolean
}

/** CSV with quotes only where they are needed, or everywhere. */
export function csvText(rows: readonly (readonly string[])[], style: CsvStyle = {}): string {
  const delimiter = style.delimiter ?? ','
  const cell = (text: string): string => {
    const plain = !style.quoteAll && !/["\r\n]/.test(text) && !text.includes(delimiter)
    return plain ? text : `"${text.replaceAll('"', '""')}"`
  }
  return rows.map((row) => row.map(cell).join(delimiter) + (style.eol ?? '\n')).join('')
}

/** A spreadsheet's cell: text (shared or inline), number as written in the XML, date as day number, truth, error. */
export type SheetCell =
  | string
  | null
  | boolean
  | { readonly inline: string }
  | { readonly number: string }
  | { readonly day: number }
  | { readonly error: string }

export interface Sheet {
  readonly name: string
  readonly hidden?: boolean
  readonly rows: readonly (readonly SheetCell[])[]
}

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function columnLetters(index: number): string {
  const rest = Math.floor(index / 26)
  return (rest > 0 ? columnLetters(rest - 1) : '') + String.fromCharCode(65 + (index % 26))
}

function cellXml(cell: SheetCell, address: string, shared: string[]): string {
  if (cell === null) return ''
  if (typeof cell === 'boolean') return `<c r="${address}" t="b"><v>${cell ? 1 : 0}</v></c>`
  if (typeof cell === 'string') return `<c r="${address}" t="s"><v>${shared.push(cell) - 1}</v></c>`
  if ('inline' in cell)
    return `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell.inline)}</t></is></c>`
  if ('number' in cell) return `<c r="${address}"><v>${cell.number}</v></c>`
  if ('day' in cell) return `<c r="${address}" s="1"><v>${cell.day}</v></c>`
  return `<c r="${address}" t="e"><v>${cell.error}</v></c>`
}

function sheetXml(sheet: Sheet, shared: string[]): string {
  const rows = sheet.rows.map((row, at) => {
    const cells = row
      .map((cell, column) => cellXml(cell, `${columnLetters(column)}${at + 1}`, shared))
      .join('')
    return `<row r="${at + 1}">${cells}</row>`
  })
  return `${xmlHead}<worksheet xmlns="${main}"><sheetData>${rows.join('')}</sheetData></worksheet>`
}

/** An XLSX file of these sheets. Style 1 is the date format 14 (m/d/yy). */
export function xlsxFile(sheets: readonly Sheet[]): Buffer {
  const shared: string[] = []
  const files: [string, string][] = sheets.map((sheet, at) => [
    `xl/worksheets/sheet${at + 1}.xml`,
    sheetXml(sheet, shared),
  ])
  const list = sheets.map(
    (sheet, at) =>
      `<sheet name="${escapeXml(sheet.name)}" sheetId="${at + 1}"${sheet.hidden ? ' state="hidden"' : ''} r:id="rId${at + 1}"/>`,
  )
  const links = sheets.map(
    (_, at) =>
      `<Relationship Id="rId${at + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  )
  const strings = shared.map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`)
  files.push(
    [
      'xl/workbook.xml',
      `${xmlHead}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${list.join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${xmlHead}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${links.join('')}<Relationship Id="s" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="t" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    ],
    [
      'xl/sharedStrings.xml',
      `${xmlHead}<sst xmlns="${main}" count="${shared.length}">${strings.join('')}</sst>`,
    ],
    [
      'xl/styles.xml',
      `${xmlHead}<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ],
  )
  return zipFile(files.map(([name, text]) => [name, Buffer.from(text)]))
}

/** A ZIP archive of these files. */
export function zipFile(files: readonly (readonly [name: string, content: Buffer])[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of files) {
    const packed = deflateRawSync(content)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const body = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), common, tail, Buffer.from(name)]),
    )
    bodies.push(body)
    offset += body.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 0, 'latin1')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, listed, end])
}

/** Everything an asynchronous sequence gives, in a list. */
export async function collect<T>(sequence: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of sequence) items.push(item)
  return items
}

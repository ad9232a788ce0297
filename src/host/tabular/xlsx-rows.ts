import { readSheet, type CellValue } from 'read-excel-file/node'

import { TabularError } from './errors.ts'
import type { XlsxRequest } from './xlsx-thread.ts'
import { readZip, refuseLargeArchive, unzipText } from './zip.ts'

const maxWorkbookBytes = 4 << 20

const xmlEntities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function xmlText(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name) return xmlEntities[name] ?? whole
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}

/** Names of the sheets a person can see, in their order (ECMA-376 part 1 §18.2.19). */
function visibleSheets(workbook: string): string[] {
  const names: string[] = []
  for (const [, attributes = ''] of workbook.matchAll(/<(?:\w+:)?sheet\s([^>]*)>/g)) {
    const name = /\bname="([^"]*)"/.exec(attributes)?.[1]
    if (name !== undefined && !/\bstate="(?:hidden|veryHidden)"/.test(attributes)) names.push(xmlText(name))
  }
  return names
}

function chooseSheet(sheets: readonly string[], wished: string | number | undefined): string {
  const found =
    typeof wished === 'string' ? sheets.find((name) => name === wished) : sheets[(wished ?? 1) - 1]
  if (found === undefined)
    throw new TabularError('import.sheet_missing', { sheet: wished ?? 1, sheets: sheets.join(', ') })
  return found
}

/**
 * A number as a person would write it. Spreadsheets store 0.1 + 0.2 as 0.30000000000000004 but show fifteen
 * digits; whole numbers stay as they are written, so that an IMEI keeps its digits.
 */
export function canonicalNumber(written: string): string {
  if (/^-?\d+$/.test(written)) return written
  const value = Number(written)
  if (!Number.isFinite(value)) return written
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return value.toFixed(0)
  return String(Number(value.toPrecision(15)))
}

/** `YYYY-MM-DD`, with ` HH:mm:ss` unless it is midnight; a time of day alone is `HH:mm:ss`. */
export function canonicalDate(date: Date): string {
  // A day number's fraction is rarely exact, so the time is taken to the nearest second.
  const iso = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString()
  const [day, time] = [iso.slice(0, 10), iso.slice(11, 19)]
  if (day <= '1899-12-31') return time
  return time === '00:00:00' ? day : `${day} ${time}`
}

function canonicalCell(value: CellValue<string> | Date | null): string {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : canonicalDate(value)
  return typeof value === 'string' ? value : ''
}

export interface SheetRows {
  /** Names of all visible sheets, and of the one that was read. */
  readonly sheets: readonly string[]
  readonly sheet: string
  /** Every row from the first of the sheet, blank ones included; rows may differ in length. */
  readonly rows: readonly (readonly string[])[]
}

/**
 * Reads one sheet of an XLSX file. Errors: `import.not_a_table` (damaged, or another kind of ZIP),
 * `import.file_too_large` (unpacks to more than is allowed), `import.sheet_missing`.
 */
export async function readXlsx(
  file: Buffer,
  request: Pick<XlsxRequest, 'sheet' | 'maxUnpackedBytes'>,
): Promise<SheetRows> {
  const archive = await readZip(file)
  const workbook = await unzipText(archive, 'xl/workbook.xml', maxWorkbookBytes)
  if (workbook === null) throw new TabularError('import.not_a_table', { kind: 'zip' })
  await refuseLargeArchive(archive, request.maxUnpackedBytes)
  const sheets = visibleSheets(workbook)
  const sheet = chooseSheet(sheets, request.sheet)
  try {
    const rows = await readSheet<string>(file, sheet, { trim: false, parseNumber: canonicalNumber })
    return { sheets, sheet, rows: rows.map((row) => row.map(canonicalCell)) }
  } catch {
    // Every failure of the reader means one thing to a person: this is no spreadsheet we can read.
    throw new TabularError('import.not_a_table', { kind: 'xlsx_damaged' })
  }
}

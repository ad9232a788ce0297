import { stat } from 'node:fs/promises'

import { cleanColumns } from './csv-layout.ts'
import { TabularError } from './errors.ts'
import {
  eachRow,
  isBlankRow,
  regroup,
  type OpenTableOptions,
  type ReadOptions,
  type Table,
  type TableBatch,
  type TableRow,
} from './table.ts'
import { readOnThread } from './xlsx-thread.ts'

/** A spreadsheet is held in memory as a whole, so its size is bounded; larger tables come as CSV. */
const defaultMaxBytes = 25 << 20
/** Sheets are verbose XML: ten to twenty times their packed size is usual. */
const defaultMaxUnpackedBytes = 400 << 20
const groupRows = 1000

type Rows = readonly (readonly string[])[]

/** Sheets are often formatted far to the right of their headings; columns without anything are left out. */
function usedWidth(heading: readonly string[], below: Rows): number {
  const isBlank = (cell: string | undefined): boolean => (cell ?? '').trim() === ''
  let width = heading.length
  while (width > 1 && isBlank(heading[width - 1]) && below.every((row) => isBlank(row[width - 1]))) width--
  return width
}

/** Where the headings are, and the rows below; a row's line is its number in the sheet. */
function splitRows(all: Rows, headerLine: number | undefined): { columns: string[]; rows: TableRow[] } {
  const at = headerLine === undefined ? all.findIndex((row) => !isBlankRow(row)) : headerLine - 1
  const heading = all[at]
  if (!heading) throw new TabularError(all.length === 0 ? 'import.file_empty' : 'import.header_missing')
  const below = all.slice(at + 1)
  const width = usedWidth(heading, below)
  const rows = below.map((row, index) => {
    const cells = row.length === width ? row : Array.from({ length: width }, (_, column) => row[column] ?? '')
    return { line: at + index + 2, cells }
  })
  return { columns: cleanColumns(heading.slice(0, width)), rows }
}

/** Opens a spreadsheet; see `openTable`. The whole sheet is held until the table is no longer used. */
export async function openXlsx(path: string, options: OpenTableOptions): Promise<Table> {
  const maxBytes = options.maxSpreadsheetBytes ?? defaultMaxBytes
  const { size } = await stat(path)
  if (size > maxBytes) throw new TabularError('import.file_too_large', { maxBytes })
  const maxUnpackedBytes = options.maxUnpackedBytes ?? defaultMaxUnpackedBytes
  const found = await readOnThread({ path, sheet: options.sheet, maxUnpackedBytes })
  const { columns, rows } = splitRows(found.rows, options.headerLine)
  const kept = options.keepBlankRows ? rows : rows.filter((row) => !isBlankRow(row.cells))

  async function* groups({ afterLine = 0 }: ReadOptions = {}): AsyncGenerator<TableBatch> {
    const wanted = kept.filter((row) => row.line > afterLine)
    for (let at = 0; at < wanted.length; at += groupRows) {
      const done = Math.min(1, (at + groupRows) / wanted.length)
      yield { rows: wanted.slice(at, at + groupRows), bytesDone: Math.round(done * size) }
    }
  }
  return {
    format: 'xlsx',
    columns,
    encoding: 'utf-8',
    delimiter: null,
    sheets: found.sheets,
    sheet: found.sheet,
    rowEstimate: kept.length,
    bytes: size,
    sha256: found.sha256,
    rows: (read) => eachRow(groups(read)),
    batches: (rows, read) => regroup(groups(read), rows),
  }
}

import { stringify } from 'csv-stringify/sync'

import { guardFormula } from './formula.ts'
import type { TableDelimiter } from './table.ts'

export type ExportCell = string | number | boolean | null | undefined

export interface CsvOptions {
  /** Excel takes a CSV file for UTF-8 only when it begins with a byte order mark. True by default. */
  readonly bom?: boolean
  readonly delimiter?: TableDelimiter
  /** False for files only programs read: formula-like text is then written as it is. */
  readonly guardFormulas?: boolean
}

type Rows = Iterable<readonly ExportCell[]> | AsyncIterable<readonly ExportCell[]>

const rowsAtOnce = 500

function toText(cell: ExportCell, guard: boolean): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell !== 'string') return String(cell)
  return guard ? guardFormula(cell) : cell
}

/**
 * CSV (RFC 4180, CRLF) of rows of any number, a piece at a time; the first row is the headings. Text that a
 * spreadsheet would run as a formula is guarded by an apostrophe, which `openTable` takes off again; see
 * formula.ts for what is and is not guarded. Numbers are written as they are.
 */
export async function* toCsv(rows: Rows, options: CsvOptions = {}): AsyncGenerator<string> {
  const guard = options.guardFormulas ?? true
  const write = (records: string[][]): string =>
    stringify(records, {
      delimiter: options.delimiter ?? ',',
      record_delimiter: '\r\n',
      quote_record_delimiter: true,
      // Quoting every delimiter in use, not only ours, leaves a reader nothing to guess.
      quoted_match: [/[,;\t|]/],
      // A single empty cell would otherwise be a blank line, which is no row.
      quoted_empty: records[0]?.length === 1,
    })
  let start = (options.bom ?? true) ? '\ufeff' : ''
  let waiting: string[][] = []
  for await (const row of rows) {
    waiting.push(row.map((cell) => toText(cell, guard)))
    if (waiting.length < rowsAtOnce) continue
    yield start + write(waiting)
    start = ''
    waiting = []
  }
  if (waiting.length > 0 || start !== '') yield start + (waiting.length > 0 ? write(waiting) : '')
}

import type { RowProblem } from './errors.ts'

export const tableEncodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export type TableEncoding = (typeof tableEncodings)[number]

export const tableDelimiters = [',', ';', '\t', '|'] as const
export type TableDelimiter = (typeof tableDelimiters)[number]

export interface OpenTableOptions {
  /** Decided by a person; without it the encoding is detected, and windows-1252 never is. */
  readonly encoding?: TableEncoding
  readonly delimiter?: TableDelimiter
  /** XLSX: the sheet's name or its place counted from 1. The first visible sheet by default. */
  readonly sheet?: string | number
  /** Physical line (CSV) or row (XLSX) of the headings, counted from 1. The first one that is not blank by default. */
  readonly headerLine?: number
  /** Also gives the rows whose cells are all blank; they are passed over by default. */
  readonly keepBlankRows?: boolean
  /** Largest XLSX file in bytes; a spreadsheet is held in memory, a CSV file is not. */
  readonly maxSpreadsheetBytes?: number
  /** Most bytes an XLSX file may unpack to: a few kilobytes can be made to hold gigabytes. */
  readonly maxUnpackedBytes?: number
}

export interface TableRow {
  /** Physical line (CSV) or row (XLSX) on which the record starts, counted from 1. */
  readonly line: number
  /** As many as there are columns, except in a row with a problem, which keeps what could be read (its first line). */
  readonly cells: readonly string[]
  /** The row cannot be used, and why. */
  readonly problem?: RowProblem
}

export interface TableBatch {
  readonly rows: readonly TableRow[]
  /** Bytes of the file gone through when the batch was read; 0 to `bytes`. */
  readonly bytesDone: number
}

export interface ReadOptions {
  /** Passes over every row that starts on this line or before: where a broken-off import goes on. */
  readonly afterLine?: number
}

/** An opened table. `rows` and `batches` may be called any number of times; each begins at the first row. */
export interface Table {
  readonly format: 'csv' | 'xlsx'
  readonly columns: readonly string[]
  readonly encoding: TableEncoding
  /** null for XLSX. */
  readonly delimiter: TableDelimiter | null
  /** Names of the visible sheets, and the one that is read; empty and null for CSV. */
  readonly sheets: readonly string[]
  readonly sheet: string | null
  /** Lines below the headings; a cell with line breaks counts more than once. */
  readonly rowEstimate: number
  readonly bytes: number
  /** Of the whole file, in hexadecimal: two files with the same are the same. */
  readonly sha256: string
  rows(options?: ReadOptions): AsyncGenerator<TableRow>
  batches(size: number, options?: ReadOptions): AsyncGenerator<TableBatch>
}

/** True when nothing but blanks is in the cells. */
export function isBlankRow(cells: readonly string[]): boolean {
  return cells.every((cell) => cell === '' || cell.trim() === '')
}

/** Turns groups of rows of any size into one row at a time. */
export async function* eachRow(groups: AsyncIterable<TableBatch>): AsyncGenerator<TableRow> {
  for await (const group of groups) yield* group.rows
}

/** Regroups rows into batches of `size`; the last one may be smaller. */
export async function* regroup(groups: AsyncIterable<TableBatch>, size: number): AsyncGenerator<TableBatch> {
  let rows: TableRow[] = []
  let bytesDone = 0
  for await (const group of groups) {
    bytesDone = group.bytesDone
    for (const row of group.rows) {
      rows.push(row)
      if (rows.length < size) continue
      yield { rows, bytesDone }
      rows = []
    }
  }
  if (rows.length > 0) yield { rows, bytesDone }
}

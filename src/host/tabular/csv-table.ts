import { CsvRecords, type CsvRecord } from './csv-records.ts'
import { layOut, type CsvLayout } from './csv-layout.ts'
import { examineText, readText, type TextChunk, type TextFile } from './encoding.ts'
import type { RowProblem } from './errors.ts'
import { unguardFormula } from './formula.ts'
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

/** Headings and delimiter are looked for in this much of the text. */
const sampleBytes = 1 << 18

async function readSample(file: TextFile): Promise<Buffer> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const chunk of readText(file)) {
    pieces.push(chunk.bytes)
    length += chunk.bytes.length
    if (length >= sampleBytes) break
  }
  return Buffer.concat(pieces)
}

/** The chunks without the first `bytes` bytes of text. */
async function* dropStart(chunks: AsyncIterable<TextChunk>, bytes: number): AsyncGenerator<TextChunk> {
  let left = bytes
  for await (const chunk of chunks) {
    const drop = Math.min(left, chunk.bytes.length)
    left -= drop
    if (drop < chunk.bytes.length) yield { bytes: chunk.bytes.subarray(drop), bytesDone: chunk.bytesDone }
  }
}

interface Reading {
  readonly file: TextFile
  readonly layout: CsvLayout
  readonly keepBlankRows: boolean
  readonly afterLine: number
}

function problemOf(record: CsvRecord, { file, layout }: Reading, last: boolean): RowProblem | undefined {
  const expected = layout.columns.length
  if (record.fault) return { code: record.fault, params: {} }
  const short = file.endsOpen && record.cells.length < expected
  if (last && (file.cutAtEnd || short)) return { code: 'import.csv_truncated', params: {} }
  if (record.cells.length !== expected) {
    return { code: 'import.row_width', params: { expected, actual: record.cells.length } }
  }
  if (file.damaged && record.cells.some((cell) => cell.includes('\ufffd'))) {
    return { code: 'import.encoding_broken', params: { encoding: file.encoding } }
  }
  return undefined
}

/** Delimiters at the end of a line with nothing between them are what spreadsheets add; they are no cells. */
function withoutEmptyTail(cells: readonly string[], width: number): readonly string[] {
  return cells.length > width && isBlankRow(cells.slice(width)) ? cells.slice(0, width) : cells
}

function unguard(cells: readonly string[]): readonly string[] {
  return cells.some((cell) => cell.charCodeAt(0) === 39) ? cells.map(unguardFormula) : cells
}

function toRow(record: CsvRecord, reading: Reading, last: boolean): TableRow {
  const cells = unguard(withoutEmptyTail(record.cells, reading.layout.columns.length))
  const problem = problemOf({ ...record, cells }, reading, last)
  return problem ? { line: record.line, cells, problem } : { line: record.line, cells }
}

function toRows(records: readonly CsvRecord[], reading: Reading, atEnd: boolean): TableRow[] {
  const rows: TableRow[] = []
  records.forEach((record, index) => {
    if (record.line <= reading.afterLine) return
    if (!reading.keepBlankRows && !record.fault && isBlankRow(record.cells)) return
    rows.push(toRow(record, reading, atEnd && index === records.length - 1))
  })
  return rows
}

/**
 * All rows, in the groups in which the file is read. The last record is held back until the end of the
 * file is known, because only then can it be told whether it was cut off.
 */
async function* readGroups(reading: Reading): AsyncGenerator<TableBatch> {
  const records = new CsvRecords(reading.layout)
  let waiting: CsvRecord[] = []
  let bytesDone = 0
  for await (const chunk of dropStart(readText(reading.file), reading.layout.dataOffset)) {
    const found = [...waiting, ...(await records.feed(chunk.bytes))]
    waiting = found.splice(-1)
    bytesDone = chunk.bytesDone
    yield { rows: toRows(found, reading, false), bytesDone }
  }
  yield { rows: toRows([...waiting, ...(await records.end())], reading, true), bytesDone: reading.file.bytes }
}

/** Opens CSV text; see `openTable`. Nothing of the file is kept beyond its headings. */
export async function openCsv(path: string, head: Buffer, options: OpenTableOptions): Promise<Table> {
  const file = await examineText(path, head, options.encoding)
  const layout = layOut(await readSample(file), options)
  const groups = (read: ReadOptions = {}): AsyncGenerator<TableBatch> =>
    readGroups({
      file,
      layout,
      keepBlankRows: options.keepBlankRows ?? false,
      afterLine: read.afterLine ?? 0,
    })
  return {
    format: 'csv',
    columns: layout.columns,
    encoding: file.encoding,
    delimiter: layout.delimiter,
    sheets: [],
    sheet: null,
    rowEstimate: Math.max(0, file.lines + (file.endsOpen ? 1 : 0) - (layout.dataLine - 1)),
    bytes: file.bytes,
    sha256: file.sha256,
    rows: (read) => eachRow(groups(read)),
    batches: (size, read) => regroup(groups(read), size),
  }
}

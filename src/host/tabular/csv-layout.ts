import { parse } from 'csv-parse/sync'

import { TabularError } from './errors.ts'
import { unguardFormula } from './formula.ts'
import { refuseMarkup } from './sniff.ts'
import { isBlankRow, tableDelimiters, type TableDelimiter } from './table.ts'

/** How a CSV file is laid out, learned from its beginning. */
export interface CsvLayout {
  readonly delimiter: TableDelimiter
  /** `\r` alone ends the records of files written for the old Macintosh. */
  readonly lineEnd: '\n' | '\r'
  readonly columns: readonly string[]
  /** Where the first record below the headings begins: byte of the UTF-8 text, and physical line. */
  readonly dataOffset: number
  readonly dataLine: number
}

/** More columns than this are not a table a person made. */
const maxColumns = 1000
const sampleRecords = 50

/** What csv-parse must be told in every use: line ends are ours to decide, row widths ours to judge. */
export function parserOptions(delimiter: string, lineEnd: '\n' | '\r') {
  return {
    delimiter,
    record_delimiter: lineEnd === '\r' ? ['\r'] : ['\r\n', '\n'],
    relax_column_count: true,
    skip_empty_lines: true,
  }
}

/** Physical line breaks inside the cells of one record. */
export function breaksIn(cells: readonly string[], lineEnd: '\n' | '\r'): number {
  let breaks = 0
  for (const cell of cells) {
    for (let at = cell.indexOf(lineEnd); at >= 0; at = cell.indexOf(lineEnd, at + 1)) breaks++
  }
  return breaks
}

/** The first line break outside quotes tells how records end. */
function findLineEnd(sample: string): '\n' | '\r' {
  let quoted = false
  for (let index = 0; index < sample.length; index++) {
    const char = sample[index]
    if (char === '"') quoted = !quoted
    else if (!quoted && char === '\n') return '\n'
    else if (!quoted && char === '\r') return sample[index + 1] === '\n' ? '\n' : '\r'
  }
  return '\n'
}

/** The start of physical line `wanted` (counted from 1), or -1 when the sample has fewer. */
function startOfLine(sample: Buffer, wanted: number, lineEnd: '\n' | '\r'): number {
  let start = 0
  for (let line = 1; line < wanted; line++) {
    const at = sample.indexOf(lineEnd, start)
    if (at < 0) return -1
    start = at + 1
  }
  return start
}

/**
 * How many of the first records have as many cells as the heading when cut at the delimiter: the share
 * decides, then the number of cells. 0 when the heading is not cut at all.
 */
function scoreDelimiter(sample: string, delimiter: TableDelimiter, lineEnd: '\n' | '\r'): number {
  const records: string[][] = parse(sample, {
    ...parserOptions(delimiter, lineEnd),
    relax_quotes: true,
    skip_records_with_error: true,
    to: sampleRecords,
  })
  const width = records[0]?.length ?? 0
  if (width < 2) return 0
  const alike = records.filter((record) => record.length === width).length
  return (alike / records.length) * 1000 + Math.min(width, 999) / 1000
}

function findDelimiter(sample: string, lineEnd: '\n' | '\r'): TableDelimiter {
  let best: TableDelimiter = ','
  let bestScore = 0
  for (const delimiter of tableDelimiters) {
    const score = scoreDelimiter(sample, delimiter, lineEnd)
    if (score > bestScore) [best, bestScore] = [delimiter, score]
  }
  return best
}

/** Spreadsheets may name the delimiter in a first line `sep=;`, which is no heading. */
function namedDelimiter(sample: string): { delimiter: TableDelimiter; length: number } | null {
  const match = /^sep=([,;\t|])\r?\n/i.exec(sample)
  const delimiter = tableDelimiters.find((known) => known === match?.[1])
  return match && delimiter ? { delimiter, length: match[0].length } : null
}

interface Heading {
  readonly cells: string[]
  readonly bytes: number
  readonly lines: number
}

/** Reads the first record that is not blank; null when there is none. */
function readHeading(text: Buffer, delimiter: TableDelimiter, lineEnd: '\n' | '\r'): Heading | null {
  const found: Heading[] = []
  let lines = 0
  try {
    parse(text, {
      ...parserOptions(delimiter, lineEnd),
      relax_quotes: true,
      on_record: (cells: string[], info) => {
        if (found.length > 0) return null
        lines += 1 + breaksIn(cells, lineEnd)
        if (!isBlankRow(cells)) found.push({ cells, bytes: info.bytes, lines: lines + info.empty_lines })
        return null
      },
    })
  } catch {
    // The sample may end inside a quoted cell, long after the headings; without headings it is no table.
  }
  return found[0] ?? null
}

/**
 * Cleans headings: blanks at the ends go, blanks and line breaks inside become one blank, and a column
 * without a heading is called by its place (`#4`). Two columns with the same heading are refused, because
 * nobody could say which one is meant.
 */
export function cleanColumns(cells: readonly string[]): string[] {
  if (isBlankRow(cells)) throw new TabularError('import.header_missing')
  if (cells.length > maxColumns)
    throw new TabularError('import.not_a_table', { kind: 'too_wide', columns: cells.length })
  const columns = cells.map(
    (cell, index) => cell.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim() || `#${index + 1}`,
  )
  columns.forEach((column, index) => {
    const first = columns.indexOf(column)
    if (first < index)
      throw new TabularError('import.column_duplicate', { column, first: first + 1, second: index + 1 })
  })
  return columns
}

/**
 * Finds delimiter, line ends and headings in the first text of a file. Errors: `import.file_empty` (only
 * blanks), `import.header_missing`, `import.column_duplicate`, `import.not_a_table`.
 */
export function layOut(
  sample: Buffer,
  wished: { delimiter?: TableDelimiter; headerLine?: number },
): CsvLayout {
  const text = sample.toString('utf8')
  if (text.trim() === '') throw new TabularError('import.file_empty')
  refuseMarkup(text)
  const named = namedDelimiter(text)
  const lineEnd = findLineEnd(text)
  const headerLine = Math.max(wished.headerLine ?? 1, named ? 2 : 1)
  const start = startOfLine(sample, headerLine, lineEnd)
  if (start < 0) throw new TabularError('import.header_missing')
  // Offsets are counted in bytes: a damaged character is longer once it has been replaced.
  const below = sample.subarray(start)
  const delimiter = wished.delimiter ?? named?.delimiter ?? findDelimiter(below.toString('utf8'), lineEnd)
  const heading = readHeading(below, delimiter, lineEnd)
  if (!heading) throw new TabularError('import.header_missing')
  return {
    delimiter,
    lineEnd,
    columns: cleanColumns(heading.cells.map(unguardFormula)),
    dataOffset: start + heading.bytes,
    dataLine: headerLine + heading.lines,
  }
}

import writeXlsxFile, { type Cell } from 'write-excel-file/node'

import { cleanText } from './clean.ts'
import { TabularError } from './errors.ts'
import type { ExportCell } from './write-csv.ts'

/**
 * text: a text cell whatever it looks like, so serials, IMEIs and phone numbers keep their digits.
 * number: a number. date: `YYYY-MM-DD` becomes a date cell. money: integer minor units become an amount.
 */
export interface ExportColumn {
  readonly heading: string
  readonly kind: 'text' | 'number' | 'date' | 'money'
  /** Decimals of the currency for money; 2 by default. */
  readonly decimals?: number
  /** In characters. */
  readonly width?: number
}

/** What a sheet can hold (ECMA-376; Excel's own limits). */
const maxRows = 1_048_576
const maxCellLength = 32_767

function textCell(cell: ExportCell): Cell {
  if (cell === null || cell === undefined || cell === '') return null
  const text = cleanText(String(cell), true).text.slice(0, maxCellLength)
  // `_x0041_` in a sheet means the character A (ECMA-376 part 1 §22.9.2.19), so the text itself is escaped.
  return { type: String, value: text.replace(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x'), format: '@' }
}

function dateCell(cell: ExportCell): Cell {
  const match = typeof cell === 'string' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(cell) : null
  if (!match) return textCell(cell)
  return { type: Date, value: new Date(`${match[0]}T00:00:00Z`), format: 'yyyy-mm-dd' }
}

function numberCell(cell: ExportCell, column: ExportColumn): Cell {
  if (typeof cell !== 'number' || !Number.isFinite(cell)) return textCell(cell)
  if (column.kind === 'number') return { type: Number, value: cell }
  const decimals = column.decimals ?? 2
  return {
    type: Number,
    value: cell / 10 ** decimals,
    format: decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`,
  }
}

function toCell(cell: ExportCell, column: ExportColumn): Cell {
  if (column.kind === 'text') return textCell(cell)
  return column.kind === 'date' ? dateCell(cell) : numberCell(cell, column)
}

/** Sheet names have at most 31 characters and none of : \ / ? * [ ]. */
function sheetName(name: string): string {
  return (
    name
      .replace(/[:\\/?*[\]]/g, ' ')
      .trim()
      .slice(0, 31) || 'Sheet1'
  )
}

/**
 * A spreadsheet of one sheet with fixed, bold headings. Formulas cannot occur: text is always a text cell.
 * The whole sheet is built in memory; `import.file_too_large` for more rows than a sheet holds.
 */
export async function toXlsx(
  name: string,
  columns: readonly ExportColumn[],
  rows: Iterable<readonly ExportCell[]> | AsyncIterable<readonly ExportCell[]>,
): Promise<Buffer> {
  const sheet: Cell[][] = [
    columns.map((column) => ({ type: String, value: column.heading, fontWeight: 'bold' })),
  ]
  for await (const row of rows) {
    if (sheet.length === maxRows) throw new TabularError('import.file_too_large', { maxRows })
    sheet.push(columns.map((column, index) => toCell(row[index], column)))
  }
  const widths = columns.map((column) => ({
    width: column.width ?? Math.min(40, Math.max(10, column.heading.length * 2)),
  }))
  return writeXlsxFile(sheet, { sheet: sheetName(name), columns: widths, stickyRowsCount: 1 }).toBuffer()
}

import { openCsv } from './csv-table.ts'
import { readHead } from './encoding.ts'
import { TabularError } from './errors.ts'
import { sniffFormat } from './sniff.ts'
import type { OpenTableOptions, Table } from './table.ts'
import { openXlsx } from './xlsx-table.ts'

export { TabularError, type RowProblem } from './errors.ts'
export * from './table.ts'

/**
 * Opens a table a person brings: CSV (comma, semicolon, tab or bar; UTF-8 with or without byte order mark,
 * GB18030, UTF-16) or XLSX, told apart by content, never by name. CSV is streamed: memory does not grow
 * with the file. XLSX is held in memory and bounded in size.
 *
 * Throws TabularError when nothing can be read: `import.file_missing`, `import.file_empty`,
 * `import.file_too_large`, `import.not_a_table`, `import.encoding_unknown`, `import.header_missing`,
 * `import.column_duplicate`, `import.sheet_missing`, `import.no_rows`. What is wrong with one row stands in
 * that row's `problem` (`import.row_width`, `import.csv_malformed`, `import.csv_truncated`,
 * `import.encoding_broken`) and the rest goes on.
 */
export async function openTable(path: string, options: OpenTableOptions = {}): Promise<Table> {
  const head = await readHead(path)
  const table =
    sniffFormat(head) === 'xlsx' ? await openXlsx(path, options) : await openCsv(path, head, options)
  const rows = table.rows()
  const first = await rows.next()
  await rows.return(undefined)
  if (first.done) throw new TabularError('import.no_rows', { columns: table.columns.length })
  return table
}

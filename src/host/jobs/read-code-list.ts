import type { InputOf } from '#contract/method-types.ts'
import { AppError } from '#core/app.ts'
import { openTable } from '../tabular/open-table.ts'

type CodeRow = InputOf<'dictionaries.importRows'>['rows'][number]

/** How the columns of a code list are headed, in Chinese and English. */
const headings = {
  code: ['code', '代码', '编码', '编号'],
  zh: ['zh', 'chinese', '中文', '名称', '中文名称', 'name_zh', '描述'],
  en: ['en', 'english', '英文', 'name', '英文名称', 'name_en', 'description'],
  parent: ['parent', '上级', '父级', 'brand', '品牌', 'category', '类别'],
} as const

/** Rows of a list of codes a shop owns. Errors: those of `openTable`; `import.column_missing` without any name. */
export async function readCodeList(path: string): Promise<CodeRow[]> {
  const table = await openTable(path)
  const columns = table.columns.map((column) => column.trim().toLowerCase())
  const find = (words: readonly string[]) => columns.findIndex((column) => words.includes(column))
  const [code, zh, en, parent] = [headings.code, headings.zh, headings.en, headings.parent].map(find)
  if ((zh ?? -1) < 0 && (en ?? -1) < 0) throw new AppError('import.column_missing', { column: 'en / zh' })
  const rows: CodeRow[] = []
  for await (const { line, cells, problem } of table.rows()) {
    const cell = (index = -1) => (cells[index] ?? '').trim()
    if (!problem) rows.push({ line, code: cell(code), zh: cell(zh), en: cell(en), parent: cell(parent) })
  }
  return rows
}

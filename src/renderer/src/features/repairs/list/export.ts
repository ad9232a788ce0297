import { call } from '@/client/index.ts'
import type { ExportSource } from '@/components/export/index.ts'
import type { RepairCard } from '#contract/repairs.ts'
import { columnLabel, exportText, type ColumnKey } from './columns.ts'
import { inputOf, type Filter } from './filter.ts'

const pageSize = 200

/** The whole list as it is filtered, in the columns of the screen. */
export function repairExport(filter: Filter, keys: readonly ColumnKey[]): ExportSource<RepairCard> {
  return {
    name: 'repairs',
    headings: keys.map(columnLabel),
    page: (after, signal) =>
      call(
        'repairs.list',
        { ...inputOf(filter), limit: pageSize, ...(after === undefined ? {} : { after }) },
        signal,
      ),
    cells: (card) => keys.map((key) => exportText(key, card)),
  }
}

import { randomUUID } from 'node:crypto'
import { refusedRow, type ImportReject, type ImportRow } from '#contract/internal.ts'
import type { OutputOf } from '#contract/method-types.ts'
import { AppError, type Actor, type App } from '#core/app.ts'
import type { CompiledProfile } from '../tabular/map-rows.ts'
import type { TableBatch } from '../tabular/open-table.ts'

export type ImportCounts = OutputOf<'runs.apply'>

/** Rows of a file with our values, and those that could not be read. */
export interface MappedBatch {
  readonly rows: ImportRow[]
  readonly rejects: ImportReject[]
  readonly lineDone: number
  readonly bytesDone: number
}

/** Maps the rows of a batch. */
export function mapBatch(compiled: CompiledProfile, batch: TableBatch): MappedBatch {
  const rows: ImportRow[] = []
  const rejects: ImportReject[] = []
  for (const { line, cells, problem } of batch.rows) {
    const row = problem ? undefined : compiled.map(cells)
    if (row?.ok) {
      rows.push({ line, key: row.key, values: row.values, cells })
      continue
    }
    // One line per row: its first fault is what to mend first, the others show when it is imported again.
    const first = problem ? { field: '', ...problem } : row?.errors[0]
    if (first) rejects.push({ line, cells, field: first.field, code: first.code, params: first.params })
  }
  return { rows, rejects, lineDone: batch.rows.at(-1)?.line ?? 0, bytesDone: batch.bytesDone }
}

/**
 * One batch; a row that is refused is noted as rejected, and the rows on both sides of it go in transactions of their
 * own. All rows are tried together first, because a row that core refuses is rare and trying each alone is slow.
 */
export function applyBatch(app: App, runId: number, batch: MappedBatch, actor?: Actor): ImportCounts {
  const apply = (part: MappedBatch) =>
    app.run('runs.apply', { commandId: randomUUID(), runId, ...part }, actor)
  for (let rest = batch; ;) {
    try {
      return apply(rest)
    } catch (error) {
      const refused = refusedBy(error, rest.rows)
      if (!refused) throw error
      const { line } = refused
      const before = partOf(rest, (row) => row.line < line)
      if (before.lineDone > 0) apply(before)
      const behind = partOf(rest, (row) => row.line > line)
      rest = { ...behind, rejects: [refused, ...behind.rejects], lineDone: batch.lineDone }
    }
  }
}

function partOf(batch: MappedBatch, wanted: (row: { readonly line: number }) => boolean): MappedBatch {
  const rows = batch.rows.filter(wanted)
  const rejects = batch.rejects.filter(wanted)
  const lineDone = Math.max(rows.at(-1)?.line ?? 0, rejects.at(-1)?.line ?? 0)
  return { rows, rejects, lineDone, bytesDone: batch.bytesDone }
}

/** The row a batch was refused for, as a reject; null when the error is no row's. */
function refusedBy(error: unknown, rows: readonly ImportRow[]): ImportReject | null {
  if (!(error instanceof AppError)) return null
  const { [refusedRow]: at, ...params } = error.params
  const row = typeof at === 'number' ? rows[at] : undefined
  if (!row) return null
  const [first] = error.fields
  return {
    line: row.line,
    cells: row.cells,
    field: first?.path ?? '',
    code: first?.code ?? error.code,
    params: first?.params ?? params,
  }
}

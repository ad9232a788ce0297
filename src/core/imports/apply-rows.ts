import type { InputOf, OutputOf } from '#contract/method-types.ts'
import { refusedRow, type ImportReject, type ImportRow } from '#contract/internal.ts'
import type { CommandContext } from '../context.ts'
import { sqlStatement } from '../db/handles.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { appliers } from './appliers.ts'
import { openBatch, type Batch } from './batch.ts'
import { hashOfValues, previewRows } from './imports.ts'
import { drySource } from './run.ts'
import {
  insertKey,
  insertReject,
  keyOf,
  meetKey,
  runById,
  updateRun,
  type KeyRow,
  type RunRow,
} from './store.ts'

type Outcome = 'imported' | 'updated' | 'unchanged'
type Counts = Record<Outcome, number>

interface Taken {
  readonly counts: Counts
  readonly rejects: ImportReject[]
  /** Keys met in a dry run, written down once its rows have been taken back. */
  readonly met: { readonly key: string; readonly row: KeyRow }[]
}

/**
 * What a row does. A second row of the same file with the key of an earlier one but other values is rejected: whichever
 * was taken, the other would be lost, and each further import of the same file would change the record again.
 */
function applyRow(batch: Batch, run: RunRow, row: ImportRow, taken: Taken): Outcome | ImportReject {
  const { ctx, target, source } = batch
  const hash = hashOfValues(row.values)
  const dry = run.dryRun ? keyOf(ctx.db, target, drySource(run.id), row.key) : undefined
  const before = dry ?? keyOf(ctx.db, target, source, row.key)
  const met = { runId: run.id, line: row.line }
  if (before?.hash === hash) {
    if (before.runId === run.id) return 'unchanged'
    meetKey(ctx.db, target, source, row.key, { ...before, ...met })
    if (run.dryRun) taken.met.push({ key: row.key, row: { ...before, ...met } })
    return 'unchanged'
  }
  if (before?.runId === run.id) {
    const { line, cells } = row
    return { line, cells, field: 'sourceKey', code: 'import.key_duplicate', params: { line: before.line } }
  }
  const { id, isNew } = appliers[target](batch, row, before?.entityId ?? null)
  const key: KeyRow = { entityId: id, hash, ...met }
  if (before) meetKey(ctx.db, target, source, row.key, key)
  else insertKey(ctx.db, target, source, row.key, key)
  if (run.dryRun) taken.met.push({ key: row.key, row: key })
  return isNew ? 'imported' : 'updated'
}

/**
 * All of these rows, or none: the first that is refused ends the act with its own error. No savepoint guards the rows,
 * because under one SQLite copies every page that the counting trigger of repairs might have to restore, for each row.
 */
function takeRows(ctx: CommandContext, run: RunRow, rows: readonly ImportRow[]): Taken {
  const taken: Taken = { counts: { imported: 0, updated: 0, unchanged: 0 }, rejects: [], met: [] }
  const batch = openBatch(ctx, run)
  rows.forEach((row, at) => {
    const outcome = refusalNames(at, () => applyRow(batch, run, row, taken))
    if (typeof outcome === 'string') taken.counts[outcome]++
    else taken.rejects.push(outcome)
  })
  batch.finish()
  return taken
}

function refusalNames<T>(at: number, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new AppError(error.code, { ...error.params, [refusedRow]: at }, error.fields)
  }
}

/** The same, taken back again, with the keys it met written down: what would become of the rows. */
function tryRows(ctx: CommandContext, run: RunRow, rows: readonly ImportRow[]): Taken {
  sqlStatement(ctx.db, 'SAVEPOINT dry_run').run()
  const taken = takeRows(ctx, run, rows)
  sqlStatement(ctx.db, 'ROLLBACK TO dry_run').run()
  sqlStatement(ctx.db, 'RELEASE dry_run').run()
  for (const { key, row } of taken.met) insertKey(ctx.db, run.target, drySource(run.id), key, row)
  return taken
}

/**
 * One batch of mapped rows with the checkpoint after it: all of it or nothing, so that a broken-off import goes on
 * exactly there. A row that cannot go ends the act with that row's error and its place among the rows as
 * `refusedRow`; the host then gives the rows before it, notes it as rejected, and goes on behind it.
 */
export function applyRows(ctx: CommandContext, input: InputOf<'runs.apply'>): OutputOf<'runs.apply'> {
  const run = found(runById(ctx.db, input.runId), 'import')
  const { counts, rejects } = run.dryRun ? tryRows(ctx, run, input.rows) : takeRows(ctx, run, input.rows)
  const all = [...input.rejects, ...rejects].toSorted((a, b) => a.line - b.line)
  for (const reject of all) keepReject(ctx, run.id, reject)
  const total = {
    imported: run.imported + counts.imported,
    updated: run.updated + counts.updated,
    unchanged: run.unchanged + counts.unchanged,
    rejected: run.rejected + all.length,
    rows: run.rows + input.rows.length + input.rejects.length,
  }
  const refused = new Set(rejects.map((reject) => reject.line))
  const preview = previewOf(run, () => input.rows.filter((row) => !refused.has(row.line)))
  updateRun(ctx.db, run.id, { ...total, ...preview, lineDone: input.lineDone, bytesDone: input.bytesDone })
  return total
}

/** The first rows that went, for the wizard; nothing once there are enough of them. */
function previewOf(run: RunRow, rows: () => readonly ImportRow[]): { preview?: string } {
  const before = JSON.parse(run.preview) as object[]
  if (before.length >= previewRows) return {}
  const more = rows().map(({ line, values }) => ({ line, ...values }))
  return { preview: JSON.stringify([...before, ...more.slice(0, previewRows - before.length)]) }
}

function keepReject(ctx: CommandContext, runId: number, reject: ImportReject): void {
  const { line, field, code, params, cells } = reject
  insertReject(ctx.db, {
    runId,
    line,
    field,
    code,
    params: JSON.stringify(params),
    cells: JSON.stringify(cells),
  })
}

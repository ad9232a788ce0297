import { isErrorCode, type ErrorParams } from '#contract/errors.ts'
import type { ImportTarget } from '#contract/import-profile.ts'
import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { CommandContext } from '../context.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { sqlStatement } from '../db/handles.ts'
import { importCustomer } from './import-customer.ts'
import { importDevice } from './import-device.ts'
import { importRepair } from './import-repair.ts'
import { hashOfValues, previewRows, type MappedRow, type Values } from './imports.ts'
import { drySource } from './run.ts'
import { insertReject, keepKey, keyOf, runById, updateRun, type RunRow } from './store.ts'

export interface RowContext {
  readonly ctx: CommandContext
  /** Profile id: keys are unique within it. */
  readonly source: string
  readonly key: string
}

/** Makes or changes what a row describes; answers its id. `entityId` is null for a new row. */
export type Applier = (row: RowContext, values: Values, entityId: number | null) => number

const appliers: Record<ImportTarget, Applier> = {
  repairs: importRepair,
  customers: importCustomer,
  devices: importDevice,
}

type Outcome = 'imported' | 'updated' | 'unchanged'

function applyRow(ctx: CommandContext, run: RunRow, row: MappedRow): Outcome {
  const target = run.target as ImportTarget
  const hash = hashOfValues(row.values)
  const dry = run.dryRun ? keyOf(ctx.db, target, drySource(run.id), row.key) : undefined
  const before = dry ?? keyOf(ctx.db, target, run.profileId, row.key)
  if (before && before.hash === hash) return 'unchanged'
  if (run.dryRun) {
    keepKey(ctx.db, target, drySource(run.id), row.key, { entityId: before?.entityId ?? 0, hash })
  } else {
    const place = { ctx, source: run.profileId, key: row.key }
    const entityId = appliers[target](place, row.values, before?.entityId ?? null)
    keepKey(ctx.db, target, run.profileId, row.key, { entityId, hash })
  }
  return before ? 'updated' : 'imported'
}

/** One reject for the list: what is wrong with which field of which line. */
function rejectOf(error: AppError): { field: string; code: string; params: ErrorParams } {
  const [first] = error.fields
  const code = first?.code ?? error.code
  return {
    field: first?.path ?? '',
    code: isErrorCode(code) ? code : 'internal',
    params: first?.params ?? error.params,
  }
}

/**
 * One batch of mapped rows with the checkpoint after it: all of it or nothing, so that a killed import
 * goes on exactly there. A row that cannot go is rejected with its line and reason; the others go.
 */
export function applyRows(ctx: CommandContext, input: InputOf<'runs.apply'>): OutputOf<'runs.apply'> {
  const run = found(runById(ctx.db, input.runId), 'import')
  const counts = { imported: 0, updated: 0, unchanged: 0, rejected: input.rejects.length }
  for (const reject of input.rejects) keepReject(ctx, run.id, reject.line, reject.cells, reject)
  for (const row of input.rows) {
    // A savepoint per row costs less than undoing half a row by hand.
    sqlStatement(ctx.db, 'SAVEPOINT import_row').run()
    try {
      counts[applyRow(ctx, run, row)]++
      sqlStatement(ctx.db, 'RELEASE import_row').run()
    } catch (error) {
      sqlStatement(ctx.db, 'ROLLBACK TO import_row').run()
      sqlStatement(ctx.db, 'RELEASE import_row').run()
      if (!(error instanceof AppError)) throw error
      keepReject(ctx, run.id, row.line, Object.values(row.values).map(String), rejectOf(error))
      counts.rejected++
    }
  }
  const total = {
    imported: run.imported + counts.imported,
    updated: run.updated + counts.updated,
    unchanged: run.unchanged + counts.unchanged,
    rejected: run.rejected + counts.rejected,
    rows: run.rows + input.rows.length + input.rejects.length,
  }
  const preview = run.rows < previewRows ? { preview: previewOf(run, input.rows) } : {}
  updateRun(ctx.db, run.id, { ...total, ...preview, lineDone: input.lineDone, bytesDone: input.bytesDone })
  // One announcement for the batch: seats reload lists, they do not follow each row.
  ctx.announce('imports', [run.id])
  if (!run.dryRun && counts.imported + counts.updated > 0) ctx.announce(run.target, [])
  return total
}

function previewOf(run: RunRow, rows: readonly MappedRow[]): string {
  const before = JSON.parse(run.preview) as object[]
  return JSON.stringify(
    [...before, ...rows.map((row) => ({ line: row.line, ...row.values }))].slice(0, previewRows),
  )
}

function keepReject(
  ctx: CommandContext,
  runId: number,
  line: number,
  cells: readonly string[],
  reject: { field: string; code: string; params: object },
): void {
  const { field, code, params } = reject
  insertReject(ctx.db, {
    runId,
    line,
    field,
    code,
    params: JSON.stringify(params),
    cells: JSON.stringify(cells),
  })
}

import type { Handler } from '../context.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { requireOwn, requireVersion, saveRepair } from './change.ts'
import { fullRepairById } from './store.ts'

/**
 * A technician says what the device came back with (返修): the same fault counts against the work before and costs
 * the customer nothing, another one is a repair like any other. It may be said again after a closer look; lines that
 * are on the bill keep their payers. Errors: `stale`, `repair.not_your_repair`, `repair.not_a_rework`.
 */
export const setReworkKind: Handler<'repairs.setReworkKind'> = (ctx, { repairId, version, kind }) => {
  const row = found(fullRepairById(ctx.db, repairId), 'repair')
  requireVersion(ctx, row, version)
  requireOwn(ctx, row)
  const { number, reworkOfId, reworkKind } = row
  if (reworkOfId === null) throw new AppError('repair.not_a_rework', { number })
  if (reworkKind === kind) return { id: row.id, version: row.version }
  const detail = { 'reworkKind.from': reworkKind, 'reworkKind.to': kind }
  return saveRepair(ctx, row, { reworkKind: kind }, [{ kind: 'edit', detail }])
}

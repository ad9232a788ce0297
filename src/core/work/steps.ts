import type { CommandContext } from '../context.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { addLine } from './labour.ts'
import { vendorOf } from './external-store.ts'
import { labourOfCharge, unbilledLabour, updateLabourRow, type LabourRow } from './labour-store.ts'
import { lastTestOf } from './test-store.ts'
import { benchRepair, testItemsOf, workedAfter } from './views.ts'

export { requireWholeTest, writeTest, type WrittenTest } from './test-run.ts'
export { stopTimersOf } from './timers.ts'

/** What other modules may do with work. Nothing here enters the steps of repairs, which lead here. */

/** Work an approved quote names, not done yet: whoever does it times it or writes it down. */
export function planLabour(
  ctx: CommandContext,
  plan: {
    readonly repairId: number
    readonly serviceId: number | null
    readonly description: string
    readonly standardMinutes: number
    readonly chargeLineId: number | null
  },
): void {
  addLine(ctx, { ...plan, credits: [] })
}

/**
 * Work the customer agreed to may be written down already without a line of the bill: it hangs on this one from now
 * on. Answers whether there was some.
 */
export function adoptLabour(
  ctx: CommandContext,
  given: {
    readonly repairId: number
    readonly serviceId: number | null
    readonly description: string
    readonly standardMinutes: number
    readonly chargeLineId: number
  },
): boolean {
  const { repairId, serviceId, description, standardMinutes, chargeLineId } = given
  const row = unbilledLabour(ctx.db, repairId).find(
    (one) => one.serviceId === serviceId && (serviceId !== null || one.description === description),
  )
  if (row === undefined) return false
  saveReplanned(ctx, row, { chargeLineId, standardMinutes })
  return true
}

/** Whether work planned with a line of the bill was begun: its minutes are not to be lost. */
export function isLabourBegun(ctx: CommandContext, chargeLineId: number): boolean {
  return labourOfCharge(ctx.db, chargeLineId).some(
    (row) => row.actualMinutes > 0 || row.doneOn !== null || row.runningById !== null,
  )
}

/**
 * A line of the bill gave way to another one, or to none: the work planned with it follows, and is taken back when
 * there is none and nobody has begun.
 */
export function replanLabour(
  ctx: CommandContext,
  fromChargeId: number,
  to: { readonly chargeLineId: number; readonly standardMinutes: number } | null,
): void {
  for (const row of labourOfCharge(ctx.db, fromChargeId)) {
    saveReplanned(ctx, row, to ?? { removed: true })
  }
}

function saveReplanned(ctx: CommandContext, row: LabourRow, set: Partial<LabourRow>): void {
  const version = row.version + 1
  updateLabourRow(ctx.db, row.id, { ...set, version })
  const payload = { repairId: row.repairId, ...set }
  ctx.record({ entity: 'work', id: row.id, uid: row.uid, version, type: 'labour.replanned', payload })
}

/**
 * A device whose category has a test list is ready only when the last test of this handling was passed and nobody
 * worked on it since, where the shop wants that (`testRequired`). Error: `work.test_required`.
 */
export function requireTested(ctx: CommandContext, repairId: number): void {
  if (!ctx.settings.testRequired) return
  const repair = found(benchRepair(ctx.db, repairId), 'repair')
  if (testItemsOf(ctx.db, repair.categoryId).length === 0) return
  const last = lastTestOf(ctx.db, repairId)
  const stands = last !== undefined && last.passed === 1 && last.attemptNo === repair.attempts
  if (!stands || workedAfter(ctx.db, repairId, last.at)) throw new AppError('work.test_required')
}

/** What is away cannot be worked on or handed out: `work.already_out` until it was taken back. */
export function requireBack(ctx: CommandContext, repairId: number): void {
  const vendor = vendorOf(ctx.db, repairId)
  if (vendor !== undefined) throw new AppError('work.already_out', { vendor })
}

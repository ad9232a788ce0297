import type { CommandContext, Handler } from '../context.ts'
import { releaseParts, requireLoanerBack } from '../stock/steps.ts'
import { stopTimersOf } from '../work/steps.ts'
import { endOpenAttempt } from './attempts.ts'
import { eachRepair, moveOf, saveRepair } from './change.ts'
import { notSuspended } from './suspend-repair.ts'

/**
 * What ends with a repair that is given up: its loaner is back, what was set aside for it is free, and every part on
 * the bench has its place first (RD#572). Errors: `loaner.still_out`, `stock.parts_unsettled`.
 */
export function clearBench(ctx: CommandContext, repairId: number, reason: string): void {
  requireLoanerBack(ctx, repairId)
  releaseParts(ctx, repairId, reason)
  stopTimersOf(ctx, repairId)
}

/**
 * The customer or the shop gives a repair up, with the reason; a handling under way ends with it. Errors: those of
 * `clearBench`.
 */
export const cancelRepairs: Handler<'repairs.cancel'> = (ctx, { repairs, reason }) =>
  eachRepair(ctx, repairs, (row) => {
    const { line, to } = moveOf(row, 'cancel')
    clearBench(ctx, row.id, reason)
    endOpenAttempt(ctx, row, 'cancelled')
    return saveRepair(ctx, row, { state: to, ...notSuspended }, [{ ...line, text: reason }])
  })

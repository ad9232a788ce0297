import type { Handler } from '../context.ts'
import { fieldError } from '../kernel/app-error.ts'
import { requirePartsSettled } from '../stock/steps.ts'
import { requireBack } from '../work/steps.ts'
import { eachRepair, moveOf, requireOwn, saveRepair } from './change.ts'
import { startAttempt } from './store.ts'

/**
 * The steps on the bench (domain §3.2). Starting marks the handling as started: from then on a passed date
 * alerts the manager instead of taking the repair away. A step back needs a reason (`repair.reason_required`);
 * without `repairs.work_for_others` only one's own repairs (`repair.not_your_repair`). Testing needs every part line
 * settled (`stock.parts_unsettled`).
 */
export const workOnRepairs: Handler<'repairs.work'> = (ctx, { repairs, action, reason = '' }) =>
  eachRepair(ctx, repairs, (row) => {
    const { line, to, needsReason } = moveOf(row, action)
    requireOwn(ctx, row)
    if (needsReason && reason === '') throw fieldError('reason', 'repair.reason_required')
    // A unit a vendor has is taken back before anybody goes on with it.
    if (row.state === 'at_vendor') requireBack(ctx, row.id)
    // What is tested is the device as it will leave: no part lies beside it any more (domain §3.2 "Guards").
    if (action === 'test') requirePartsSettled(ctx, row.id)
    if (action === 'start') startAttempt(ctx.db, row.id, row.attempts, ctx.now)
    return saveRepair(ctx, row, { state: to }, [{ ...line, text: reason }])
  })

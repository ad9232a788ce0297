import type { Handler } from '../context.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { returnProceeds } from '../billing/steps.ts'
import { unmarkDisposed } from '../repairs/steps.ts'
import { disposalById, markVoid } from './store.ts'

/**
 * A disposal that never was: the device stands on the shelf, unclaimed. What the sale's money paid is open again and
 * the receipt is taken back; invoices that were issued with it stand. Errors: `not_found`, `disposal.voided`,
 * `disposal.surplus_gone` {available, amount}, `payment.applied_since` {number}, `shift.required`, `shift.cash_short`.
 */
export const voidDisposal: Handler<'disposals.void'> = (ctx, { disposalId, reason }) => {
  const row = found(disposalById(ctx.db, disposalId), 'disposal')
  if (row.voidedAt !== null) throw new AppError('disposal.voided')
  const { id, uid, repairId, paymentId } = row
  markVoid(ctx.db, id, { at: ctx.now, userId: ctx.actor.userId, reason })
  if (paymentId !== null) returnProceeds(ctx, paymentId, reason)
  unmarkDisposed(ctx, repairId, { text: reason, detail: { disposal: 'voided' } })
  ctx.record({ entity: 'disposals', id, uid, version: 2, type: 'disposal.void', payload: { reason } })
  return { id, version: 2 }
}

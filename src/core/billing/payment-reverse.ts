import type { OutputOf } from '#contract/method-types.ts'
import type { CommandContext, Handler } from '../context.ts'
import { AppError, assert, found } from '../kernel/app-error.ts'
import type { Account } from '#contract/billing.ts'
import { requireHeld } from './deposit-money.ts'
import { post } from './ledger.ts'
import { entriesOf, transactionOfPayment } from './ledger-store.ts'
import { drawerFor, requireCash, tellReceipt, writeReceipt, type Receipt } from './payment-receipt.ts'
import { allocationsOf, insertAllocation, paymentByUid, type StoredPayment } from './payment-store.ts'
import { isOfDisposal, repairsOfInvoice } from './payment-views.ts'

/** The transaction that booked a receipt, found by what it settled. */
function bookedBy(ctx: CommandContext, payment: StoredPayment): number {
  const [first] = allocationsOf(ctx.db, payment.id)
  const id = first
    ? transactionOfPayment(ctx.db, payment.id, 'receivable', first.invoiceId)
    : transactionOfPayment(ctx.db, payment.id, 'deposits', payment.repairId ?? 0)
  assert(id !== undefined, `receipt ${payment.number} is booked`)
  return id
}

/**
 * A receipt typed wrong: the same entries back, once, out of (or into) the drawer as it is now. A receipt that
 * reverses is not reversed again: the right one is written anew. Errors: `payment.already_reversed` {number},
 * `payment.no_deposit` {available} for a deposit used meanwhile, `shift.required`, `shift.cash_short`,
 * `payment.of_disposal` for what a disposal brought: that is taken back with the disposal.
 */
export const reversePayment: Handler<'payments.reverse'> = (ctx, { paymentUid, reason }) =>
  reverseReceipt(ctx, found(paymentByUid(ctx.db, paymentUid), 'payment'), reason)

/** As the command, for acts whose receipt it is. */
export function reverseReceipt(
  ctx: CommandContext,
  payment: StoredPayment,
  reason: string,
): OutputOf<'payments.reverse'> {
  const { id: paymentId, number, kind, method, amountMinor, customerId, repairId, invoiceId } = payment
  if (payment.reversedBy !== null || payment.reversesId !== null)
    throw new AppError('payment.already_reversed', { number })
  if (isOfDisposal(ctx.db, paymentId)) throw new AppError('payment.of_disposal', { number })
  const drawer = drawerFor(ctx, method)
  if (kind !== 'refund') requireCash(ctx, method, drawer, amountMinor)
  if (kind === 'deposit' && repairId !== null) requireHeld(ctx, repairId, amountMinor)
  const receipt: Receipt = {
    kind,
    method,
    amountMinor,
    customerId,
    repairId,
    invoiceId,
    note: reason,
    reversesId: paymentId,
  }
  const written = writeReceipt(ctx, receipt, drawer)
  const allocations = allocationsOf(ctx.db, paymentId)
  for (const { invoiceId: on, amountMinor: part } of allocations)
    insertAllocation(ctx.db, { paymentId: written.id, invoiceId: on, amountMinor: -part })
  const reversesId = bookedBy(ctx, payment)
  const entries = entriesOf(ctx.db, reversesId).map(
    ({ account, subject, customerId: whose, amountMinor: was }) => ({
      account: account as Account,
      subject: account === 'cash' ? (drawer.shiftId ?? 0) : subject,
      customerId: whose,
      amountMinor: -was,
    }),
  )
  const cause = {
    kind: 'reversal',
    paymentId: written.id,
    invoiceId,
    repairId,
    customerId,
    reversesId,
  } as const
  post(ctx, { ...cause, shiftId: drawer.shiftId, memo: reason }, entries)
  const repairs = new Set(allocations.flatMap(({ invoiceId: on }) => repairsOfInvoice(ctx.db, on)))
  if (repairId !== null) repairs.add(repairId)
  tellReceipt(ctx, 'reversal', written, receipt, [...repairs])
  return { ...written, changeMinor: 0 }
}

import type { InputOf } from '#contract/method-types.ts'
import type { CommandContext, Handler } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { overpaidOn } from './applied-money.ts'
import { depositHeld } from './deposit-money.ts'
import { post, type Entry } from './ledger.ts'
import { drawerFor, requireCash, tellReceipt, writeReceipt, type Receipt } from './payment-receipt.ts'
import { moneyEntry, settledByRefund } from './payment-rules.ts'
import { insertAllocation } from './payment-store.ts'
import { payableInvoice } from './payment-take.ts'
import { repairHead, repairsOfInvoice } from './payment-views.ts'

/** Where money given back comes from. */
interface Source {
  readonly account: 'deposits' | 'receivable'
  readonly subject: number
  readonly availableMinor: number
  readonly customerId: number | null
  readonly invoiceId: number | null
  readonly repairIds: readonly number[]
}

function sourceOf(ctx: CommandContext, from: InputOf<'payments.refund'>['from']): Source {
  if (from.kind === 'deposit') {
    const { id, customerId } = found(repairHead(ctx.db, from.repairId), 'repair')
    const availableMinor = depositHeld(ctx.db, id)
    return { account: 'deposits', subject: id, availableMinor, customerId, invoiceId: null, repairIds: [id] }
  }
  const invoice = payableInvoice(ctx, from.invoiceId, 'from.invoiceId')
  return {
    account: 'receivable',
    subject: invoice.id,
    availableMinor: overpaidOn(ctx, invoice),
    customerId: invoice.customerId,
    invoiceId: invoice.id,
    repairIds: repairsOfInvoice(ctx.db, invoice.id),
  }
}

/**
 * Money back, in any method (RD#214): a held deposit, or what an invoice was overpaid or credited; never more.
 * Errors: `payment.refund_too_large` {available}, `shift.required`, `shift.cash_short` {available}, `invoice.void`.
 */
export const refundMoney: Handler<'payments.refund'> = (ctx, input) => {
  const { method, amountMinor, reference, reason } = input
  const source = sourceOf(ctx, input.from)
  const { account, subject, customerId, invoiceId, repairIds } = source
  const settled = settledByRefund(input, source.availableMinor, ctx.settings.cashStepMinor)
  const drawer = drawerFor(ctx, method)
  requireCash(ctx, method, drawer, amountMinor)
  const repairId = repairIds.length === 1 ? (repairIds[0] ?? null) : null
  const receipt: Receipt = {
    kind: 'refund',
    method,
    amountMinor,
    customerId,
    repairId,
    invoiceId,
    reference,
    note: reason,
  }
  const written = writeReceipt(ctx, receipt, drawer)
  if (invoiceId !== null)
    insertAllocation(ctx.db, { paymentId: written.id, invoiceId, amountMinor: -settled })
  const entries: Entry[] = [
    { account, subject, customerId, amountMinor: settled },
    moneyEntry(method, drawer.shiftId, -amountMinor),
    { account: 'rounding', amountMinor: amountMinor - settled },
  ]
  const cause = {
    kind: 'refund',
    paymentId: written.id,
    repairId,
    invoiceId,
    customerId,
    memo: reason,
  } as const
  post(ctx, { ...cause, shiftId: drawer.shiftId }, entries)
  tellReceipt(ctx, 'refund', written, receipt, repairIds)
  return { ...written, changeMinor: 0 }
}

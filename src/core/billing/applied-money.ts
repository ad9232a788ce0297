import type { OutputOf } from '#contract/method-types.ts'
import type { CommandContext, Handler, QueryContext } from '../context.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { requireCustomer } from '../customers/steps.ts'
import { noteWork } from '../repairs/steps.ts'
import { appliedById, movedAfter, overpaidInvoices, type Applied } from './applied-views.ts'
import { post, reverse } from './ledger.ts'
import { payableInvoice, requireOpen } from './payment-take.ts'
import { receivedOn, repairsOfInvoice, type InvoiceHead } from './payment-views.ts'
import { recordsOf } from './statement-views.ts'

/** Money the shop has already, put against an invoice: a held deposit, or what another invoice was paid too much. */

/**
 * What an invoice holds too much: only what credit notes left overpaid, and only money that came in. A debt written
 * off was never paid.
 */
export function overpaidOn(ctx: Pick<QueryContext, 'db'>, invoice: InvoiceHead): number {
  return Math.max(0, Math.min(0 - invoice.openMinor, receivedOn(ctx.db, invoice.id)))
}

/** Records that were merged are the same customer. */
export function sameCustomer(ctx: Pick<QueryContext, 'db'>, a: number | null, b: number | null): boolean {
  if (a === b) return true
  if (a === null || b === null) return false
  return requireCustomer(ctx, a, 'repairId').id === requireCustomer(ctx, b, 'invoiceId').id
}

/** Invoices of a customer, or of records merged into them, on which more was paid than is due; the oldest first. */
export const customerCredits: Handler<'payments.credits'> = (
  ctx,
  { customerId },
): OutputOf<'payments.credits'> => {
  const { id } = requireCustomer(ctx, customerId, 'customerId')
  return overpaidInvoices(ctx.db, recordsOf(ctx.db, id)).flatMap((invoice) => {
    const availableMinor = overpaidOn(ctx, invoice)
    const { id: invoiceId, uid: invoiceUid, number: invoiceNumber } = invoice
    return availableMinor > 0 ? [{ invoiceId, invoiceUid, invoiceNumber, availableMinor }] : []
  })
}

/**
 * What a customer has too much on one invoice pays another one instead of being given back. Errors:
 * `payment.refund_too_large` {available}, `payment.too_large` {open, number}, `invoice.other_customer`,
 * `invoice.void`, `invoice.not_an_invoice`.
 */
export const applyCredit: Handler<'payments.applyCredit'> = (ctx, input) => {
  const { fromInvoiceId, invoiceId, amountMinor } = input
  const from = payableInvoice(ctx, fromInvoiceId, 'fromInvoiceId')
  const to = payableInvoice(ctx, invoiceId, 'invoiceId')
  if (!sameCustomer(ctx, from.customerId, to.customerId)) throw new AppError('invoice.other_customer')
  const available = overpaidOn(ctx, from)
  if (amountMinor > available) throw new AppError('payment.refund_too_large', { available })
  requireOpen(to, amountMinor)
  const { customerId, repairId } = to
  const id = post(ctx, { kind: 'credit_applied', invoiceId: to.id, repairId, customerId }, [
    { account: 'receivable', subject: from.id, customerId: from.customerId, amountMinor },
    { account: 'receivable', subject: to.id, customerId, amountMinor: -amountMinor },
  ])
  const repairs = new Set([...repairsOfInvoice(ctx.db, from.id), ...repairsOfInvoice(ctx.db, to.id)])
  for (const one of repairs)
    noteWork(ctx, one, '', {
      money: 'credit_applied',
      number: to.number,
      fromNumber: from.number,
      amountMinor,
    })
  ctx.announce('payments', [])
  return { id }
}

/** Books the same entries the other way round; the caller knows that nothing came after. */
function takeBack(ctx: CommandContext, applied: Applied, reason: string): number {
  const { transactionId, invoiceId, invoiceNumber: number, customerId, repairId, amountMinor } = applied
  const cause = { kind: 'applied_taken_back', invoiceId, repairId, customerId, memo: reason } as const
  const id = reverse(ctx, transactionId, cause)
  const repairs = new Set(repairsOfInvoice(ctx.db, invoiceId))
  if (repairId !== null) repairs.add(repairId)
  if (applied.fromInvoiceId !== null)
    for (const one of repairsOfInvoice(ctx.db, applied.fromInvoiceId)) repairs.add(one)
  const money = applied.kind === 'deposit_applied' ? 'deposit_taken_back' : 'credit_taken_back'
  for (const one of repairs) noteWork(ctx, one, reason, { money, number, amountMinor })
  ctx.announce('payments', [])
  return id
}

/**
 * A deposit or a credit put against the wrong invoice: it goes back to where it was, once, as long as no payment,
 * refund, credit note or write-off came after it on that invoice. Errors: `not_found`, `payment.already_reversed`
 * {number}, `payment.applied_since` {number}.
 */
export const takeBackApplied: Handler<'payments.takeBackApplied'> = (ctx, { transactionId, reason }) => ({
  id: takeBackChecked(ctx, transactionId, reason),
})

/** As the command, for acts that take such money back as a consequence. */
export function takeBackChecked(ctx: CommandContext, transactionId: number, reason: string): number {
  const applied = found(appliedById(ctx.db, transactionId), 'transaction')
  const number = applied.invoiceNumber
  if (applied.takenBack === 1) throw new AppError('payment.already_reversed', { number })
  if (movedAfter(ctx.db, applied)) throw new AppError('payment.applied_since', { number })
  return takeBack(ctx, applied, reason)
}

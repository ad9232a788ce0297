import type { InputOf } from '#contract/method-types.ts'
import type { CommandContext, Handler } from '../context.ts'
import { AppError, fieldError } from '../kernel/app-error.ts'
import { requireCustomer } from '../customers/steps.ts'
import { post } from './ledger.ts'
import { drawerFor, tellReceipt, writeReceipt, type Receipt } from './payment-receipt.ts'
import { changeOf, moneyEntry } from './payment-rules.ts'
import { insertAllocation } from './payment-store.ts'
import { invoiceHead, repairsOfInvoice, type InvoiceHead } from './payment-views.ts'

/** An invoice money can be put against. Errors: `field.not_found` at `path`, `invoice.not_an_invoice`, `invoice.void`. */
export function payableInvoice(ctx: CommandContext, invoiceId: number, path: string): InvoiceHead {
  const invoice = invoiceHead(ctx.db, invoiceId)
  if (!invoice) throw fieldError(path, 'field.not_found')
  if (invoice.kind !== 'invoice' || invoice.payer !== 'customer')
    throw new AppError('invoice.not_an_invoice', { number: invoice.number })
  if (invoice.voided) throw new AppError('invoice.void', { number: invoice.number })
  return invoice
}

/** More than is open is refused, with what is open: so is the second of two clerks who take the same payment. */
export function requireOpen(invoice: InvoiceHead, amountMinor: number): void {
  if (amountMinor <= invoice.openMinor) return
  const open = Math.max(0, invoice.openMinor)
  throw new AppError('payment.too_large', { open, number: invoice.number })
}

interface Paid {
  readonly invoice: InvoiceHead
  readonly amountMinor: number
}

function paidInvoices(ctx: CommandContext, input: InputOf<'payments.take'>): Paid[] {
  const seen = new Set<number>()
  const paid = input.allocations.map(({ invoiceId, amountMinor }, index) => {
    const path = `allocations.${index}.invoiceId`
    if (seen.has(invoiceId)) throw fieldError(path, 'field.duplicate')
    seen.add(invoiceId)
    const invoice = payableInvoice(ctx, invoiceId, path)
    requireOpen(invoice, amountMinor)
    return { invoice, amountMinor }
  })
  requireOneCustomer(ctx, paid)
  const total = paid.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  if (total !== input.amountMinor) throw new AppError('payment.allocations_differ')
  return paid
}

/** One receipt stands in one customer's account; records that were merged are one. Error: `invoice.other_customer`. */
function requireOneCustomer(ctx: CommandContext, paid: readonly Paid[]): void {
  const records = new Set(paid.map(({ invoice }) => invoice.customerId))
  if (records.size === 1) return
  const customers = [...records].map((id) => id && requireCustomer(ctx, id, 'allocations').id)
  if (new Set(customers).size > 1) throw new AppError('invoice.other_customer')
}

/**
 * Money in against one or several invoices of a customer (domain §3.7: part payments, one device of two). Cash needs
 * the open shift of this seat. Errors: `payment.too_large` {open, number}, `payment.allocations_differ`,
 * `payment.tendered_short`, `shift.required`, `invoice.void`, `invoice.not_an_invoice`, `invoice.other_customer`.
 */
export const takePayment: Handler<'payments.take'> = (ctx, input) => {
  const { method, amountMinor, reference, note } = input
  const paid = paidInvoices(ctx, input)
  const { tenderedMinor, changeMinor } = changeOf(method, amountMinor, input.tenderedMinor)
  const drawer = drawerFor(ctx, method)
  const repairIds = [...new Set(paid.flatMap(({ invoice }) => repairsOfInvoice(ctx.db, invoice.id)))]
  const customerId = paid[0]?.invoice.customerId ?? null
  const only = paid.length === 1 ? (paid[0]?.invoice ?? null) : null
  const receipt: Receipt = {
    kind: 'payment',
    method,
    amountMinor,
    tenderedMinor,
    customerId,
    repairId: repairIds.length === 1 ? (repairIds[0] ?? null) : null,
    invoiceId: only?.id ?? null,
    reference,
    note,
  }
  const written = writeReceipt(ctx, receipt, drawer)
  for (const { invoice, amountMinor: part } of paid)
    insertAllocation(ctx.db, { paymentId: written.id, invoiceId: invoice.id, amountMinor: part })
  const cause = {
    kind: 'payment',
    paymentId: written.id,
    invoiceId: only?.id ?? null,
    repairId: receipt.repairId,
    customerId,
    shiftId: drawer.shiftId,
  } as const
  post(ctx, cause, [
    moneyEntry(method, drawer.shiftId, amountMinor),
    ...paid.map(({ invoice, amountMinor: part }) => ({
      account: 'receivable' as const,
      subject: invoice.id,
      customerId: invoice.customerId,
      amountMinor: -part,
    })),
  ])
  tellReceipt(ctx, 'payment', written, receipt, repairIds)
  return { ...written, changeMinor }
}

import { z } from 'zod'
import { chargeLine, payerTotal, pricedAmounts, pricedLineInput, taxRow } from './charges.ts'
import { amountMinor, at, id, reason, uid } from './fields.ts'
import { command, query } from './method.ts'
import { positiveMinor, quantity, rateBp, signedMinor, totalMinor } from './money.ts'

/**
 * The money ledger (architecture §5). A transaction is a set of entries whose amounts add up to zero (debit is
 * positive); rows are never changed, a mistake is corrected by a reversing transaction.
 */
export const accounts = [
  'receivable',
  'deposits',
  'cash',
  'card',
  'transfer',
  'wechat',
  'alipay',
  'other_money',
  'safe',
  'revenue',
  'tax',
  'rounding',
  'warranty',
  'agreement',
  'goodwill',
  'write_off',
  'forfeited',
  'cash_difference',
] as const
export type Account = (typeof accounts)[number]

export const methods = ['cash', 'card', 'transfer', 'wechat', 'alipay', 'other'] as const
export type PaymentMethod = (typeof methods)[number]

export const invoiceKinds = ['invoice', 'credit_note'] as const
/** Derived from the ledger, never stored. */
export const invoiceStates = ['open', 'part_paid', 'paid', 'credited', 'void'] as const
export type InvoiceState = (typeof invoiceStates)[number]

export const invoiceLine = z.object({
  no: z.int(),
  chargeLineId: id.nullable(),
  description: z.string(),
  quantity,
  unitMinor: amountMinor,
  discountMinor: amountMinor,
  rateBp,
  ...pricedAmounts,
  /** What credit notes took of this line so far, with tax. */
  creditedMinor: totalMinor,
  warrantyMonths: z.int(),
})

export const invoiceSummary = z.object({
  id,
  uid,
  number: z.string(),
  kind: z.enum(invoiceKinds),
  state: z.enum(invoiceStates),
  customerId: id.nullable(),
  customerName: z.string(),
  repairUid: uid.nullable(),
  repairNumber: z.string().nullable(),
  issuedOn: z.string(),
  dueOn: z.string(),
  grossMinor: signedMinor,
  openMinor: signedMinor,
})
export type InvoiceSummary = z.output<typeof invoiceSummary>

/** Issued once, never changed; the customer's data is copied in (V-01). Credit notes carry positive amounts. */
export const invoice = invoiceSummary.extend({
  issuedAt: at,
  issuedBy: z.string().nullable(),
  currency: z.string(),
  pricesIncludeTax: z.boolean(),
  customerAddress: z.string(),
  customerTaxNumber: z.string(),
  lines: z.array(invoiceLine),
  ...pricedAmounts,
  /** Cash rounding, a line of its own; part of what is due. */
  roundingMinor: signedMinor,
  taxes: z.array(taxRow),
  original: z.object({ uid, number: z.string() }).nullable(),
  creditNotes: z.array(z.object({ uid, number: z.string(), grossMinor: totalMinor })),
  reason: z.string(),
  voided: z.object({ at, by: z.string().nullable(), reason: z.string() }).nullable(),
  payments: z.array(
    z.object({ uid, number: z.string(), method: z.enum(methods), at, amountMinor: signedMinor }),
  ),
  /** Deposits and credits of other invoices that stand against it. */
  applied: z.array(
    z.object({
      transactionId: id,
      kind: z.enum(['deposit', 'credit']),
      at,
      amountMinor: positiveMinor,
      repairNumber: z.string().nullable(),
      /** The invoice a credit came from. */
      fromNumber: z.string().nullable(),
      /** Nothing came after it on this invoice. */
      canTakeBack: z.boolean(),
    }),
  ),
  note: z.string(),
})
export type Invoice = z.output<typeof invoice>

export const paymentKinds = ['payment', 'deposit', 'refund'] as const
export const payment = z.object({
  id,
  uid,
  /** Receipt number. */
  number: z.string(),
  kind: z.enum(paymentKinds),
  method: z.enum(methods),
  amountMinor: positiveMinor,
  /** Cash handed over by the customer; change is the rest. */
  tenderedMinor: amountMinor.nullable(),
  at,
  on: z.string(),
  by: z.string().nullable(),
  customerId: id.nullable(),
  customerName: z.string().nullable(),
  repairUid: uid.nullable(),
  repairNumber: z.string().nullable(),
  reference: z.string(),
  note: z.string(),
  allocations: z.array(z.object({ invoiceUid: uid, invoiceNumber: z.string(), amountMinor: signedMinor })),
  /** Number of the receipt that took it back. */
  reversedBy: z.string().nullable(),
  /** Number of the receipt this one takes back: its money went the other way. */
  reverses: z.string().nullable(),
})
export type Payment = z.output<typeof payment>

/** The money side of a repair, whole. */
export const repairMoney = z.object({
  pricesIncludeTax: z.boolean(),
  lines: z.array(chargeLine),
  /** Lines that are not invoiced yet. */
  unbilled: z.object({ ...pricedAmounts, taxes: z.array(taxRow), payers: z.array(payerTotal) }),
  invoices: z.array(invoiceSummary),
  payments: z.array(payment),
  /** Deposits still held for this repair. */
  depositMinor: totalMinor,
  /** What the customer owes now on issued invoices of this repair. */
  openMinor: signedMinor,
  /** What the customer would owe were everything invoiced and the deposit applied. */
  dueMinor: signedMinor,
  /** A storage fee that would be due today and is not on the bill yet. */
  storageFeeMinor: totalMinor,
})
export type RepairMoney = z.output<typeof repairMoney>

const target = { chargeLineId: id }

export const chargesContract = {
  ofRepair: query('billing.read', { repairId: id }, repairMoney),
  /** A discount above the shop's limit needs `billing.discount`. */
  add: command('billing.charge', { repairId: id, line: pricedLineInput }, z.object({ id, uid })),
  /** An invoiced line is locked: `charge.invoiced`. */
  update: command('billing.charge', { ...target, line: pricedLineInput }, z.object({ id })),
  remove: command('billing.charge', { ...target, reason: reason(300) }, z.object({ id })),
  waive: command('billing.discount', { ...target, reason: reason(300) }, z.object({ id })),
  addStorageFee: command('billing.charge', { repairId: id }, z.object({ id, uid })),
}

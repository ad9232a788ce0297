import { z } from 'zod'
import { methods, payment } from './billing.ts'
import { amountMinor, at, id, line, on, page, pageOf, reason, text, uid } from './fields.ts'
import { command, query } from './method.ts'
import { positiveMinor, signedMinor, totalMinor } from './money.ts'

const money = {
  method: z.enum(methods),
  amountMinor: positiveMinor,
  tenderedMinor: amountMinor.nullable(),
  reference: line(80),
  note: text(300),
}
const receipt = z.object({ id, uid, number: z.string(), changeMinor: amountMinor })

/** What the shop owes a customer for. */
export const owedKinds = ['surplus', 'deposit', 'credit'] as const

export const statementRow = z.object({
  at,
  on: z.string(),
  kind: z.string(),
  number: z.string(),
  repairNumber: z.string().nullable(),
  amountMinor: signedMinor,
  balanceMinor: signedMinor,
})

export const paymentsContract = {
  get: query('billing.read', { uid }, payment),
  list: query(
    'billing.read',
    {
      repairId: id.optional(),
      customerId: id.optional(),
      shiftId: id.optional(),
      method: z.enum(methods).optional(),
      from: on.optional(),
      to: on.optional(),
      ...page,
    },
    pageOf(payment),
  ),
  /** Money in against invoices; cash needs an open shift of this seat. More than what is open is refused. */
  take: command(
    'billing.pay',
    {
      ...money,
      allocations: z
        .array(z.strictObject({ invoiceId: id, amountMinor: positiveMinor }))
        .min(1)
        .max(50),
    },
    receipt,
  ),
  /** A deposit is a liability until an invoice takes it. */
  takeDeposit: command('billing.pay', { ...money, repairId: id }, receipt),
  /** Deposit money of a repair against an invoice of the same customer. */
  applyDeposit: command(
    'billing.pay',
    { repairId: id, invoiceId: id, amountMinor: positiveMinor },
    z.object({ id }),
  ),
  /** What a customer paid too much on invoices, after credit notes; the oldest first. */
  credits: query(
    'billing.read',
    { customerId: id },
    z.array(
      z.object({ invoiceId: id, invoiceUid: uid, invoiceNumber: z.string(), availableMinor: positiveMinor }),
    ),
  ),
  /** Such a credit against another open invoice of the same customer, instead of being given back. */
  applyCredit: command(
    'billing.pay',
    { fromInvoiceId: id, invoiceId: id, amountMinor: positiveMinor },
    z.object({ id }),
  ),
  /** A deposit or credit put against an invoice goes back; only while nothing came after it on that invoice. */
  takeBackApplied: command('billing.refund', { transactionId: id, reason: reason(300) }, z.object({ id })),
  /** Money back, in any method: a held deposit, or what an invoice was overpaid or credited. Never more than that. */
  refund: command(
    'billing.refund',
    {
      method: z.enum(methods),
      amountMinor: positiveMinor,
      from: z.union([
        z.strictObject({ kind: z.literal('deposit'), repairId: id }),
        z.strictObject({ kind: z.literal('invoice'), invoiceId: id }),
      ]),
      reference: line(80),
      reason: reason(300),
    },
    receipt,
  ),
  /** A deposit the customer loses by the shop's terms. */
  forfeit: command(
    'billing.refund',
    { repairId: id, amountMinor: positiveMinor, reason: reason(300) },
    z.object({ id }),
  ),
  /** A payment typed wrong: the same entries back, on the present shift. */
  reverse: command('billing.refund', { paymentUid: uid, reason: reason(300) }, receipt),
  /** A customer's account: what was invoiced, paid, credited, with a running balance. */
  statement: query(
    'billing.read',
    { customerId: id, from: on, to: on },
    z.object({
      openingMinor: signedMinor,
      rows: z.array(statementRow),
      closingMinor: signedMinor,
      depositMinor: totalMinor,
    }),
  ),
  /**
   * What the shop owes customers, most first: surplus of disposed devices, credits, and, when asked for or for one
   * customer, deposits of repairs that have ended.
   */
  owed: query(
    'billing.read',
    { customerId: id.optional(), withDeposits: z.boolean() },
    z.array(
      z.object({
        kind: z.enum(owedKinds),
        customerId: id,
        customerUid: uid,
        customerName: z.string(),
        amountMinor: positiveMinor,
        repairUid: uid.nullable(),
        repairNumber: z.string().nullable(),
        invoiceUid: uid.nullable(),
        invoiceNumber: z.string().nullable(),
      }),
    ),
  ),
  /** Customers who owe, most first. */
  debtors: query(
    'billing.read',
    page,
    pageOf(
      z.object({
        customerId: id,
        customerUid: uid,
        customerName: z.string(),
        openMinor: signedMinor,
        oldestDueOn: z.string().nullable(),
        overdueMinor: signedMinor,
      }),
    ),
  ),
}

import { z } from 'zod'
import { invoice, invoiceKinds, invoiceSummary } from './billing.ts'
import { chargeKinds, payers, pricedAmounts, taxRow } from './charges.ts'
import { id, line, on, page, pageOf, reason, text, uid } from './fields.ts'
import { command, query } from './method.ts'
import { positiveMinor, quantity, rateBp, signedMinor, totalMinor } from './money.ts'

const parties = { payer: z.enum(payers), customerId: id.nullable() }

/** What an invoice would hold; nothing has a number yet. */
export const invoicePreview = z.object({
  customerName: z.string(),
  lines: z.array(
    z.object({
      chargeLineId: id,
      kind: z.enum(chargeKinds),
      description: z.string(),
      quantity,
      /** The payer's part of a line several pay; null where they pay all of it. */
      shareBp: rateBp.nullable(),
      rateBp,
      grossMinor: signedMinor,
    }),
  ),
  ...pricedAmounts,
  taxes: z.array(taxRow),
  roundingMinor: signedMinor,
  /** What of the deposits held would go against it. */
  depositMinor: totalMinor,
})
export type InvoicePreview = z.output<typeof invoicePreview>

export const invoicesContract = {
  list: query(
    'billing.read',
    {
      customerId: id.optional(),
      repairId: id.optional(),
      only: z.enum(['open', 'overdue']).optional(),
      kind: z.enum(invoiceKinds).optional(),
      from: on.optional(),
      to: on.optional(),
      text: line(80).optional(),
      ...page,
    },
    pageOf(invoiceSummary),
  ),
  get: query('billing.read', { uid }, invoice),
  /** The invoice as `issue` would write it now, for who is about to issue it. */
  preview: query(
    'billing.invoice',
    { repairIds: z.array(id).min(1).max(50), customerId: id.nullable(), cashRounding: z.boolean() },
    invoicePreview,
  ),
  /**
   * Issues one invoice for what a payer owes of one or several repairs of a visit: numbered here, immutable from
   * here. The deposit of these repairs is applied at once. Warranty, agreement and goodwill shares are booked to
   * their accounts with it and never stand on the customer's invoice (V-03).
   */
  issue: command(
    'billing.invoice',
    {
      repairIds: z.array(id).min(1).max(50),
      ...parties,
      /** Round the total to the shop's cash step, as a line of its own. */
      cashRounding: z.boolean(),
      dueOn: on.nullable(),
      note: text(500),
      /** What the person saw; refused when the total is another by now. */
      expectedGrossMinor: signedMinor.nullable(),
    },
    z.object({ id, uid, number: z.string(), grossMinor: signedMinor, openMinor: signedMinor }),
  ),
  /** Only while nothing is paid or credited; its lines may be invoiced again. */
  void: command('billing.credit_note', { invoiceId: id, reason: reason(300) }, z.object({ id })),
  /** Full with `lines` null, otherwise an amount with tax per line; at most what remains of a line. */
  credit: command(
    'billing.credit_note',
    {
      invoiceId: id,
      lines: z
        .array(z.strictObject({ no: z.int().min(1).max(1000), grossMinor: positiveMinor }))
        .min(1)
        .max(200)
        .nullable(),
      reason: reason(300),
    },
    z.object({ id, uid, number: z.string(), grossMinor: totalMinor, openMinor: signedMinor }),
  ),
  /** What will never be paid, off the books with a reason. */
  writeOff: command(
    'billing.write_off',
    { invoiceId: id, amountMinor: positiveMinor, reason: reason(300) },
    z.object({ id }),
  ),
}

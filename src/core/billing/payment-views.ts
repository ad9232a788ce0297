import type { Payment } from '#contract/billing.ts'
import type { Payer } from '#contract/charges.ts'
import type { RepairState } from '#contract/repair-states.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'

/** What taking and showing money reads across modules; nothing here writes. */

export interface InvoiceHead {
  readonly id: number
  readonly uid: string
  readonly number: string
  readonly kind: 'invoice' | 'credit_note'
  /** What others than customers bear is on no customer's account. */
  readonly payer: Payer
  readonly customerId: number | null
  readonly repairId: number | null
  readonly voided: 0 | 1
  /** What is open; negative when more was paid than is left after credit notes. */
  readonly openMinor: number
}

/** Columns of an invoice money is put against, for other views of this module. */
export const headText = `
  SELECT i.id, i.uid, i.number, i.kind, i.payer, i.customer_id AS customerId, i.repair_id AS repairId,
    EXISTS (SELECT 1 FROM invoice_voids v WHERE v.invoice_id = i.id) AS voided,
    coalesce((SELECT amount_minor FROM money_balances WHERE account = 'receivable' AND subject = i.id), 0) AS openMinor
  FROM invoices i`

export function invoiceHead(db: ReadDb, id: number): InvoiceHead | undefined {
  return sqlStatement(db, `${headText} WHERE i.id = ?`).get(id) as InvoiceHead | undefined
}

const receivedText = `
  SELECT (SELECT coalesce(sum(amount_minor), 0) FROM payment_allocations WHERE invoice_id = :id)
    - (SELECT coalesce(sum(e.amount_minor), 0) FROM money_entries e JOIN money_transactions t ON t.id = e.transaction_id
       WHERE e.account = 'receivable' AND e.subject = :id
         AND t.kind IN ('deposit_applied', 'credit_applied', 'applied_taken_back'))`

/** Money that came in on an invoice and was not given back: payments, deposits and credits, less refunds. */
export function receivedOn(db: ReadDb, invoiceId: number): number {
  return sqlStatement(db, receivedText).pluck().get({ id: invoiceId }) as number
}

const repairsText = `
  SELECT repair_id FROM invoices WHERE id = :id AND repair_id IS NOT NULL
  UNION SELECT repair_id FROM invoice_lines WHERE invoice_id = :id AND repair_id IS NOT NULL`

/** The repairs an invoice bills. */
export function repairsOfInvoice(db: ReadDb, invoiceId: number): number[] {
  return sqlStatement(db, repairsText).pluck().all({ id: invoiceId }) as number[]
}

export interface RepairHead {
  readonly id: number
  readonly number: string
  readonly state: RepairState
  readonly customerId: number | null
}

export function repairHead(db: ReadDb, id: number): RepairHead | undefined {
  const text = 'SELECT id, number, state, customer_id AS customerId FROM repairs WHERE id = ?'
  return sqlStatement(db, text).get(id) as RepairHead | undefined
}

/** Columns of a receipt as a seat sees it. */
const shown = `
  SELECT p.id, p.uid, p.number, p.kind, p.method, p.amount_minor AS amountMinor, p.tendered_minor AS tenderedMinor,
    p.at, p.on_day AS "on", u.name AS "by", p.customer_id AS customerId, c.name AS customerName,
    r.uid AS repairUid, r.number AS repairNumber, p.reference, p.note, o.number AS reverses,
    (SELECT number FROM payments b WHERE b.reverses_id = p.id) AS reversedBy,
    (SELECT json_group_array(json_object('invoiceUid', i.uid, 'invoiceNumber', i.number, 'amountMinor', a.amount_minor))
     FROM payment_allocations a JOIN invoices i ON i.id = a.invoice_id WHERE a.payment_id = p.id) AS allocations
  FROM payments p
  LEFT JOIN users u ON u.id = p.user_id
  LEFT JOIN customers c ON c.id = p.customer_id
  LEFT JOIN repairs r ON r.id = p.repair_id
  LEFT JOIN payments o ON o.id = p.reverses_id`

type ShownRow = Omit<Payment, 'allocations'> & { readonly allocations: string }

function shownPayment(row: ShownRow): Payment {
  return { ...row, allocations: JSON.parse(row.allocations) as Payment['allocations'] }
}

export function paymentShown(db: ReadDb, uid: string): Payment | undefined {
  const row = sqlStatement(db, `${shown} WHERE p.uid = ?`).get(uid) as ShownRow | undefined
  return row && shownPayment(row)
}

/** Receipts in the order of the ids. */
export function paymentsShown(db: ReadDb, ids: readonly number[]): Payment[] {
  const text = `${shown} JOIN json_each(?) ids ON ids.value = p.id ORDER BY ids.key`
  return (sqlStatement(db, text).all(JSON.stringify(ids)) as ShownRow[]).map(shownPayment)
}

/** Whether a receipt is what a disposal that stands brought. */
export function isOfDisposal(db: ReadDb, paymentId: number): boolean {
  const text = 'SELECT 1 FROM disposals WHERE payment_id = ? AND voided_at IS NULL'
  return sqlStatement(db, text).get(paymentId) !== undefined
}

/** Receipts that name the repair, or paid an invoice that bills it. */
const ofRepairText = `
  SELECT id FROM payments WHERE repair_id = :repairId
  UNION
  SELECT payment_id FROM payment_allocations WHERE invoice_id IN (
    SELECT id FROM invoices WHERE repair_id = :repairId
    UNION SELECT invoice_id FROM invoice_lines WHERE repair_id = :repairId)`

/** Every receipt of a repair, the oldest first. */
export function paymentsOfRepair(db: ReadDb, repairId: number): Payment[] {
  const ids = sqlStatement(db, `SELECT id FROM (${ofRepairText}) ORDER BY id`).pluck().all({ repairId })
  return paymentsShown(db, ids as number[])
}

export interface PaymentFilter {
  readonly repairId?: number | undefined
  /** The customer's own record and those merged into it, as JSON. */
  readonly records?: string | undefined
  readonly shiftId?: number | undefined
  readonly method?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Ids of receipts, the newest first. */
export function paymentPage(
  db: ReadDb,
  filter: PaymentFilter,
  beforeId: number | undefined,
  limit: number,
): number[] {
  const where = [
    beforeId === undefined ? '' : 'id < :beforeId',
    filter.repairId === undefined ? '' : `id IN (${ofRepairText})`,
    filter.records === undefined ? '' : 'customer_id IN (SELECT value FROM json_each(:records))',
    filter.shiftId === undefined ? '' : 'shift_id = :shiftId',
    filter.method === undefined ? '' : 'method = :method',
    filter.from === undefined ? '' : 'on_day >= :from',
    filter.to === undefined ? '' : 'on_day <= :to',
  ].filter((part) => part !== '')
  const text = `SELECT id FROM payments WHERE ${where.join(' AND ') || '1'} ORDER BY id DESC LIMIT :limit`
  return sqlStatement(db, text)
    .pluck()
    .all({ ...filter, beforeId, limit }) as number[]
}

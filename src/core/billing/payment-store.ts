import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { insertInto } from '../db/row-statements.ts'
import { paymentAllocations, payments } from '../db/schema/billing.ts'

/** Rows of receipts and of what they paid. */
export type PaymentRow = typeof payments.$inferSelect

export const insertPayment = insertInto(payments)
export const insertAllocation = insertInto(paymentAllocations)

export interface StoredPayment extends Pick<
  PaymentRow,
  'id' | 'uid' | 'number' | 'amountMinor' | 'customerId' | 'repairId' | 'invoiceId' | 'reversesId'
> {
  readonly kind: 'payment' | 'deposit' | 'refund'
  readonly method: 'cash' | 'card' | 'transfer' | 'wechat' | 'alipay' | 'other'
  /** Number of the receipt that took it back. */
  readonly reversedBy: string | null
}

const storedText = `
  SELECT p.id, p.uid, p.number, p.kind, p.method, p.amount_minor AS amountMinor, p.customer_id AS customerId,
    p.repair_id AS repairId, p.invoice_id AS invoiceId, p.reverses_id AS reversesId,
    (SELECT number FROM payments WHERE reverses_id = p.id) AS reversedBy
  FROM payments p`

export function paymentByUid(db: ReadDb, uid: string): StoredPayment | undefined {
  return sqlStatement(db, `${storedText} WHERE p.uid = ?`).get(uid) as StoredPayment | undefined
}

export function paymentById(db: ReadDb, id: number): StoredPayment | undefined {
  return sqlStatement(db, `${storedText} WHERE p.id = ?`).get(id) as StoredPayment | undefined
}

export interface Allocation {
  readonly invoiceId: number
  readonly amountMinor: number
}

export function allocationsOf(db: ReadDb | WriteDb, paymentId: number): Allocation[] {
  const text = `SELECT invoice_id AS invoiceId, amount_minor AS amountMinor FROM payment_allocations
    WHERE payment_id = ? ORDER BY id`
  return sqlStatement(db, text).all(paymentId) as Allocation[]
}

import type { Invoice } from '#contract/billing.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'
import { headText, type InvoiceHead } from './payment-views.ts'

/** What was put against invoices without money coming in: deposits, and credits of other invoices. */

export interface Applied {
  readonly transactionId: number
  readonly kind: 'deposit_applied' | 'credit_applied'
  /** The invoice it went against. */
  readonly invoiceId: number
  readonly invoiceNumber: string
  readonly customerId: number | null
  readonly repairId: number | null
  /** The invoice a credit came from; null for a deposit. */
  readonly fromInvoiceId: number | null
  readonly amountMinor: number
  readonly takenBack: 0 | 1
}

const appliedText = `
  SELECT t.id AS transactionId, t.kind, i.id AS invoiceId, i.number AS invoiceNumber, t.customer_id AS customerId,
    t.repair_id AS repairId, -e.amount_minor AS amountMinor,
    (SELECT subject FROM money_entries o WHERE o.transaction_id = t.id AND o.account = 'receivable'
       AND o.amount_minor > 0) AS fromInvoiceId,
    EXISTS (SELECT 1 FROM money_transactions b WHERE b.reverses_id = t.id) AS takenBack
  FROM money_transactions t
  JOIN money_entries e ON e.transaction_id = t.id AND e.account = 'receivable' AND e.amount_minor < 0
  JOIN invoices i ON i.id = e.subject
  WHERE t.id = ? AND t.kind IN ('deposit_applied', 'credit_applied')`

export function appliedById(db: ReadDb, transactionId: number): Applied | undefined {
  return sqlStatement(db, appliedText).get(transactionId) as Applied | undefined
}

// A receipt that was taken back, and the taking back itself, leave the invoice as it was.
const afterText = `
  SELECT 1 FROM money_entries e JOIN money_transactions t ON t.id = e.transaction_id
  WHERE e.account = 'receivable' AND e.subject = :invoiceId AND t.id > :transactionId
    AND t.kind IN ('payment', 'refund', 'credit_note', 'write_off')
    AND NOT EXISTS (SELECT 1 FROM money_transactions b WHERE b.reverses_id = t.id) LIMIT 1`

/** Whether anything happened on the invoice since that rests on the money being there. */
export function movedAfter(db: ReadDb, applied: Pick<Applied, 'invoiceId' | 'transactionId'>): boolean {
  const { invoiceId, transactionId } = applied
  return sqlStatement(db, afterText).get({ invoiceId, transactionId }) !== undefined
}

const onInvoiceText = `
  SELECT t.id AS transactionId, t.kind, t.at, -e.amount_minor AS amountMinor, r.number AS repairNumber,
    (SELECT n.number FROM money_entries o JOIN invoices n ON n.id = o.subject
       WHERE o.transaction_id = t.id AND o.account = 'receivable' AND o.amount_minor > 0) AS fromNumber
  FROM money_entries e JOIN money_transactions t ON t.id = e.transaction_id LEFT JOIN repairs r ON r.id = t.repair_id
  WHERE e.account = 'receivable' AND e.subject = ? AND e.amount_minor < 0
    AND t.kind IN ('deposit_applied', 'credit_applied')
    AND NOT EXISTS (SELECT 1 FROM money_transactions b WHERE b.reverses_id = t.id) ORDER BY t.id`

/** Deposits and credits that stand against an invoice, the oldest first. */
export function appliedOn(db: ReadDb, invoiceId: number): Invoice['applied'] {
  const rows = sqlStatement(db, onInvoiceText).all(invoiceId) as (Omit<
    Invoice['applied'][number],
    'kind' | 'canTakeBack'
  > & { kind: Applied['kind'] })[]
  return rows.map((row) => ({
    ...row,
    kind: row.kind === 'deposit_applied' ? 'deposit' : 'credit',
    canTakeBack: !movedAfter(db, { invoiceId, transactionId: row.transactionId }),
  }))
}

const fromDepositText = `
  SELECT t.id FROM money_entries e JOIN money_transactions t ON t.id = e.transaction_id
  WHERE e.account = 'deposits' AND e.subject = ? AND t.kind = 'deposit_applied'
    AND NOT EXISTS (SELECT 1 FROM money_transactions b WHERE b.reverses_id = t.id) ORDER BY t.id DESC`

/** What of a repair's deposits stands against invoices, the newest first: the transactions. */
export function appliedFromDeposit(db: ReadDb, repairId: number): number[] {
  return sqlStatement(db, fromDepositText).pluck().all(repairId) as number[]
}

const overpaidText = `${headText} WHERE i.id IN (
    SELECT b.subject FROM json_each(:records) c
    CROSS JOIN money_balances b INDEXED BY money_balances_open ON b.customer_id = c.value
    WHERE b.account = 'receivable' AND b.amount_minor <> 0 AND b.amount_minor < 0)
  AND i.kind = 'invoice' AND i.payer = 'customer' ORDER BY i.id`

/** Invoices of these customer records with less than nothing open. */
export function overpaidInvoices(db: ReadDb, records: string): InvoiceHead[] {
  return sqlStatement(db, overpaidText).all({ records }) as InvoiceHead[]
}

export interface OwedRow {
  readonly kind: 'surplus' | 'deposit' | 'credit'
  readonly customerId: number
  readonly amountMinor: number
  readonly repairUid: string | null
  readonly repairNumber: string | null
  readonly invoiceUid: string | null
  readonly invoiceNumber: string | null
}

const ended = "r.state IN ('collected', 'closed', 'cancelled', 'unclaimed')"
const depositColumns = `coalesce(r.customer_id, b.customer_id) AS customerId, -b.amount_minor AS amountMinor,
    r.uid AS repairUid, r.number AS repairNumber, NULL AS invoiceUid, NULL AS invoiceNumber`
const creditColumns = `b.customer_id AS customerId, -b.amount_minor AS amountMinor, NULL AS repairUid,
    NULL AS repairNumber, i.uid AS invoiceUid, i.number AS invoiceNumber`
const disposed = `EXISTS (SELECT 1 FROM disposals d WHERE d.repair_id = r.id AND d.voided_at IS NULL
    AND d.payment_id IS NOT NULL)`
const kind = `iif(${disposed}, 'surplus', 'deposit')`

// What the shop's disposals brought: as many rows as devices were ever sold, which is few.
const surplusText = `SELECT 'surplus' AS kind, ${depositColumns} FROM disposals d JOIN repairs r ON r.id = d.repair_id
  JOIN money_balances b ON b.account = 'deposits' AND b.subject = r.id
  WHERE d.voided_at IS NULL AND d.payment_id IS NOT NULL AND b.amount_minor < 0`
const allCreditsText = `SELECT 'credit' AS kind, ${creditColumns}
  FROM money_balances b INDEXED BY money_balances_open JOIN invoices i ON i.id = b.subject
  WHERE b.account = 'receivable' AND b.amount_minor <> 0 AND b.amount_minor < 0 AND b.customer_id IS NOT NULL`
const allDepositsText = `SELECT ${kind} AS kind, ${depositColumns} FROM money_balances b JOIN repairs r ON r.id = b.subject
  WHERE b.account = 'deposits' AND b.amount_minor < 0 AND ${ended}`
const ownDepositsText = `SELECT ${kind} AS kind, ${depositColumns} FROM json_each(:records) c
  CROSS JOIN repairs r ON r.customer_id = c.value
  CROSS JOIN money_balances b ON b.account = 'deposits' AND b.subject = r.id
  WHERE b.amount_minor < 0 AND ${ended}`
const ownCreditsText = `SELECT 'credit' AS kind, ${creditColumns} FROM json_each(:records) c
  CROSS JOIN money_balances b INDEXED BY money_balances_open ON b.customer_id = c.value
  JOIN invoices i ON i.id = b.subject
  WHERE b.account = 'receivable' AND b.amount_minor <> 0 AND b.amount_minor < 0`

/**
 * What the shop owes its customers: what disposals brought, credits, and deposits of repairs that have ended. The
 * last are looked for over every deposit ever taken, so the day's page, which is asked often, goes without them.
 */
export function owedToCustomers(db: ReadDb, withDeposits: boolean): OwedRow[] {
  const text = `${withDeposits ? allDepositsText : surplusText} UNION ALL ${allCreditsText}`
  return sqlStatement(db, text).all() as OwedRow[]
}

/** The same for one customer's records. */
export function owedTo(db: ReadDb, records: string): OwedRow[] {
  return sqlStatement(db, `${ownDepositsText} UNION ALL ${ownCreditsText}`).all({ records }) as OwedRow[]
}

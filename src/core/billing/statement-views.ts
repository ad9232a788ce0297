import { sqlStatement, type ReadDb } from '../db/handles.ts'

/** What a customer's account is made of, across modules; nothing here writes. */

const recordsText = `
  WITH RECURSIVE same (id) AS (
    SELECT :id UNION SELECT c.id FROM customers c JOIN same ON c.merged_into_id = same.id
  ) SELECT id FROM same`

/** A customer and all records that were merged into it, as JSON for the other views. */
export function recordsOf(db: ReadDb, customerId: number): string {
  return JSON.stringify(sqlStatement(db, recordsText).pluck().all({ id: customerId }))
}

const movesFrom = `
  FROM json_each(:records) c
  CROSS JOIN money_transactions t INDEXED BY money_transactions_customer ON t.customer_id = c.value
  CROSS JOIN money_entries e ON e.transaction_id = t.id AND e.account = 'receivable'`
const beforeText = `SELECT coalesce(sum(e.amount_minor), 0) ${movesFrom} WHERE t.on_day < :from`

/** What stood open at the beginning of a day. */
export function movesBefore(db: ReadDb, records: string, from: string): number {
  return sqlStatement(db, beforeText).pluck().get({ records, from }) as number
}

export interface AccountMove {
  readonly at: number
  readonly on: string
  readonly kind: string
  readonly number: string
  readonly repairNumber: string | null
  readonly amountMinor: number
}

const movesText = `
  SELECT t.at, t.on_day AS "on", t.kind, coalesce(p.number, i.number, '') AS number, r.number AS repairNumber,
    m.amountMinor
  FROM (SELECT t.id, sum(e.amount_minor) AS amountMinor ${movesFrom}
        WHERE t.on_day BETWEEN :from AND :to GROUP BY t.id HAVING sum(e.amount_minor) <> 0) m
  JOIN money_transactions t ON t.id = m.id
  LEFT JOIN payments p ON p.id = t.payment_id
  LEFT JOIN invoices i ON i.id = t.invoice_id
  LEFT JOIN repairs r ON r.id = coalesce(t.repair_id, i.repair_id)
  ORDER BY m.id`

/** Everything that moved what a customer owes between two days, in the order it was booked. */
export function movesOf(db: ReadDb, records: string, from: string, to: string): AccountMove[] {
  return sqlStatement(db, movesText).all({ records, from, to }) as AccountMove[]
}

const heldText = `
  SELECT coalesce(-sum(b.amount_minor), 0) FROM json_each(:records) c
  CROSS JOIN repairs r ON r.customer_id = c.value
  CROSS JOIN money_balances b ON b.account = 'deposits' AND b.subject = r.id`

/** Deposits held for a customer's repairs. */
export function depositsHeldFor(db: ReadDb, records: string): number {
  return sqlStatement(db, heldText).pluck().get({ records }) as number
}

export interface Debt {
  readonly customerId: number
  readonly openMinor: number
  /** The earliest day on which something was, or will be, due. */
  readonly oldestDueOn: string | null
  readonly overdueMinor: number
}

const debtsText = `
  SELECT b.customer_id AS customerId, sum(b.amount_minor) AS openMinor,
    min(CASE WHEN b.amount_minor > 0 THEN i.due_on END) AS oldestDueOn,
    sum(CASE WHEN i.due_on < :today THEN b.amount_minor ELSE 0 END) AS overdueMinor
  FROM money_balances b INDEXED BY money_balances_open JOIN invoices i ON i.id = b.subject
  WHERE b.account = 'receivable' AND b.amount_minor <> 0 AND b.customer_id IS NOT NULL
  GROUP BY b.customer_id`

/** What is open per customer record, before `today` overdue; only records with anything open. */
export function debts(db: ReadDb, today: string): Debt[] {
  return sqlStatement(db, debtsText).all({ today }) as Debt[]
}

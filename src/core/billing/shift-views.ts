import type { PaymentMethod } from '#contract/billing.ts'
import type { OutputOf } from '#contract/method-types.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'
import { accountOfMethod } from './payment-rules.ts'

/** What a Z-report shows, read from the ledger's transactions of the shift. */

const peopleText = `
  SELECT s.name AS seatName, o.name AS openedBy, c.name AS closedBy
  FROM shifts h JOIN seats s ON s.id = h.seat_id
  LEFT JOIN users o ON o.id = h.opened_by_id LEFT JOIN users c ON c.id = h.closed_by_id
  WHERE h.id = ?`

export function shiftPeople(
  db: ReadDb,
  shiftId: number,
): { seatName: string; openedBy: string | null; closedBy: string | null } {
  return sqlStatement(db, peopleText).get(shiftId) as ReturnType<typeof shiftPeople>
}

const methodsText = `
  SELECT e.account, sum(max(e.amount_minor, 0)) AS inMinor, sum(max(-e.amount_minor, 0)) AS outMinor, count(*) AS count
  FROM money_transactions t JOIN money_entries e ON e.transaction_id = t.id
  WHERE t.shift_id = ? AND t.payment_id IS NOT NULL GROUP BY e.account`

export interface MethodTotal {
  readonly method: PaymentMethod
  readonly inMinor: number
  readonly outMinor: number
  readonly count: number
}

/** Customers' money in and out by method; methods nobody used are left out. */
export function methodTotals(db: ReadDb, shiftId: number): MethodTotal[] {
  const rows = sqlStatement(db, methodsText).all(shiftId) as (Omit<MethodTotal, 'method'> & {
    account: string
  })[]
  const byAccount = new Map(rows.map((row) => [row.account, row]))
  return Object.entries(accountOfMethod).flatMap(([method, account]) => {
    const row = byAccount.get(account)
    if (!row) return []
    const { inMinor, outMinor, count } = row
    return [{ method: method as PaymentMethod, inMinor, outMinor, count }]
  })
}

const cashMovesText = `
  SELECT t.at, e.amount_minor AS amountMinor, t.memo AS reason, u.name AS "by"
  FROM money_transactions t
  JOIN money_entries e ON e.transaction_id = t.id AND e.account = 'cash'
  LEFT JOIN users u ON u.id = t.user_id
  WHERE t.shift_id = ? AND t.kind = 'cash_move' ORDER BY t.id`

export interface CashMove {
  readonly at: number
  readonly amountMinor: number
  readonly reason: string
  readonly by: string | null
}

/** Money put into or taken out of the drawer that was no payment. */
export function cashMoves(db: ReadDb, shiftId: number): CashMove[] {
  return sqlStatement(db, cashMovesText).all(shiftId) as CashMove[]
}

// A receipt typed wrong and reversed counts where it stands, in and out by its method; not as a deposit or refund.
const totalsText = `
  SELECT count(DISTINCT CASE WHEN t.kind = 'invoice' THEN t.id END) AS invoices,
    coalesce(sum(CASE WHEN t.kind IN ('invoice', 'credit_note', 'void') AND e.account = 'receivable'
      THEN e.amount_minor END), 0) AS invoicedMinor,
    coalesce(sum(CASE WHEN t.kind = 'deposit' AND e.account = 'deposits' THEN -e.amount_minor END), 0) AS depositsMinor,
    coalesce(sum(CASE WHEN t.kind = 'refund' AND e.account IN ('deposits', 'receivable', 'rounding')
      THEN e.amount_minor END), 0) AS refundsMinor
  FROM money_transactions t JOIN money_entries e ON e.transaction_id = t.id WHERE t.shift_id = ?`

export interface ShiftTotals {
  readonly invoices: number
  /** Less what credit notes and voided invoices took back. */
  readonly invoicedMinor: number
  readonly depositsMinor: number
  readonly refundsMinor: number
}

export function shiftTotals(db: ReadDb, shiftId: number): ShiftTotals {
  return sqlStatement(db, totalsText).get(shiftId) as ShiftTotals
}

const summaryText = `
  SELECT h.id, h.uid, h.version, h.number, s.name AS seatName, h.opened_at AS openedAt, u.name AS openedBy,
    h.closed_at AS closedAt, h.counted_minor - h.expected_minor AS differenceMinor
  FROM json_each(?) ids JOIN shifts h ON h.id = ids.value
  JOIN seats s ON s.id = h.seat_id LEFT JOIN users u ON u.id = h.opened_by_id
  ORDER BY ids.key`

type Summary = OutputOf<'shifts.list'>['rows'][number]

/** Shifts of a list, in the order of the ids. */
export function shiftSummaries(db: ReadDb, ids: readonly number[]): Summary[] {
  return sqlStatement(db, summaryText).all(JSON.stringify(ids)) as Summary[]
}

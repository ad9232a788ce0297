import { sqlStatement, type ReadDb } from '../db/handles.ts'

/** What the check of the money ledger reads, rows that break a rule only; at most twenty of a rule. */

/** A row that breaks a rule. */
export interface Wrong {
  readonly row: string
  readonly expected: number
  readonly found: number
}

const most = 20

// Documents: an invoice, less its voiding and credit notes, less money allocated to it (refunds are negative), with
// what only the ledger knows: deposits and credits applied, taken back, and write-offs.
const openText = `
  SELECT coalesce(n.number, '#' || d.subject) AS row, sum(d.expected) AS expected, sum(d.found) AS found FROM (
    SELECT id AS subject, gross_minor + rounding_minor AS expected, 0 AS found FROM invoices
      WHERE kind = 'invoice' AND payer = 'customer'
    UNION ALL
    SELECT original_id, -(gross_minor + rounding_minor), 0 FROM invoices
      WHERE kind = 'credit_note' AND payer = 'customer'
    UNION ALL
    SELECT v.invoice_id, -(i.gross_minor + i.rounding_minor), 0 FROM invoice_voids v
      JOIN invoices i ON i.id = v.invoice_id AND i.payer = 'customer'
    UNION ALL
    SELECT invoice_id, -amount_minor, 0 FROM payment_allocations
    UNION ALL
    SELECT e.subject, e.amount_minor, 0 FROM money_entries e JOIN money_transactions t ON t.id = e.transaction_id
      WHERE e.account = 'receivable' AND t.kind IN ('deposit_applied', 'credit_applied', 'applied_taken_back', 'write_off')
    UNION ALL
    SELECT subject, 0, amount_minor FROM money_balances WHERE account = 'receivable'
  ) d LEFT JOIN invoices n ON n.id = d.subject
  GROUP BY d.subject HAVING sum(d.expected) <> sum(d.found) LIMIT ${most}`

/** Invoices on which is open something else than their documents come to. */
export function invoicesOff(db: ReadDb): Wrong[] {
  return sqlStatement(db, openText).all() as Wrong[]
}

const overpaidText = `
  SELECT i.number AS row, 0 AS expected, b.amount_minor AS found
  FROM money_balances b JOIN invoices i ON i.id = b.subject
  WHERE b.account = 'receivable' AND b.amount_minor < 0
    AND NOT EXISTS (SELECT 1 FROM invoices c WHERE c.original_id = i.id) LIMIT ${most}`

/** Invoices with more paid on them than they come to, though nothing was credited. */
export function invoicesOverpaid(db: ReadDb): Wrong[] {
  return sqlStatement(db, overpaidText).all() as Wrong[]
}

const depositsText = `
  SELECT coalesce(r.number, '#' || b.subject) AS row, 0 AS expected, -b.amount_minor AS found
  FROM money_balances b LEFT JOIN repairs r ON r.id = b.subject
  WHERE b.account = 'deposits' AND b.amount_minor > 0 LIMIT ${most}`

/** Repairs from whose deposit more was taken than was held. */
export function depositsNegative(db: ReadDb): Wrong[] {
  return sqlStatement(db, depositsText).all() as Wrong[]
}

const allocatedText = `
  SELECT p.number AS row, sum(d.expected) AS expected, sum(d.found) AS found FROM (
    SELECT t.payment_id AS id, -e.amount_minor AS expected, 0 AS found
      FROM money_transactions t JOIN money_entries e ON e.transaction_id = t.id
      WHERE t.payment_id IS NOT NULL AND e.account = 'receivable'
    UNION ALL
    SELECT payment_id, 0, amount_minor FROM payment_allocations
  ) d JOIN payments p ON p.id = d.id GROUP BY d.id HAVING sum(d.expected) <> sum(d.found) LIMIT ${most}`

/** Receipts whose parts on invoices are not what the ledger took off those invoices. */
export function receiptsOffInvoices(db: ReadDb): Wrong[] {
  return sqlStatement(db, allocatedText).all() as Wrong[]
}

const receivedText = `
  SELECT p.number AS row, sum(d.expected) AS expected, sum(d.found) AS found FROM (
    SELECT id, amount_minor * iif(kind = 'refund', -1, 1) * iif(reverses_id IS NULL, 1, -1) AS expected, 0 AS found
      FROM payments
    UNION ALL
    SELECT t.payment_id, 0, e.amount_minor
      FROM money_transactions t JOIN money_entries e ON e.transaction_id = t.id
      WHERE t.payment_id IS NOT NULL
        AND e.account IN ('cash', 'card', 'transfer', 'wechat', 'alipay', 'other_money')
  ) d JOIN payments p ON p.id = d.id GROUP BY d.id HAVING sum(d.expected) <> sum(d.found) LIMIT ${most}`

/** Receipts that are not what the ledger took in (or gave out) for them. */
export function receiptsOffMoney(db: ReadDb): Wrong[] {
  return sqlStatement(db, receivedText).all() as Wrong[]
}

const drawersText = `
  SELECT h.number AS row, 0 AS expected, b.amount_minor AS found
  FROM shifts h JOIN money_balances b ON b.account = 'cash' AND b.subject = h.id
  WHERE b.amount_minor < 0 OR (h.closed_at IS NOT NULL AND b.amount_minor NOT IN (0, h.left_minor)) LIMIT ${most}`

/** Drawers with less than nothing in them, or closed ones with something else than what was left. */
export function drawersOff(db: ReadDb): Wrong[] {
  return sqlStatement(db, drawersText).all() as Wrong[]
}

// A series is drawn one by one in the act's own transaction, so as many papers as numbers is no gap (V-02).
const gapsText = `
  SELECT s.series AS row, s.last AS expected, coalesce(n.count, 0) AS found
  FROM number_series s LEFT JOIN (
    SELECT 'receipt ' || substr(on_day, 1, 4) AS series, count(*) AS count FROM payments GROUP BY 1
    UNION ALL
    SELECT 'invoice' || CASE payer WHEN 'warranty' THEN '-W' WHEN 'agreement' THEN '-A' WHEN 'goodwill' THEN '-G'
        ELSE '' END || ' ' || substr(issued_on, 1, 4), count(*) FROM invoices GROUP BY 1
    UNION ALL
    SELECT 'shift ' || substr(number, 2, 4), count(*) FROM shifts GROUP BY 1
  ) n ON n.series = s.series
  WHERE (s.series LIKE 'receipt %' OR s.series LIKE 'invoice%' OR s.series LIKE 'shift %') AND s.last <> coalesce(n.count, 0) LIMIT ${most}`

/** Series of which more (or fewer) numbers were drawn than papers have them. */
export function numberGaps(db: ReadDb): Wrong[] {
  return sqlStatement(db, gapsText).all() as Wrong[]
}

/** The id of the newest move of goods; 0 before the first. */
export function goodsEnd(db: ReadDb): number {
  return sqlStatement(db, 'SELECT coalesce(max(id), 0) FROM goods_moves').pluck().get() as number
}

/** How far the ledger was when it was checked whole; entries never change, so what is older need not be read again. */
export interface LedgerMark {
  readonly transactionId: number
  readonly entryId: number
  /** What the entries up to then come to, per account without subjects. */
  readonly totals: Readonly<Record<string, number>>
}

export const ledgerBegin: LedgerMark = { transactionId: 0, entryId: 0, totals: {} }

const endText = `SELECT (SELECT coalesce(max(id), 0) FROM money_transactions) AS transactionId,
  (SELECT coalesce(max(id), 0) FROM money_entries) AS entryId`
const totalsText = `SELECT account, sum(amount_minor) AS total FROM money_entries
  WHERE subject = 0 AND id > ? GROUP BY account`

function totalsAfter(db: ReadDb, entryId: number): { account: string; total: number }[] {
  return sqlStatement(db, totalsText).all(entryId) as { account: string; total: number }[]
}

/** Where the ledger stands now. */
export function ledgerMark(db: ReadDb): LedgerMark {
  const end = sqlStatement(db, endText).get() as Omit<LedgerMark, 'totals'>
  return {
    ...end,
    totals: Object.fromEntries(totalsAfter(db, 0).map(({ account, total }) => [account, total])),
  }
}

const unbalancedText = `
  SELECT '#' || transaction_id AS row, 0 AS expected, sum(amount_minor) AS found FROM money_entries
  WHERE id > ? GROUP BY transaction_id HAVING sum(amount_minor) <> 0 LIMIT ${most}`
const emptyText = `
  SELECT '#' || id AS row, 2 AS expected, 0 AS found FROM money_transactions t
  WHERE id > ? AND NOT EXISTS (SELECT 1 FROM money_entries WHERE transaction_id = t.id) LIMIT ${most}`
const touchedText = `
  SELECT k.account || ' ' || k.subject AS row,
    (SELECT sum(amount_minor) FROM money_entries WHERE account = k.account AND subject = k.subject) AS expected,
    coalesce((SELECT amount_minor FROM money_balances WHERE account = k.account AND subject = k.subject), 0) AS found
  FROM (SELECT DISTINCT account, subject FROM money_entries WHERE id > ? AND subject <> 0) k
  WHERE expected <> found LIMIT ${most}`
const balancesText = 'SELECT account, amount_minor AS kept FROM money_balances WHERE subject = 0'

/** Balances kept over a whole account that are not what its entries come to. */
function accountsOff(db: ReadDb, mark: LedgerMark): Wrong[] {
  const totals = new Map(Object.entries(mark.totals))
  for (const { account, total } of totalsAfter(db, mark.entryId))
    totals.set(account, (totals.get(account) ?? 0) + total)
  const kept = sqlStatement(db, balancesText).all() as { account: string; kept: number }[]
  return kept
    .map((row) => ({ row: row.account, expected: totals.get(row.account) ?? 0, found: row.kept }))
    .filter(({ expected, found }) => expected !== found)
}

/** What is wrong with the entries since a mark and with the balances they moved. */
export function wrongSince(
  db: ReadDb,
  mark: LedgerMark,
): { unbalanced: Wrong[]; empty: Wrong[]; drift: Wrong[] } {
  return {
    unbalanced: sqlStatement(db, unbalancedText).all(mark.entryId) as Wrong[],
    empty: sqlStatement(db, emptyText).all(mark.transactionId) as Wrong[],
    drift: [...(sqlStatement(db, touchedText).all(mark.entryId) as Wrong[]), ...accountsOff(db, mark)],
  }
}

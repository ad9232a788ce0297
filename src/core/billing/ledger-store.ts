import { sql } from 'drizzle-orm'
import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { insertInto } from '../db/row-statements.ts'
import { moneyEntries, moneyTransactions } from '../db/schema/ledger.ts'

/** Rows of the money ledger: the only file that names its tables. */

export type TransactionRow = typeof moneyTransactions.$inferSelect
export type NewTransaction = Omit<TransactionRow, 'id'>
export type EntryRow = typeof moneyEntries.$inferSelect

export const insertTransaction: (db: WriteDb, row: NewTransaction) => number = insertInto(moneyTransactions)

const insertEntryText =
  'INSERT INTO money_entries (transaction_id, account, subject, customer_id, amount_minor) VALUES (?, ?, ?, ?, ?)'
const moveBalanceText = `INSERT INTO money_balances (account, subject, customer_id, amount_minor) VALUES (?, ?, ?, ?)
  ON CONFLICT (account, subject) DO UPDATE SET amount_minor = amount_minor + excluded.amount_minor`

/** Writes an entry and moves the balance it belongs to, in the same transaction. */
export function insertEntry(db: WriteDb, entry: Omit<EntryRow, 'id'>): void {
  const { transactionId, account, subject, customerId, amountMinor } = entry
  sqlStatement(db, insertEntryText).run(transactionId, account, subject, customerId, amountMinor)
  sqlStatement(db, moveBalanceText).run(account, subject, customerId, amountMinor)
}

export function transactionById(db: ReadDb, id: number): TransactionRow | undefined {
  return db
    .select()
    .from(moneyTransactions)
    .where(sql`id = ${id}`)
    .get()
}

export function entriesOf(db: ReadDb, transactionId: number): EntryRow[] {
  return db
    .select()
    .from(moneyEntries)
    .where(sql`transaction_id = ${transactionId}`)
    .orderBy(moneyEntries.id)
    .all()
}

const ofPaymentText = `SELECT t.id FROM money_entries e JOIN money_transactions t ON t.id = e.transaction_id
  WHERE e.account = ? AND e.subject = ? AND t.payment_id = ? ORDER BY t.id LIMIT 1`

/** The transaction of a receipt, found by an account and subject it is known to have moved. */
export function transactionOfPayment(
  db: ReadDb,
  paymentId: number,
  account: string,
  subject: number,
): number | undefined {
  return sqlStatement(db, ofPaymentText).pluck().get(account, subject, paymentId) as number | undefined
}

const balanceText = 'SELECT amount_minor FROM money_balances WHERE account = ? AND subject = ?'

/** What stands on an account for a subject; 0 when nothing ever did. */
export function balanceOf(db: ReadDb, account: string, subject: number): number {
  return (sqlStatement(db, balanceText).pluck().get(account, subject) as number | undefined) ?? 0
}

const unbalancedText = `SELECT transaction_id AS id, sum(amount_minor) AS total FROM money_entries
  GROUP BY transaction_id HAVING total <> 0 LIMIT 20`
const withoutEntriesText = `SELECT id FROM money_transactions t
  WHERE NOT EXISTS (SELECT 1 FROM money_entries WHERE transaction_id = t.id) LIMIT 20`
const driftText = `SELECT account, subject, sum(kept) AS kept, sum(derived) AS derived FROM (
    SELECT account, subject, amount_minor AS kept, 0 AS derived FROM money_balances
    UNION ALL
    SELECT account, subject, 0, amount_minor FROM money_entries
  ) GROUP BY account, subject HAVING sum(kept) <> sum(derived) LIMIT 20`

/** Everything that is wrong with the rows themselves, at most twenty of a kind. */
export function ledgerRowFaults(db: ReadDb) {
  return {
    entries: sqlStatement(db, 'SELECT count(*) FROM money_entries').pluck().get() as number,
    unbalanced: sqlStatement(db, unbalancedText).all() as { id: number; total: number }[],
    empty: sqlStatement(db, withoutEntriesText).all() as { id: number }[],
    drift: sqlStatement(db, driftText).all() as {
      account: string
      subject: number
      kept: number
      derived: number
    }[],
  }
}

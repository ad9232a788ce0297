import { sql } from 'drizzle-orm'
import {
  check,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
  type AnySQLiteColumn,
} from 'drizzle-orm/sqlite-core'
import { invoices, payments, shifts } from './billing.ts'
import { atColumn, idColumn } from './columns.ts'
import { customers } from './customers.ts'
import { seats, users } from './people.ts'
import { repairs } from './repairs.ts'

/** The money ledger's transactions: append-only by trigger. */
export const moneyTransactions = sqliteTable(
  'money_transactions',
  {
    id: idColumn(),
    at: atColumn('at').notNull(),
    onDay: text('on_day').notNull(),
    kind: text('kind').notNull(),
    invoiceId: integer('invoice_id').references(() => invoices.id),
    paymentId: integer('payment_id').references(() => payments.id),
    repairId: integer('repair_id').references(() => repairs.id),
    customerId: integer('customer_id').references(() => customers.id),
    shiftId: integer('shift_id').references(() => shifts.id),
    reversesId: integer('reverses_id').references((): AnySQLiteColumn => moneyTransactions.id),
    userId: integer('user_id').references(() => users.id),
    seatId: integer('seat_id').references(() => seats.id),
    memo: text('memo').notNull().default(''),
  },
  (t) => [
    index('money_transactions_customer')
      .on(t.customerId, t.id)
      .where(sql`customer_id IS NOT NULL`),
    index('money_transactions_shift')
      .on(t.shiftId, t.id)
      .where(sql`shift_id IS NOT NULL`),
    uniqueIndex('money_transactions_reverses')
      .on(t.reversesId)
      .where(sql`reverses_id IS NOT NULL`),
  ],
)

/**
 * Entries of a transaction: debit positive, credit negative, together zero. `subject` is what the balance is kept
 * for: the invoice of a receivable, the repair of a deposit, the shift of a drawer, 0 for accounts without one.
 */
export const moneyEntries = sqliteTable(
  'money_entries',
  {
    id: idColumn(),
    transactionId: integer('transaction_id')
      .notNull()
      .references(() => moneyTransactions.id),
    account: text('account').notNull(),
    subject: integer('subject').notNull().default(0),
    customerId: integer('customer_id').references(() => customers.id),
    amountMinor: integer('amount_minor').notNull(),
  },
  (t) => [
    index('money_entries_transaction').on(t.transactionId),
    index('money_entries_account').on(t.account, t.subject),
    check('money_entries_amount', sql`amount_minor <> 0`),
  ],
)

/** Projection of the ledger: what stands on an account for a subject. */
export const moneyBalances = sqliteTable(
  'money_balances',
  {
    account: text('account').notNull(),
    subject: integer('subject').notNull(),
    customerId: integer('customer_id'),
    amountMinor: integer('amount_minor').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.account, t.subject] }),
    // Who owes: only what is not settled.
    index('money_balances_open')
      .on(t.customerId, t.subject)
      .where(sql`account = 'receivable' AND amount_minor <> 0`),
  ],
)

import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { payments } from './billing.ts'
import { atColumn, idColumn, uidColumn } from './columns.ts'
import { seats, users } from './people.ts'
import { repairs } from './repairs.ts'

/**
 * What became of a device nobody collected (domain §3.2 "unclaimed"). What it brought is a deposit on its repair:
 * the owner's fees are taken from it, and what remains is owed to the owner.
 */
export const disposals = sqliteTable(
  'disposals',
  {
    id: idColumn(),
    uid: uidColumn(),
    repairId: integer('repair_id')
      .notNull()
      .references(() => repairs.id),
    at: atColumn('at').notNull(),
    onDay: text('on_day').notNull(),
    userId: integer('user_id').references(() => users.id),
    seatId: integer('seat_id').references(() => seats.id),
    /** `sold`, `recycled`, `donated` or `kept_for_parts`. */
    kind: text('kind').notNull(),
    buyer: text('buyer').notNull().default(''),
    note: text('note').notNull().default(''),
    /** What the buyer paid, and what selling cost; zero unless sold. */
    proceedsMinor: integer('proceeds_minor').notNull().default(0),
    costsMinor: integer('costs_minor').notNull().default(0),
    /** The receipt of what was left of the proceeds, taken as a deposit on the repair. */
    paymentId: integer('payment_id').references(() => payments.id),
    voidedAt: atColumn('voided_at'),
    voidedBy: integer('voided_by').references(() => users.id),
    voidReason: text('void_reason').notNull().default(''),
  },
  (t) => [
    uniqueIndex('disposals_repair')
      .on(t.repairId)
      .where(sql`voided_at IS NULL`),
    index('disposals_on').on(t.onDay),
  ],
)

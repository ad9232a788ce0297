import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { PayerShare } from '#contract/charges.ts'
import { atColumn, flag, idColumn, uidColumn, versionColumn } from './columns.ts'
import { users } from './people.ts'
import { services, taxCodes } from './prices.ts'
import { repairs } from './repairs.ts'
import { parts } from './stock.ts'

/** A quote; a sent one is never changed, a later revision takes its place. */
export const quotes = sqliteTable(
  'quotes',
  {
    id: idColumn(),
    uid: uidColumn(),
    repairId: integer('repair_id')
      .notNull()
      .references(() => repairs.id),
    revision: integer('revision').notNull(),
    number: text('number').notNull().unique(),
    state: text('state').notNull(),
    pricesIncludeTax: flag('prices_include_tax'),
    validUntil: text('valid_until').notNull(),
    note: text('note').notNull().default(''),
    benchFeeMinor: integer('bench_fee_minor').notNull().default(0),
    createdAt: atColumn('created_at').notNull(),
    createdById: integer('created_by_id').references(() => users.id),
    sentAt: atColumn('sent_at'),
    sentById: integer('sent_by_id').references(() => users.id),
    sentWay: text('sent_way'),
    // The customer's answer.
    approved: integer('approved', { mode: 'boolean' }),
    optionNo: integer('option_no'),
    approvedMinor: integer('approved_minor'),
    decidedBy: text('decided_by').notNull().default(''),
    decidedWay: text('decided_way'),
    decidedAt: atColumn('decided_at'),
    recordedById: integer('recorded_by_id').references(() => users.id),
    signatureUid: text('signature_uid'),
    decisionNote: text('decision_note').notNull().default(''),
    version: versionColumn(),
  },
  (t) => [
    uniqueIndex('quotes_revision').on(t.repairId, t.revision),
    index('quotes_waiting')
      .on(t.validUntil)
      .where(sql`state = 'sent'`),
  ],
)

export const quoteOptions = sqliteTable(
  'quote_options',
  {
    id: idColumn(),
    quoteId: integer('quote_id')
      .notNull()
      .references(() => quotes.id),
    no: integer('no').notNull(),
    title: text('title').notNull(),
    days: integer('days').notNull().default(0),
    quality: text('quality').notNull().default(''),
  },
  (t) => [uniqueIndex('quote_options_no').on(t.quoteId, t.no)],
)

export const quoteLines = sqliteTable(
  'quote_lines',
  {
    id: idColumn(),
    optionId: integer('option_id')
      .notNull()
      .references(() => quoteOptions.id),
    no: integer('no').notNull(),
    kind: text('kind').notNull(),
    serviceId: integer('service_id').references(() => services.id),
    partId: integer('part_id').references(() => parts.id),
    description: text('description').notNull(),
    quantity: integer('quantity').notNull(),
    unitMinor: integer('unit_minor').notNull(),
    discountMinor: integer('discount_minor').notNull().default(0),
    taxCodeId: integer('tax_code_id')
      .notNull()
      .references(() => taxCodes.id),
    /** The rate of the day the quote was written. */
    rateBp: integer('rate_bp').notNull(),
    shares: text('shares', { mode: 'json' }).$type<PayerShare[]>().notNull(),
    standardMinutes: integer('standard_minutes').notNull().default(0),
    warrantyMonths: integer('warranty_months').notNull().default(0),
  },
  (t) => [uniqueIndex('quote_lines_no').on(t.optionId, t.no)],
)

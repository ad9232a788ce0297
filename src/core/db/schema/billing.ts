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
import type { PayerShare } from '#contract/charges.ts'
import { atColumn, flag, idColumn, uidColumn, versionColumn } from './columns.ts'
import { customers } from './customers.ts'
import { seats, users } from './people.ts'
import { services, taxCodes } from './prices.ts'
import { repairs } from './repairs.ts'
import { parts } from './stock.ts'

/** The bill of a repair before it is invoiced. */
export const chargeLines = sqliteTable(
  'charge_lines',
  {
    id: idColumn(),
    uid: uidColumn(),
    repairId: integer('repair_id')
      .notNull()
      .references(() => repairs.id),
    kind: text('kind').notNull(),
    source: text('source').notNull(),
    serviceId: integer('service_id').references(() => services.id),
    partId: integer('part_id').references(() => parts.id),
    description: text('description').notNull(),
    quantity: integer('quantity').notNull(),
    unitMinor: integer('unit_minor').notNull(),
    discountMinor: integer('discount_minor').notNull().default(0),
    includesTax: flag('includes_tax'),
    taxCodeId: integer('tax_code_id')
      .notNull()
      .references(() => taxCodes.id),
    shares: text('shares', { mode: 'json' }).$type<PayerShare[]>().notNull(),
    standardMinutes: integer('standard_minutes').notNull().default(0),
    warrantyMonths: integer('warranty_months').notNull().default(0),
    /** The invoice that has it; null again when that invoice is void. */
    invoiceId: integer('invoice_id').references((): AnySQLiteColumn => invoices.id),
    waivedAt: atColumn('waived_at'),
    waiveReason: text('waive_reason').notNull().default(''),
    removed: flag('removed'),
    createdAt: atColumn('created_at').notNull(),
    createdById: integer('created_by_id').references(() => users.id),
  },
  (t) => [
    index('charge_lines_repair').on(t.repairId, t.id),
    index('charge_lines_invoice')
      .on(t.invoiceId)
      .where(sql`invoice_id IS NOT NULL`),
  ],
)

/** Issued documents: immutable by trigger. A credit note carries positive amounts and names its original. */
export const invoices = sqliteTable(
  'invoices',
  {
    id: idColumn(),
    uid: uidColumn(),
    number: text('number').notNull().unique(),
    kind: text('kind').notNull(),
    originalId: integer('original_id').references((): AnySQLiteColumn => invoices.id),
    payer: text('payer').notNull(),
    customerId: integer('customer_id').references(() => customers.id),
    // Copied in: a later change of the customer does not change the document (V-01).
    customerName: text('customer_name').notNull(),
    customerAddress: text('customer_address').notNull().default(''),
    customerTaxNumber: text('customer_tax_number').notNull().default(''),
    /** The first of the repairs it bills; the others are known from its lines. */
    repairId: integer('repair_id').references(() => repairs.id),
    currency: text('currency').notNull(),
    pricesIncludeTax: flag('prices_include_tax'),
    netMinor: integer('net_minor').notNull(),
    taxMinor: integer('tax_minor').notNull(),
    roundingMinor: integer('rounding_minor').notNull().default(0),
    /** Net + tax; what is due is this plus the rounding. */
    grossMinor: integer('gross_minor').notNull(),
    taxes: text('taxes', { mode: 'json' })
      .$type<{ rateBp: number; netMinor: number; taxMinor: number }[]>()
      .notNull(),
    issuedOn: text('issued_on').notNull(),
    issuedAt: atColumn('issued_at').notNull(),
    issuedById: integer('issued_by_id').references(() => users.id),
    dueOn: text('due_on').notNull(),
    reason: text('reason').notNull().default(''),
    note: text('note').notNull().default(''),
  },
  (t) => [
    index('invoices_customer').on(t.customerId, t.id),
    index('invoices_repair').on(t.repairId, t.id),
    index('invoices_original')
      .on(t.originalId)
      .where(sql`original_id IS NOT NULL`),
    index('invoices_issued').on(t.issuedOn, t.id),
    check('invoices_total', sql`gross_minor = net_minor + tax_minor`),
  ],
)

export const invoiceLines = sqliteTable(
  'invoice_lines',
  {
    invoiceId: integer('invoice_id')
      .notNull()
      .references(() => invoices.id),
    no: integer('no').notNull(),
    chargeLineId: integer('charge_line_id').references(() => chargeLines.id),
    repairId: integer('repair_id').references(() => repairs.id),
    /** On a credit note: the line of the original it takes back. */
    originalNo: integer('original_no'),
    description: text('description').notNull(),
    quantity: integer('quantity').notNull(),
    unitMinor: integer('unit_minor').notNull(),
    discountMinor: integer('discount_minor').notNull().default(0),
    rateBp: integer('rate_bp').notNull(),
    netMinor: integer('net_minor').notNull(),
    taxMinor: integer('tax_minor').notNull(),
    grossMinor: integer('gross_minor').notNull(),
    warrantyMonths: integer('warranty_months').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.invoiceId, t.no] }),
    index('invoice_lines_repair')
      .on(t.repairId)
      .where(sql`repair_id IS NOT NULL`),
  ],
)

/** An invoice taken back before anything was paid. */
export const invoiceVoids = sqliteTable('invoice_voids', {
  invoiceId: integer('invoice_id')
    .primaryKey()
    .references(() => invoices.id),
  at: atColumn('at').notNull(),
  userId: integer('user_id').references(() => users.id),
  reason: text('reason').notNull(),
})

/** Receipts: immutable by trigger; taken back by a row that reverses. */
export const payments = sqliteTable(
  'payments',
  {
    id: idColumn(),
    uid: uidColumn(),
    number: text('number').notNull().unique(),
    kind: text('kind').notNull(),
    method: text('method').notNull(),
    amountMinor: integer('amount_minor').notNull(),
    tenderedMinor: integer('tendered_minor'),
    at: atColumn('at').notNull(),
    onDay: text('on_day').notNull(),
    userId: integer('user_id').references(() => users.id),
    seatId: integer('seat_id').references(() => seats.id),
    shiftId: integer('shift_id').references(() => shifts.id),
    customerId: integer('customer_id').references(() => customers.id),
    repairId: integer('repair_id').references(() => repairs.id),
    invoiceId: integer('invoice_id').references(() => invoices.id),
    reference: text('reference').notNull().default(''),
    note: text('note').notNull().default(''),
    reversesId: integer('reverses_id').references((): AnySQLiteColumn => payments.id),
  },
  (t) => [
    index('payments_repair')
      .on(t.repairId, t.id)
      .where(sql`repair_id IS NOT NULL`),
    index('payments_customer')
      .on(t.customerId, t.id)
      .where(sql`customer_id IS NOT NULL`),
    index('payments_shift')
      .on(t.shiftId, t.id)
      .where(sql`shift_id IS NOT NULL`),
    uniqueIndex('payments_reverses')
      .on(t.reversesId)
      .where(sql`reverses_id IS NOT NULL`),
    check('payments_amount', sql`amount_minor > 0`),
  ],
)

/** Which invoice took how much of a payment; append-only, taken back by a negative row. */
export const paymentAllocations = sqliteTable(
  'payment_allocations',
  {
    id: idColumn(),
    paymentId: integer('payment_id')
      .notNull()
      .references(() => payments.id),
    invoiceId: integer('invoice_id')
      .notNull()
      .references(() => invoices.id),
    amountMinor: integer('amount_minor').notNull(),
  },
  (t) => [
    index('payment_allocations_payment').on(t.paymentId),
    index('payment_allocations_invoice').on(t.invoiceId),
  ],
)

/** A drawer between opening and counting. */
export const shifts = sqliteTable(
  'shifts',
  {
    id: idColumn(),
    uid: uidColumn(),
    number: text('number').notNull().unique(),
    seatId: integer('seat_id')
      .notNull()
      .references(() => seats.id),
    openedAt: atColumn('opened_at').notNull(),
    openedById: integer('opened_by_id').references(() => users.id),
    floatMinor: integer('float_minor').notNull(),
    closedAt: atColumn('closed_at'),
    closedById: integer('closed_by_id').references(() => users.id),
    forced: flag('forced'),
    expectedMinor: integer('expected_minor'),
    countedMinor: integer('counted_minor'),
    leftMinor: integer('left_minor'),
    counting: text('counting', { mode: 'json' }).$type<{ valueMinor: number; count: number }[]>(),
    note: text('note').notNull().default(''),
    version: versionColumn(),
  },
  (t) => [
    // A seat has one drawer.
    uniqueIndex('shifts_open')
      .on(t.seatId)
      .where(sql`closed_at IS NULL`),
    index('shifts_opened').on(t.openedAt),
  ],
)

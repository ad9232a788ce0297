import { index, integer, sqliteTable, text, type AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import { atColumn, flag, idColumn, uidColumn, versionColumn } from './columns.ts'

export const customers = sqliteTable(
  'customers',
  {
    id: idColumn(),
    uid: uidColumn(),
    kind: text('kind').notNull(),
    name: text('name').notNull(),
    /** Lower-case name without spaces, for finding the same customer twice. */
    nameKey: text('name_key').notNull(),
    email: text('email'),
    address: text('address').notNull().default(''),
    taxNumber: text('tax_number').notNull().default(''),
    language: text('language'),
    tier: text('tier').notNull().default('normal'),
    channel: text('channel').notNull().default('phone'),
    consentToContact: flag('consent_to_contact'),
    consentAt: atColumn('consent_at'),
    notes: text('notes').notNull().default(''),
    /** Buys on account (挂账): may take devices unpaid and is billed by statement. */
    onAccount: flag('on_account'),
    /** Days from the invoice until it is due; 0 is at once. */
    paymentDays: integer('payment_days').notNull().default(0),
    /** Their personal data was erased then; what documents must keep stands masked. */
    erasedAt: atColumn('erased_at'),
    mergedIntoId: integer('merged_into_id').references((): AnySQLiteColumn => customers.id),
    repairsCount: integer('repairs_count').notNull().default(0),
    openRepairsCount: integer('open_repairs_count').notNull().default(0),
    createdAt: atColumn('created_at').notNull(),
    updatedAt: atColumn('updated_at').notNull(),
    version: versionColumn(),
  },
  (t) => [index('customers_name_key').on(t.nameKey)],
)

export const customerPhones = sqliteTable(
  'customer_phones',
  {
    id: idColumn(),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id),
    /** As written. */
    number: text('number').notNull(),
    label: text('label').notNull().default(''),
    /** Digits only, national form (country and trunk prefix of the shop's country removed). */
    digits: text('digits').notNull(),
    position: integer('position').notNull(),
  },
  (t) => [
    index('customer_phones_customer').on(t.customerId, t.position),
    index('customer_phones_digits').on(t.digits),
  ],
)

export const customerContacts = sqliteTable(
  'customer_contacts',
  {
    id: idColumn(),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id),
    name: text('name').notNull(),
    role: text('role').notNull().default(''),
    phone: text('phone'),
    email: text('email'),
    position: integer('position').notNull(),
  },
  (t) => [index('customer_contacts_customer').on(t.customerId, t.position)],
)

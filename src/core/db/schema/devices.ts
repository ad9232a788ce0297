import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { atColumn, idColumn, uidColumn, versionColumn } from './columns.ts'
import { customers } from './customers.ts'
import { dictionaryEntries } from './dictionaries.ts'

export const devices = sqliteTable(
  'devices',
  {
    id: idColumn(),
    uid: uidColumn(),
    categoryId: integer('category_id')
      .notNull()
      .references(() => dictionaryEntries.id),
    brandId: integer('brand_id').references(() => dictionaryEntries.id),
    modelId: integer('model_id').references(() => dictionaryEntries.id),
    modelText: text('model_text').notNull().default(''),
    colour: text('colour').notNull().default(''),
    serial: text('serial').notNull().default(''),
    /** Upper case, letters and digits only; null without a serial. */
    serialKey: text('serial_key'),
    imei1: text('imei1'),
    imei2: text('imei2'),
    purchasedOn: text('purchased_on'),
    purchaseProof: text('purchase_proof').notNull().default('none'),
    seller: text('seller').notNull().default(''),
    accountLocked: integer('account_locked', { mode: 'boolean' }),
    notes: text('notes').notNull().default(''),
    ownerId: integer('owner_id').references(() => customers.id),
    /** From imported history: age in years at the repair, year of make. */
    madeInYear: integer('made_in_year'),
    repairsCount: integer('repairs_count').notNull().default(0),
    createdAt: atColumn('created_at').notNull(),
    updatedAt: atColumn('updated_at').notNull(),
    version: versionColumn(),
  },
  (t) => [
    index('devices_owner').on(t.ownerId),
    index('devices_serial').on(t.serialKey),
    index('devices_imei1').on(t.imei1),
    index('devices_imei2').on(t.imei2),
  ],
)

export const deviceOwners = sqliteTable(
  'device_owners',
  {
    id: idColumn(),
    deviceId: integer('device_id')
      .notNull()
      .references(() => devices.id),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id),
    fromAt: atColumn('from_at').notNull(),
    toAt: atColumn('to_at'),
  },
  (t) => [index('device_owners_device').on(t.deviceId), index('device_owners_customer').on(t.customerId)],
)

/** Known defects, shown at the next visit (domain §1a-1). */
export const deviceDefects = sqliteTable(
  'device_defects',
  {
    id: idColumn(),
    deviceId: integer('device_id')
      .notNull()
      .references(() => devices.id),
    /** Uid of the repair that found it. */
    repairUid: text('repair_uid'),
    text: text('text').notNull(),
    notedAt: atColumn('noted_at').notNull(),
    resolvedAt: atColumn('resolved_at'),
  },
  (t) => [index('device_defects_device').on(t.deviceId)],
)

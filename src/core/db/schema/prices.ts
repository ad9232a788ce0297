import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { flag, idColumn, uidColumn, versionColumn } from './columns.ts'
import { dictionaryEntries } from './dictionaries.ts'

export const taxCodes = sqliteTable(
  'tax_codes',
  {
    id: idColumn(),
    code: text('code').notNull().unique(),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
    isDefault: flag('is_default'),
    active: flag('active').default(true),
    version: versionColumn(),
  },
  (t) => [
    uniqueIndex('tax_codes_default')
      .on(t.isDefault)
      .where(sql`is_default = 1`),
  ],
)

/** Rates are dated rows (V-06): the law changes them on a day. */
export const taxRates = sqliteTable(
  'tax_rates',
  {
    taxCodeId: integer('tax_code_id')
      .notNull()
      .references(() => taxCodes.id),
    validFrom: text('valid_from').notNull(),
    rateBp: integer('rate_bp').notNull(),
  },
  (t) => [primaryKey({ columns: [t.taxCodeId, t.validFrom] })],
)

/** Labour items with standard time and price. */
export const services = sqliteTable('services', {
  id: idColumn(),
  uid: uidColumn(),
  code: text('code').notNull().default(''),
  nameZh: text('name_zh').notNull(),
  nameEn: text('name_en').notNull(),
  searchText: text('search_text').notNull(),
  categoryId: integer('category_id').references(() => dictionaryEntries.id),
  standardMinutes: integer('standard_minutes').notNull().default(0),
  priceMinor: integer('price_minor').notNull(),
  taxCodeId: integer('tax_code_id')
    .notNull()
    .references(() => taxCodes.id),
  warrantyMonths: integer('warranty_months').notNull().default(0),
  active: flag('active').default(true),
  version: versionColumn(),
})

export const priceLists = sqliteTable('price_lists', {
  id: idColumn(),
  uid: uidColumn(),
  nameZh: text('name_zh').notNull(),
  nameEn: text('name_en').notNull(),
  includesTax: flag('includes_tax'),
  tier: text('tier'),
  active: flag('active').default(true),
  version: versionColumn(),
})

export const priceListItems = sqliteTable(
  'price_list_items',
  {
    id: idColumn(),
    priceListId: integer('price_list_id')
      .notNull()
      .references(() => priceLists.id),
    partId: integer('part_id'),
    serviceId: integer('service_id').references(() => services.id),
    priceMinor: integer('price_minor').notNull(),
  },
  (t) => [index('price_list_items_list').on(t.priceListId)],
)

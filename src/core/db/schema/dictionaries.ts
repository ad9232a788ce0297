import { index, integer, sqliteTable, text, uniqueIndex, type AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import { flag, idColumn, uidColumn, versionColumn } from './columns.ts'

/** All dictionaries in one table, told apart by `kind` (decision 003). */
export const dictionaryEntries = sqliteTable(
  'dictionary_entries',
  {
    id: idColumn(),
    uid: uidColumn(),
    kind: text('kind').notNull(),
    code: text('code').notNull(),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
    /** Lower-cased names, for "is it there already". */
    nameKey: text('name_key').notNull(),
    parentId: integer('parent_id').references((): AnySQLiteColumn => dictionaryEntries.id),
    categoryId: integer('category_id').references((): AnySQLiteColumn => dictionaryEntries.id),
    coreState: text('core_state'),
    minPhotos: integer('min_photos').notNull().default(0),
    needsSerial: flag('needs_serial'),
    needsChecks: flag('needs_checks'),
    sort: integer('sort').notNull().default(0),
    active: flag('active').default(true),
    repairsCount: integer('repairs_count').notNull().default(0),
    version: versionColumn(),
  },
  (t) => [
    uniqueIndex('dictionary_entries_code').on(t.kind, t.code),
    index('dictionary_entries_name').on(t.kind, t.nameKey),
    index('dictionary_entries_parent').on(t.parentId),
  ],
)

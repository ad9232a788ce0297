import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import type { DictionaryKind } from '#contract/dictionaries.ts'
import type { Language } from '#contract/fields.ts'
import { sqlStatement, statement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { dictionaryEntries } from '../db/schema/dictionaries.ts'

export type StoredEntry = typeof dictionaryEntries.$inferSelect
export type NewEntry = Omit<typeof dictionaryEntries.$inferInsert, 'id'>

const byId = statement((db: ReadDb) =>
  db
    .select()
    .from(dictionaryEntries)
    .where(eq(dictionaryEntries.id, sql.placeholder('id')))
    .prepare(),
)

export function entryById(db: ReadDb, id: number): StoredEntry | undefined {
  return byId(db).get({ id })
}

export function entryByCode(db: ReadDb, kind: DictionaryKind, code: string): StoredEntry | undefined {
  return db
    .select()
    .from(dictionaryEntries)
    .where(and(eq(dictionaryEntries.kind, kind), eq(dictionaryEntries.code, code)))
    .get()
}

const keysByKind = statement((db: ReadDb) =>
  db
    .select({
      id: dictionaryEntries.id,
      nameKey: dictionaryEntries.nameKey,
      parentId: dictionaryEntries.parentId,
    })
    .from(dictionaryEntries)
    .where(eq(dictionaryEntries.kind, sql.placeholder('kind')))
    .orderBy(asc(dictionaryEntries.id))
    .prepare(),
)

/** Comparable names of all entries of a kind, oldest first. */
export function entryKeysOfKind(db: ReadDb, kind: DictionaryKind) {
  return keysByKind(db).all({ kind })
}

/** Comparable names of one entry; undefined when it is not there, or of another kind. */
export function keyOfEntry(db: ReadDb, kind: DictionaryKind, id: number): string | undefined {
  return sqlStatement(db, 'SELECT name_key FROM dictionary_entries WHERE id = ? AND kind = ?')
    .pluck()
    .get(id, kind) as string | undefined
}

/** Entries of the kinds (all when empty), active ones first, by `sort` then name in the language. */
export function listEntries(
  db: ReadDb,
  kinds: readonly DictionaryKind[],
  includeInactive: boolean,
  language: Language,
): StoredEntry[] {
  const name = language === 'zh-CN' ? dictionaryEntries.nameZh : dictionaryEntries.nameEn
  return db
    .select()
    .from(dictionaryEntries)
    .where(
      and(
        kinds.length > 0 ? inArray(dictionaryEntries.kind, [...kinds]) : undefined,
        includeInactive ? undefined : eq(dictionaryEntries.active, true),
      ),
    )
    .orderBy(
      desc(dictionaryEntries.active),
      asc(dictionaryEntries.sort),
      sql`${name} COLLATE NOCASE`,
      asc(dictionaryEntries.id),
    )
    .all()
}

/** The id the next entry will have: they are given upwards. */
export function nextEntryId(db: ReadDb): number {
  const max = db
    .select({ max: sql<number | null>`max(${dictionaryEntries.id})` })
    .from(dictionaryEntries)
    .get()?.max
  return (max ?? 0) + 1
}

export function insertEntry(db: WriteDb, row: NewEntry): StoredEntry {
  return db.insert(dictionaryEntries).values(row).returning().get()
}

export function updateEntryRow(db: WriteDb, id: number, set: Partial<NewEntry>): StoredEntry {
  return db.update(dictionaryEntries).set(set).where(eq(dictionaryEntries.id, id)).returning().get()
}

export function deleteEntry(db: WriteDb, id: number): void {
  db.delete(dictionaryEntries).where(eq(dictionaryEntries.id, id)).run()
}

const raiseCount = statement((db: WriteDb) =>
  db
    .update(dictionaryEntries)
    .set({ repairsCount: sql`${dictionaryEntries.repairsCount} + 1` })
    .where(eq(dictionaryEntries.id, sql.placeholder('id')))
    .prepare(),
)

export function raiseRepairsCount(db: WriteDb, id: number): void {
  raiseCount(db).run({ id })
}

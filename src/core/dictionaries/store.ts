import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import type { DictionaryKind } from '#contract/dictionaries.ts'
import type { Language } from '#contract/fields.ts'
import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { dictionaryEntries } from '../db/schema/dictionaries.ts'
import { assert } from '../kernel/app-error.ts'

export type StoredEntry = typeof dictionaryEntries.$inferSelect
export type NewEntry = Omit<StoredEntry, 'id' | 'active' | 'repairsCount' | 'version'>

const columns = `
  id, uid, kind, code, name_zh AS nameZh, name_en AS nameEn, name_key AS nameKey, parent_id AS parentId,
  category_id AS categoryId, core_state AS coreState, min_photos AS minPhotos, needs_serial AS needsSerial,
  needs_checks AS needsChecks, sort, active, repairs_count AS repairsCount, version`

type FlagColumn = 'needsSerial' | 'needsChecks' | 'active'
type RawEntry = Omit<StoredEntry, FlagColumn> & Record<FlagColumn, number>

function entryOf(raw: unknown): StoredEntry | undefined {
  if (raw === undefined) return undefined
  const row = raw as RawEntry
  const flags = {
    needsSerial: row.needsSerial === 1,
    needsChecks: row.needsChecks === 1,
    active: row.active === 1,
  }
  return { ...row, ...flags }
}

// Intake asks for a dozen entries and an import adds thousands: these statements are prepared once.

export function entryById(db: ReadDb, id: number): StoredEntry | undefined {
  return entryOf(sqlStatement(db, `SELECT ${columns} FROM dictionary_entries WHERE id = ?`).get(id))
}

export function entryByCode(db: ReadDb, kind: DictionaryKind, code: string): StoredEntry | undefined {
  const text = `SELECT ${columns} FROM dictionary_entries WHERE kind = ? AND code = ?`
  return entryOf(sqlStatement(db, text).get(kind, code))
}

interface EntryKeys {
  readonly id: number
  readonly nameKey: string
  readonly parentId: number | null
}

/** Comparable names of all entries of a kind, oldest first. */
export function entryKeysOfKind(db: ReadDb, kind: DictionaryKind): EntryKeys[] {
  const text =
    'SELECT id, name_key AS nameKey, parent_id AS parentId FROM dictionary_entries WHERE kind = ? ORDER BY id'
  return sqlStatement(db, text).all(kind) as EntryKeys[]
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
  return (
    ((sqlStatement(db, 'SELECT max(id) FROM dictionary_entries').pluck().get() as number | null) ?? 0) + 1
  )
}

const insertText = `
  INSERT INTO dictionary_entries (uid, kind, code, name_zh, name_en, name_key, parent_id, category_id, core_state,
    min_photos, needs_serial, needs_checks, sort)
  VALUES (:uid, :kind, :code, :nameZh, :nameEn, :nameKey, :parentId, :categoryId, :coreState,
    :minPhotos, :needsSerial, :needsChecks, :sort)
  RETURNING ${columns}`

export function insertEntry(db: WriteDb, row: NewEntry): StoredEntry {
  const flags = { needsSerial: Number(row.needsSerial), needsChecks: Number(row.needsChecks) }
  const entry = entryOf(sqlStatement(db, insertText).get({ ...row, ...flags }))
  assert(entry, 'an entry just added is there')
  return entry
}

export function updateEntryRow(db: WriteDb, id: number, set: Partial<Omit<StoredEntry, 'id'>>): StoredEntry {
  return db.update(dictionaryEntries).set(set).where(eq(dictionaryEntries.id, id)).returning().get()
}

export function deleteEntry(db: WriteDb, id: number): void {
  db.delete(dictionaryEntries).where(eq(dictionaryEntries.id, id)).run()
}

export function raiseRepairsCount(db: WriteDb, id: number, by: number): void {
  sqlStatement(db, 'UPDATE dictionary_entries SET repairs_count = repairs_count + ? WHERE id = ?').run(by, id)
}

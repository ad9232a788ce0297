import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { keyKinds, type KeyKind, type SearchKey } from './keys.ts'
import type { Person } from './person-words.ts'

/** Rows of search: the only file of the module that names its tables. Raw SQL, since Drizzle knows neither. */

/** Puts `keys` in the place of all keys of these kinds that `ref` had. */
export function replaceKeys(
  db: WriteDb,
  kinds: readonly KeyKind[],
  ref: number,
  keys: readonly SearchKey[],
): void {
  sqlStatement(db, `DELETE FROM search_keys WHERE kind IN (${kinds.join()}) AND ref = ?`).run(ref)
  for (const { key, kind } of keys) insertKey(db, key, kind, ref)
}

export function insertKey(db: WriteDb, key: string, kind: KeyKind, ref: number): void {
  sqlStatement(db, 'INSERT INTO search_keys (key, kind, ref) VALUES (?, ?, ?)').run(key, kind, ref)
}

/** Puts the words in the place of what the repair had; `spelled` are those a person may type by halves. */
export function replaceWords(
  db: WriteDb,
  repairId: number,
  { words, spelled }: { readonly words: readonly string[]; readonly spelled: readonly string[] },
): void {
  sqlStatement(db, 'DELETE FROM repair_texts WHERE rowid = ?').run(repairId)
  insertWords(db, repairId, words)
  if (spelled.length > 0) insertSpelled(db, spelled)
}

/** The words of a repair that has none yet. */
export function insertWords(db: WriteDb, repairId: number, words: readonly string[]): void {
  if (words.length === 0) return
  sqlStatement(db, 'INSERT INTO repair_texts (rowid, words) VALUES (?, ?)').run(repairId, words.join(' '))
}

/** Words that may be completed from now on. */
export function insertSpelled(db: WriteDb, words: readonly string[]): void {
  sqlStatement(db, 'INSERT OR IGNORE INTO search_words (word) SELECT value FROM json_each(?)').run(
    JSON.stringify(words),
  )
}

/** Whether any repair is found by a word. */
export function isWordUsed(db: ReadDb, word: string): boolean {
  return repairsWithWords(db, [[word]], 1).length > 0
}

/** A word may be completed no more. */
export function deleteWord(db: WriteDb, word: string): void {
  sqlStatement(db, 'DELETE FROM search_words WHERE word = ?').run(word)
}

/** Both names of a dictionary entry, for the words of what it describes. */
export function entryWords(db: ReadDb, entryId: number): string {
  return (
    (sqlStatement(db, "SELECT concat_ws(' ', name_zh, name_en) FROM dictionary_entries WHERE id = ?")
      .pluck()
      .get(entryId) as string | undefined) ?? ''
  )
}

/**
 * Names and phones of a customer as search knows them: phones from the keys, where those of contacts are in national
 * form too.
 */
export function personOf(db: ReadDb, customerId: number): Person {
  const names = `SELECT name FROM customers WHERE id = :id
    UNION ALL SELECT name FROM customer_contacts WHERE customer_id = :id`
  return {
    names: sqlStatement(db, names).pluck().all({ id: customerId }) as string[],
    phones: keysOf(db, [keyKinds.phone], customerId),
  }
}

export interface KeyHit {
  readonly key: string
  readonly kind: KeyKind
  readonly ref: number
}

/** More rows than these are not read: whoever types two letters is shown some of what begins with them. */
const mostHits = 500

/** Rows whose key begins with `start`, in the order of the keys, so that whole matches come first. */
export function keysFrom(db: ReadDb, start: string, without: KeyKind | 0, limit = mostHits): KeyHit[] {
  return sqlStatement(
    db,
    'SELECT key, kind, ref FROM search_keys WHERE key >= ? AND key < ? AND kind <> ? LIMIT ?',
  ).all(start, `${start}\u{10FFFF}`, without, limit) as KeyHit[]
}

/** What has exactly this key; undefined when it is none or several. */
export function onlyRef(db: ReadDb, key: string, kind: KeyKind): number | undefined {
  const text = 'SELECT ref FROM search_keys WHERE key = ? AND kind = ? LIMIT 2'
  const refs = sqlStatement(db, text).pluck().all(key, kind) as number[]
  return refs.length === 1 ? refs[0] : undefined
}

/** All keys of the given kinds that something has. */
export function keysOf(db: ReadDb, kinds: readonly KeyKind[], ref: number): string[] {
  const text = `SELECT key FROM search_keys WHERE kind IN (${kinds.join()}) AND ref = ?`
  return sqlStatement(db, text).pluck().all(ref) as string[]
}

/** The same for several things at once. */
export function keysOfAll(
  db: ReadDb,
  kinds: readonly KeyKind[],
  refs: readonly number[],
): Map<number, string[]> {
  const text = `SELECT k.ref, k.key FROM json_each(?) refs
    CROSS JOIN search_keys k ON k.kind IN (${kinds.join()}) AND k.ref = refs.value`
  const keys = new Map<number, string[]>()
  if (refs.length === 0) return keys
  for (const row of sqlStatement(db, text).all(JSON.stringify(refs)) as { ref: number; key: string }[]) {
    const of = keys.get(row.ref)
    if (of) of.push(row.key)
    else keys.set(row.ref, [row.key])
  }
  return keys
}

const mostCompletions = 40

/**
 * Longer words that begin with `start`, the shortest first. A word's own beginning is not asked of FTS5: it
 * would join the lists of all words with that beginning before it answers the first row.
 */
export function completionsOf(db: ReadDb, start: string): string[] {
  return sqlStatement(
    db,
    `SELECT word FROM (SELECT word FROM search_words WHERE word > ? AND word < ? ORDER BY word LIMIT 2000)
     ORDER BY length(word), word LIMIT ?`,
  )
    .pluck()
    .all(start, `${start}\u{10FFFF}`, mostCompletions) as string[]
}

/** Ids of repairs that have a word of each group, newest first. Words hold letters and digits only. */
export function repairsWithWords(
  db: ReadDb,
  groups: readonly (readonly string[])[],
  limit: number,
): number[] {
  const asked = groups.map((words) => `(${words.map((word) => `"${word}"`).join(' OR ')})`).join(' AND ')
  return sqlStatement(
    db,
    'SELECT rowid FROM repair_texts WHERE repair_texts MATCH ? ORDER BY rowid DESC LIMIT ?',
  )
    .pluck()
    .all(asked, limit) as number[]
}

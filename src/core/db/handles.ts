import type Database from 'better-sqlite3'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type * as schema from './schema/index.ts'

/** The writable handle: only commands get it, inside their transaction. */
export type WriteDb = BetterSQLite3Database<typeof schema> & { $client: Database.Database }

/** The reading handle: a type without insert, update and delete. */
export type ReadDb = Pick<
  WriteDb,
  'select' | 'selectDistinct' | 'query' | '$count' | '$client' | 'all' | 'get' | 'values'
>

/**
 * A statement prepared once per handle and kept: Drizzle builds SQL anew on each call otherwise,
 * which costs more than SQLite's own work on the hot paths.
 */
export function statement<D extends object, T>(build: (db: D) => T): (db: D) => T {
  const kept = new WeakMap<object, T>()
  return (db) => {
    let made = kept.get(db)
    if (made === undefined) {
      made = build(db)
      kept.set(db, made)
    }
    return made
  }
}

const raw = new WeakMap<Database.Database, Map<string, Database.Statement>>()

/** A raw SQL statement prepared once per connection, for what Drizzle cannot say (FTS5, WITHOUT ROWID). */
export function sqlStatement(db: { $client: Database.Database }, text: string): Database.Statement {
  let kept = raw.get(db.$client)
  if (!kept) {
    kept = new Map()
    raw.set(db.$client, kept)
  }
  let made = kept.get(text)
  if (!made) {
    made = db.$client.prepare(text)
    kept.set(text, made)
  }
  return made
}

import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import { AppError, assert } from '../kernel/app-error.ts'
import { customSql } from './custom-sql.ts'

/** One of drizzle/NNNN_name.sql, frozen once landed. */
export interface Migration {
  readonly name: string
  readonly sql: string
}

/** The version of the newest migration: its place in the list, from 1. */
export function schemaVersion(migrations: readonly Migration[]): number {
  return migrations.length
}

/** The schema version an open file is at. */
export function schemaVersionOf(file: Database.Database): number {
  return file.prepare('SELECT max(version) FROM migrations').pluck().get() as number
}

function hashOf(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')
}

const migrationsTable =
  'CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL) STRICT'

/**
 * Our own small runner (decision 004): refuses a newer file or a changed migration, runs what is
 * pending in one IMMEDIATE transaction with foreign keys off outside it, checks them before the
 * commit, then replays triggers and FTS. Drizzle's stock migrate() is not used: a table rebuild
 * inside its transaction fires ON DELETE CASCADE.
 */
export function migrate(
  file: Database.Database,
  migrations: readonly Migration[],
  before?: (file: Database.Database) => void,
): void {
  file.exec(migrationsTable)
  const done = file.prepare('SELECT version, name, hash FROM migrations ORDER BY version').all() as {
    version: number
    name: string
    hash: string
  }[]
  if (done.length > migrations.length) {
    throw new AppError('database.newer', { file: done.length, program: migrations.length })
  }
  for (const row of done) {
    const ours = migrations[row.version - 1]
    if (!ours || hashOf(ours.sql) !== row.hash)
      throw new AppError('database.changed_migration', { name: row.name })
  }
  const customHash = hashOf(customSql)
  if (
    done.length === migrations.length &&
    file.pragma('user_version', { simple: true }) === customTag(customHash)
  )
    return
  if (done.length > 0 && done.length < migrations.length) before?.(file)

  file.pragma('foreign_keys = OFF')
  try {
    file
      .transaction(() => {
        runPending(file, migrations, done.length)
        const broken = file.pragma('foreign_key_check') as unknown[]
        assert(broken.length === 0, 'foreign keys hold after migration')
        file.exec(customSql)
        file.pragma(`user_version = ${customTag(customHash)}`)
      })
      .immediate()
  } finally {
    file.pragma('foreign_keys = ON')
  }
}

function runPending(file: Database.Database, migrations: readonly Migration[], done: number): void {
  const insert = file.prepare('INSERT INTO migrations (version, name, hash) VALUES (?, ?, ?)')
  migrations.forEach((migration, index) => {
    if (index < done) return
    file.exec(migration.sql.replaceAll('--> statement-breakpoint', ''))
    insert.run(index + 1, migration.name, hashOf(migration.sql))
  })
}

/** The bare tables of these migrations in a new file; triggers and the search index come with `migrate`. */
export function runMigrations(file: Database.Database, migrations: readonly Migration[]): void {
  file.exec(migrationsTable)
  file.transaction(() => runPending(file, migrations, 0)).immediate()
}

/** user_version holds 31 bits of the hash of the custom SQL, so that it is replayed only when it changed. */
function customTag(hash: string): number {
  return Number.parseInt(hash.slice(0, 8), 16) & 0x7fffffff
}

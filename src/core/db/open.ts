import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { AppError } from '../kernel/app-error.ts'
import type { ReadDb, WriteDb } from './handles.ts'
import { migrate, schemaVersion, schemaVersionOf, type Migration } from './migrate.ts'
import * as schema from './schema/index.ts'

export interface OpenOptions {
  /** Path of the shop's file, or its bytes (a test's copy of a migrated template). */
  readonly source: string | Buffer
  readonly migrations: readonly Migration[]
  /** Called with the open handle before pending migrations run on a file that has data. */
  readonly beforeMigrate?: (file: Database.Database) => void
  /** Looks through the whole file, however large; otherwise as much as a start may take (decision 018). */
  readonly thorough?: boolean
}

export interface OpenDatabase {
  readonly write: WriteDb
  readonly read: ReadDb
  readonly schemaVersion: number
  close(): void
}

// WAL alone drops synchronous to NORMAL in better-sqlite3's build; it is money, so FULL is set after it.
const pragmas = [
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  'busy_timeout = 5000',
  'trusted_schema = OFF',
  'cache_size = -65536',
  'temp_store = MEMORY',
] as const

/**
 * SQLite plans a statement anew before each run when its plan might depend on a bound value (STAT4 samples, partial
 * indexes), which takes ten times as long as finding one row. Which id or key is asked for never changes the plan,
 * and a value behind a unary plus, which changes nothing, is none a plan can depend on. Other comparisons (states,
 * days) are left alone: there the value does matter. So is a bound LIMIT; a fixed one belongs into the text.
 */
export function plannedOnce(text: string): string {
  return text.replace(/\b((?:\w+_)?(?:u?id|key|hash)"?) = (\?|[:@]\w+)/gi, '$1 = +$2')
}

function connect(source: string | Buffer): Database.Database {
  const file = new Database(source)
  for (const pragma of pragmas) file.pragma(pragma)
  const prepare = file.prepare.bind(file)
  return Object.defineProperty(file, 'prepare', {
    value: (text: string): Database.Statement => prepare(plannedOnce(text)),
  })
}

function refuse(): never {
  throw new Error('a query only reads')
}

/**
 * The connection as queries see it: what would write is refused when it is prepared. It is no second connection,
 * because one beside the writer's throws its pages away after each commit and reads them again, which takes as
 * long as the query itself on a large file (docs/measurements.md).
 */
function readingSide(file: Database.Database): Database.Database {
  const prepare = (text: string): Database.Statement => {
    const statement = file.prepare(text)
    return statement.readonly ? statement : refuse()
  }
  return Object.create(file, {
    prepare: { value: prepare },
    exec: { value: refuse },
  }) as Database.Database
}

/** Up to this size the whole file is looked through at each start; above, what every start needs anyway. */
const startBytes = 16 * 1024 * 1024
const startTables = [
  'migrations',
  'settings',
  'users',
  'roles',
  'user_roles',
  'seats',
  'number_series',
] as const

/** `database.damaged` when SQLite cannot read the file's pages; nothing may be written into such a file. */
function refuseDamaged(file: Database.Database, thorough: boolean): void {
  const size =
    Number(file.pragma('page_count', { simple: true })) * Number(file.pragma('page_size', { simple: true }))
  const known = new Set(file.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all())
  const checks =
    thorough || size <= startBytes
      ? ['quick_check(1)']
      : startTables.filter((name) => known.has(name)).map((name) => `quick_check(${name})`)
  for (const check of checks)
    if (file.pragma(check, { simple: true }) !== 'ok') throw new AppError('database.damaged')
}

/**
 * Opens the shop's file, brings it to the present schema and answers its two handles.
 * Errors: `database.newer`, `database.changed_migration`, `database.damaged`, `database.in_use`,
 * `database.read_only`, `database.full`.
 */
export function openDatabase(options: OpenOptions): OpenDatabase {
  try {
    const file = connect(options.source)
    try {
      if (typeof options.source === 'string') refuseDamaged(file, options.thorough ?? false)
      migrate(file, options.migrations, options.beforeMigrate)
    } catch (error) {
      file.close()
      throw error
    }
    const write = drizzle(file, { schema, casing: 'snake_case' })
    const read = drizzle(readingSide(file), { schema, casing: 'snake_case' })
    return {
      write,
      read,
      schemaVersion: schemaVersion(options.migrations),
      close() {
        if (!file.open) return
        try {
          file.pragma('optimize')
        } catch (error) {
          // Statistics are no reason to stay open: on a full disk or a damaged file the host still ends in order.
          if (!(error instanceof Database.SqliteError)) throw error
        } finally {
          file.close()
        }
      },
    }
  } catch (error) {
    throw mapSqliteError(error)
  }
}

export interface ReadingFile {
  readonly read: ReadDb
  close(): void
}

/**
 * Opens a shop's file beside the program that works on it, only to read: one moment of it is seen, however long reading
 * takes. Errors: `database.older` and `database.newer` {file, program} for a file of another version, and those of
 * `openDatabase`.
 */
export function openForReading(source: string | Buffer, migrations: readonly Migration[]): ReadingFile {
  try {
    const file = new Database(source, { readonly: true, fileMustExist: typeof source === 'string' })
    try {
      file.pragma('trusted_schema = OFF')
      file.pragma('busy_timeout = 5000')
      file.exec('BEGIN')
      const [version, program] = [schemaVersionOf(file), schemaVersion(migrations)]
      if (version !== program) {
        throw new AppError(version > program ? 'database.newer' : 'database.older', {
          file: version,
          program,
        })
      }
      const read = drizzle(readingSide(file), { schema, casing: 'snake_case' })
      return { read, close: () => file.close() }
    } catch (error) {
      file.close()
      throw error
    }
  } catch (error) {
    throw mapSqliteError(error)
  }
}

/** Errors of SQLite that a person can act on, by code; everything else is returned as it is. */
export function mapSqliteError(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  const code = error.code
  if (code === 'SQLITE_FULL') return new AppError('database.full')
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN')
    return new AppError('database.read_only')
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return new AppError('database.damaged')
  if (code.startsWith('SQLITE_BUSY') || code === 'SQLITE_LOCKED') return new AppError('database.in_use')
  return error
}

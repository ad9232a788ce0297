import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { AppError, assert } from '../kernel/app-error.ts'
import { runMigrations, type Migration } from './migrate.ts'

/**
 * The shop's file table by table, as exact text: what the full export writes and its import reads (decision 015).
 * One line is one row in the manner of RFC 4180: numbers bare, texts and base64 of bytes in quotes, an unquoted
 * nothing for NULL, so that NULL and the empty text stay two things. Files are the host's business, not this one's.
 */

export interface TransferColumn {
  readonly name: string
  readonly type: 'INTEGER' | 'TEXT' | 'BLOB'
  readonly required: boolean
  /** `table.column` it points at. */
  readonly refersTo: string | null
  /** Its values stay in the shop: exported as NULL, or as an empty text where it may not be NULL. */
  readonly withheld: boolean
}

export interface TransferTable {
  readonly name: string
  readonly columns: readonly TransferColumn[]
  /** The order of its rows. */
  readonly key: readonly string[]
  /** Rows that leave the shop, as a condition; null for all of them. */
  readonly only: string | null
}

/** Secrets do not leave the shop: what opens a door here must not lie in a folder that is handed on. */
const withheldColumns: Readonly<Record<string, readonly string[]>> = { users: ['password_hash', 'pin_hash'] }
const onlyRows: Readonly<Record<string, string>> = {
  sessions: '0',
  // Sealed with the shop's key, which is no part of the file.
  repair_passcodes: '0',
  // What is sealed is no JSON or stands under `sealed`; where backups go is this computer's business.
  settings: `CASE WHEN json_valid(value) THEN json_type(value, '$.sealed') IS NULL ELSE 0 END
    AND key NOT LIKE '%pass%' AND key NOT LIKE '%secret%' AND key NOT LIKE 'backups.%'`,
}

/** Made by SQLite, by the migrations and by the search index, whose texts are made again from the repairs. */
const listed = `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
  AND name <> 'migrations' AND name NOT LIKE 'repair\\_texts%' ESCAPE '\\' ORDER BY name`

interface ColumnInfo {
  readonly name: string
  readonly type: string
  readonly notnull: number
  readonly pk: number
}

/** Every table of a file with its columns, read from the file itself: a new table is never left out. */
export function transferTables(file: Database.Database): TransferTable[] {
  const names = file.prepare(listed).pluck().all() as string[]
  return names.map((name) => {
    const infos = file.pragma(`table_info(${name})`) as ColumnInfo[]
    const foreign = file.pragma(`foreign_key_list(${name})`) as { from: string; table: string; to: string }[]
    const targets = new Map(foreign.map((row) => [row.from, `${row.table}.${row.to}`]))
    const withheld = withheldColumns[name] ?? []
    return {
      name,
      columns: infos.map((column) => ({
        name: column.name,
        type: typeOf(name, column),
        required: column.notnull === 1 || column.pk > 0,
        refersTo: targets.get(column.name) ?? null,
        withheld: withheld.includes(column.name),
      })),
      key: infos
        .filter(({ pk }) => pk > 0)
        .toSorted((a, b) => a.pk - b.pk)
        .map((column) => column.name),
      only: onlyRows[name] ?? null,
    }
  })
}

function typeOf(table: string, { name, type }: ColumnInfo): TransferColumn['type'] {
  assert(type === 'INTEGER' || type === 'TEXT' || type === 'BLOB', `${table}.${name} has a type we can write`)
  return type
}

function cellSql({ name, type, required, withheld }: TransferColumn): string {
  if (withheld) return required ? `'""'` : `''`
  if (type === 'INTEGER') return `ifnull("${name}", '')`
  const text = type === 'BLOB' ? `base64_of("${name}")` : `replace("${name}", '"', '""')`
  return `ifnull('"' || ${text} || '"', '')`
}

/** The heading and then every row of a table as a line without its end, in the order of the key. SQLite writes them. */
export function* tableLines(
  file: Database.Database,
  table: TransferTable,
): Generator<string, void, undefined> {
  yield table.columns.map(({ name }) => name).join(',')
  const where = table.only === null ? '' : ` WHERE ${table.only}`
  const cells = table.columns.map(cellSql).join(', ')
  const text = `SELECT concat_ws(',', ${cells}) FROM "${table.name}"${where} ORDER BY ${table.key.join(', ')}`
  yield* file.prepare(text).pluck().iterate() as IterableIterator<string>
}

/** How many rows of a table leave the shop: so many lines come after the heading. */
export function rowsIn(file: Database.Database, { name, only }: TransferTable): number {
  const where = only === null ? '' : ` WHERE ${only}`
  return file.prepare(`SELECT count(*) FROM "${name}"${where}`).pluck().get() as number
}

/** What the statements of `tableLines` need of a connection. */
function withBase64(file: Database.Database): Database.Database {
  return file.function('base64_of', { deterministic: true }, (value: unknown) =>
    Buffer.isBuffer(value) ? value.toString('base64') : null,
  )
}

/**
 * A second, reading connection to a shop's file that sees one moment of it, however long reading takes and whatever
 * the shop writes meanwhile. Its write-ahead log grows until the connection is closed.
 */
export function openSnapshot(path: string): Database.Database {
  const file = withBase64(new Database(path, { readonly: true, fileMustExist: true }))
  file.pragma('trusted_schema = OFF')
  file.exec('BEGIN')
  // The moment is that of the first read, not of BEGIN.
  file.prepare('SELECT count(*) FROM migrations').get()
  return file
}

/** One cell as it was read: whether it stood in quotes, and what. */
export interface TransferCell {
  readonly quoted: boolean
  readonly text: string
}

export interface ShopLoader {
  readonly tables: readonly TransferTable[]
  /** Puts rows into a table; `damaged` when a row cannot be one of it. */
  load(table: TransferTable, rows: Iterable<readonly TransferCell[]>): void
  /** Lines as an export of this file would have them, to compare. */
  lines(table: TransferTable): Generator<string, void, undefined>
  /** Keeps what was loaded. Error: `export.damaged` when a row points at one that is not there. */
  finish(): void
  /** Lets go of the file; what was not finished is not to be looked at. */
  close(): void
}

export interface MigrationMark {
  readonly name: string
  readonly sha256: string
}

/** Which migrations made the schema: an import must build the very same one. */
export function migrationMarks(migrations: readonly Migration[]): MigrationMark[] {
  return migrations.map(({ name, sql }) => ({
    name,
    sha256: createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex'),
  }))
}

/**
 * A new file at `path` with the tables of these migrations and no triggers yet: rows come in as they were, and what
 * triggers keep (counters) comes in with them. `openDatabase` completes it. It gets no write-ahead log before that, so
 * that everything is written once: a rollback journal has nothing to keep of pages that were not there.
 */
export function openLoader(path: string, migrations: readonly Migration[]): ShopLoader {
  const file = withBase64(new Database(path))
  runMigrations(file, migrations)
  return loaderOf(file)
}

/** The same on a file that is complete, for the tables `openDatabase` made: the keys and words of search. */
export function openSearchLoader(path: string): ShopLoader {
  return loaderOf(withBase64(new Database(path, { fileMustExist: true })))
}

function loaderOf(file: Database.Database): ShopLoader {
  file.pragma('synchronous = OFF')
  file.pragma('foreign_keys = OFF')
  // However large an index is, no more of it than this is sorted in memory.
  file.pragma('cache_size = -65536')
  file.pragma('temp_store = FILE')
  const tables = transferTables(file)
  const loaded: string[] = []
  file.exec('BEGIN IMMEDIATE')
  return {
    tables,
    load(table, rows) {
      loaded.push(table.name)
      indexedAfter(file, table, () => loadRows(file, table, rows))
    },
    lines: (table) => tableLines(file, table),
    finish() {
      file.exec('COMMIT')
      // Only what came now: what was there was checked when it came, and a large file takes its time.
      const broken = loaded.flatMap((name) => file.pragma(`foreign_key_check("${name}")`) as unknown[])
      if (broken.length > 0) throw new AppError('export.damaged', { file: 'foreign keys' })
      // Written without waiting for the disk; a file with a log is written through once, here.
      file.pragma('synchronous = FULL')
      file.pragma('wal_checkpoint(TRUNCATE)')
    },
    close: () => file.close(),
  }
}

const indexesOf = `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL
  ORDER BY rowid`

/**
 * Fills a table without its indexes, which are made of the rows afterwards, by their own SQL and in their order: sorted
 * once, where each row alone would find its place in each of them. A row that cannot be one of the table is damage.
 */
function indexedAfter(file: Database.Database, table: TransferTable, fill: () => void): void {
  const indexes = file.prepare(indexesOf).all(table.name) as { name: string; sql: string }[]
  try {
    for (const { name } of indexes) file.exec(`DROP INDEX "${name}"`)
    fill()
    for (const { sql } of indexes) file.exec(sql)
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT'))
      throw damaged(table)
    throw error
  }
}

function loadRows(
  file: Database.Database,
  table: TransferTable,
  rows: Iterable<readonly TransferCell[]>,
): void {
  const names = table.columns.map(({ name }) => name).join(', ')
  const insert = file.prepare(
    `INSERT INTO "${table.name}" (${names}) VALUES (${table.columns.map(() => '?').join(', ')})`,
  )
  for (const cells of rows) {
    if (cells.length !== table.columns.length) throw damaged(table)
    insert.run(cells.map((cell, at) => valueOf(table, table.columns[at], cell)))
  }
}

function valueOf(
  table: TransferTable,
  column: TransferColumn | undefined,
  { quoted, text }: TransferCell,
): number | bigint | string | Buffer | null {
  if (!quoted && text === '') return null
  if (column?.type === 'INTEGER') {
    if (quoted || !/^-?\d+$/.test(text)) throw damaged(table)
    const value = Number(text)
    return Number.isSafeInteger(value) ? value : BigInt(text)
  }
  if (!quoted) throw damaged(table)
  return column?.type === 'BLOB' ? Buffer.from(text, 'base64') : text
}

function damaged(table: TransferTable): AppError {
  return new AppError('export.damaged', { file: `tables/${table.name}.csv` })
}

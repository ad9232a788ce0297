import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import * as schema from '#core/db/schema/index.ts'
import type { OpenDatabase } from '#core/db/open.ts'

/**
 * Which rows a command writes, as the barest statements that leave the same rows behind: one INSERT for each new
 * row with its final values, one UPDATE of just the columns that changed for each row that was there, one DELETE
 * for each row that is gone. Nothing is read, checked or written twice. What the file's own triggers write
 * (repair_counts) is left to them.
 */
export interface BareStatement {
  readonly sql: string
  readonly values: readonly unknown[]
}

export interface Capture {
  /** Closing it takes back everything; the file is as it was. */
  readonly database: OpenDatabase
  /** Bare statements for everything written since the last call. */
  take(): BareStatement[]
}

interface Table {
  readonly name: string
  readonly columns: readonly string[]
  readonly key: readonly string[]
}

interface Change {
  readonly tableName: string
  readonly op: 'I' | 'U' | 'D'
  readonly key: string
  readonly columns: string
}

/** Written by triggers of the file, or by FTS5 into its own tables. */
const notOurs = /^(sqlite_|repair_texts|repair_counts$|migrations$)/

function tablesOf(file: Database.Database): Table[] {
  const names = file
    .prepare("SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY name")
    .pluck()
    .all() as string[]
  return names
    .filter((name) => !notOurs.test(name))
    .map((name) => {
      const columns = file.pragma(`table_info(${name})`) as { name: string; pk: number }[]
      const key = columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk)
      return { name, columns: columns.map((one) => one.name), key: key.map((one) => one.name) }
    })
}

/** Triggers of this connection alone: they note each row that changes, and of an update which columns. */
function noteChanges(file: Database.Database, tables: readonly Table[]): void {
  file.exec(`CREATE TEMP TABLE bench_changes
    (id INTEGER PRIMARY KEY, table_name TEXT NOT NULL, op TEXT NOT NULL, key TEXT NOT NULL, columns TEXT NOT NULL)`)
  for (const { name, columns, key } of tables) {
    const keyOf = (row: string) => `json_array(${key.map((column) => `${row}."${column}"`).join(', ')})`
    const changed = columns
      .map((column) => `iif(OLD."${column}" IS NOT NEW."${column}", '${column}', NULL)`)
      .join(', ')
    const note = (op: string, row: string, what: string) =>
      `BEGIN INSERT INTO bench_changes (table_name, op, key, columns)
       VALUES ('${name}', '${op}', ${keyOf(row)}, ${what}); END`
    file.exec(`
      CREATE TEMP TRIGGER bench_insert_${name} AFTER INSERT ON main.${name} ${note('I', 'NEW', "''")};
      CREATE TEMP TRIGGER bench_update_${name} AFTER UPDATE ON main.${name} ${note('U', 'NEW', `concat_ws(',', ${changed})`)};
      CREATE TEMP TRIGGER bench_delete_${name} AFTER DELETE ON main.${name} ${note('D', 'OLD', "''")};`)
  }
}

/**
 * FTS5 has no triggers and keeps no text, so what is told to it is noted as it is told. A text that is put in
 * place of none is one INSERT.
 */
function noteTexts(file: Database.Database, texts: BareStatement[]): void {
  const prepare = file.prepare.bind(file)
  const isThere = prepare('SELECT 1 FROM repair_texts WHERE rowid = ?')
  const noted = (sql: string): Database.Statement => {
    const statement = prepare(sql) as Database.Statement
    if (!/^\s*(INSERT INTO|DELETE FROM) repair_texts\b/.test(sql)) return statement
    const run = statement.run.bind(statement)
    statement.run = (...values: unknown[]) => {
      const isDelete = sql.trimStart().startsWith('DELETE')
      if (!isDelete || isThere.get(values[0]) !== undefined) texts.push({ sql, values })
      return run(...values)
    }
    return statement
  }
  file.prepare = noted as typeof file.prepare
}

/** Several changes of one row are one: what counts is how it was before and how it is now. */
function netChanges(changes: readonly Change[]): (Change & { columns: string })[] {
  const rows = new Map<string, Change>()
  for (const change of changes) {
    const at = `${change.tableName} ${change.key}`
    const before = rows.get(at)
    if (!before) {
      rows.set(at, change)
      continue
    }
    if (before.op === 'I') {
      if (change.op === 'D') rows.delete(at)
      continue
    }
    if (before.op === 'D')
      throw new Error(`${at} was deleted and written again; the bench cannot tell what of it changed`)
    if (change.op === 'D') rows.set(at, change)
    else rows.set(at, { ...before, columns: [before.columns, change.columns].filter(Boolean).join(',') })
  }
  return [...rows.values()].filter(({ op, columns }) => op !== 'U' || columns !== '')
}

function bareOf(file: Database.Database, table: Table, change: Change): BareStatement {
  const key = JSON.parse(change.key) as unknown[]
  const where = table.key.map((column) => `"${column}" = ?`).join(' AND ')
  if (change.op === 'D') return { sql: `DELETE FROM ${table.name} WHERE ${where}`, values: key }
  const columns = change.op === 'I' ? table.columns : [...new Set(change.columns.split(','))]
  const names = columns.map((column) => `"${column}"`)
  const values = file
    .prepare(`SELECT ${names.join(', ')} FROM main.${table.name} WHERE ${where}`)
    .raw()
    .get(...key) as unknown[]
  if (change.op === 'I') {
    const marks = columns.map(() => '?').join(', ')
    return { sql: `INSERT INTO ${table.name} (${names.join(', ')}) VALUES (${marks})`, values }
  }
  const set = names.map((name) => `${name} = ?`).join(', ')
  return { sql: `UPDATE ${table.name} SET ${set} WHERE ${where}`, values: [...values, ...key] }
}

/** Opens the file so that everything written through it is noted and nothing of it stays. */
export function captureOn(path: string): Capture {
  const texts: BareStatement[] = []
  const file = new Database(path)
  const tables = tablesOf(file)
  const byName = new Map(tables.map((table) => [table.name, table]))
  noteChanges(file, tables)
  noteTexts(file, texts)
  file.exec('BEGIN IMMEDIATE')
  // Commands inside the open transaction become savepoints of it; only this connection sees what they wrote.
  const write = drizzle(file, { schema, casing: 'snake_case' })
  const close = () => {
    file.exec('ROLLBACK')
    file.close()
  }
  return {
    database: { write, read: write, schemaVersion: 1, close },
    take() {
      const changes = file
        .prepare('SELECT table_name AS tableName, op, key, columns FROM bench_changes ORDER BY id')
        .all() as Change[]
      file.exec('DELETE FROM bench_changes')
      const bare = netChanges(changes).map((change) => {
        const table = byName.get(change.tableName)
        if (!table) throw new Error(`${change.tableName} is a table of the file`)
        return bareOf(file, table, change)
      })
      return [...bare, ...texts.splice(0)]
    },
  }
}

/** Runs bare statements in one IMMEDIATE transaction, each prepared once. */
export function bareRunner(file: Database.Database): {
  prepare(statements: readonly BareStatement[]): () => void
} {
  const kept = new Map<string, Database.Statement>()
  const statementOf = (sql: string) => {
    const statement = kept.get(sql) ?? file.prepare(sql)
    kept.set(sql, statement)
    return statement
  }
  const run = file.transaction(
    (all: readonly { statement: Database.Statement; values: readonly unknown[] }[]) => {
      for (const { statement, values } of all) statement.run(values)
    },
  )
  return {
    prepare(statements) {
      const all = statements.map(({ sql, values }) => ({ statement: statementOf(sql), values }))
      return () => run.immediate(all)
    },
  }
}

/** Number of rows in each table: two files that were told the same hold the same. */
export function rowCounts(file: Database.Database): Record<string, number> {
  const counted = tablesOf(file).map(({ name }) => [
    name,
    file.prepare(`SELECT count(*) FROM ${name}`).pluck().get() as number,
  ])
  return Object.fromEntries(counted) as Record<string, number>
}

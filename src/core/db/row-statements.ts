import { getTableColumns, getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { assert } from '../kernel/app-error.ts'
import { sqlStatement, type ReadDb, type WriteDb } from './handles.ts'

/**
 * Statements over a table's own columns, prepared once per connection. Drizzle's prepared statements map
 * every value through its placeholder machinery, which on a wide row costs as much again as SQLite's own
 * work; these take the names and encoders from the same table definitions, so a column has one truth.
 */
interface Column {
  readonly name: string
  mapToDriverValue(value: unknown): unknown
}

function columnOf(table: SQLiteTable, key: string): Column {
  const column = getTableColumns(table)[key]
  assert(column, `${getTableName(table)} has a column ${key}`)
  return column
}

function encoded(column: Column, value: unknown): unknown {
  return value === null || value === undefined ? null : column.mapToDriverValue(value)
}

interface Shaped {
  readonly text: string
  readonly columns: readonly Column[]
}

/** One statement text per set of columns a caller names, in the order named. */
function shapes(table: SQLiteTable, textOf: (names: readonly string[]) => string): (row: object) => Shaped {
  const kept = new Map<string, Shaped>()
  return (row) => {
    const keys = Object.keys(row)
    const shape = keys.join()
    let made = kept.get(shape)
    if (!made) {
      const columns = keys.map((key) => columnOf(table, key))
      made = { columns, text: textOf(columns.map((column) => `"${column.name}"`)) }
      kept.set(shape, made)
    }
    return made
  }
}

function valuesOf(columns: readonly Column[], row: object): unknown[] {
  const given: unknown[] = Object.values(row)
  return columns.map((column, index) => encoded(column, given[index]))
}

/** INSERT of the columns a row names; answers the new row's id. */
export function insertInto<T extends SQLiteTable>(
  table: T,
): (db: WriteDb, row: T['$inferInsert'] & object) => number {
  const shape = shapes(
    table,
    (names) =>
      `INSERT INTO ${getTableName(table)} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  )
  return (db, row) => {
    const { text, columns } = shape(row)
    return Number(sqlStatement(db, text).run(...valuesOf(columns, row)).lastInsertRowid)
  }
}

/**
 * INSERT of several rows that name the same columns, in one statement: where a trigger makes SQLite keep a copy of
 * every page a statement touches, one statement for many rows keeps each page once.
 */
export function insertRowsInto<T extends SQLiteTable>(
  table: T,
): (db: WriteDb, rows: readonly (T['$inferInsert'] & object)[]) => void {
  const shape = shapes(table, (names) => `INSERT INTO ${getTableName(table)} (${names.join(', ')}) VALUES `)
  return (db, rows) => {
    const [first] = rows
    if (!first) return
    const { text, columns } = shape(first)
    const names = Object.keys(first).join()
    assert(
      rows.every((row) => Object.keys(row).join() === names),
      'rows of one statement name the same columns',
    )
    const marks = `(${columns.map(() => '?').join(', ')})`
    const values = rows.flatMap((row) => valuesOf(columns, row))
    sqlStatement(db, text + rows.map(() => marks).join(', ')).run(...values)
  }
}

/**
 * UPDATE by id of the columns a patch names: SQLite rewrites every index of a column that is named, changed
 * or not, so naming only what changes is what is fast. Callers patch fixed sets of columns; free
 * combinations (a form) belong to Drizzle's own update, which keeps nothing.
 */
export function updateOf<T extends SQLiteTable>(
  table: T,
): (db: WriteDb, id: number, patch: Partial<T['$inferSelect']>) => void {
  const shape = shapes(
    table,
    (names) =>
      `UPDATE ${getTableName(table)} SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`,
  )
  return (db, id, patch) => {
    const { text, columns } = shape(patch)
    const { changes } = sqlStatement(db, text).run(...valuesOf(columns, patch), id)
    assert(changes === 1, `${getTableName(table)} ${id} is there`)
  }
}

/** The given columns of one row by id, read without mapping: text and whole numbers only, no flags, no JSON. */
export function selectOf<T extends SQLiteTable, K extends keyof T['$inferSelect'] & string>(
  table: T,
  keys: readonly K[],
): (db: ReadDb, id: number) => Pick<T['$inferSelect'], K> | undefined {
  const list = keys.map((key) => `"${columnOf(table, key).name}" AS "${key}"`).join(', ')
  const text = `SELECT ${list} FROM ${getTableName(table)} WHERE id = ?`
  return (db, id) => sqlStatement(db, text).get(id) as Pick<T['$inferSelect'], K> | undefined
}

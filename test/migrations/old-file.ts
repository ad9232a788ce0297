import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { builtInRoles, defaultRolePermissions } from '#contract/permissions.ts'
import { migrations } from '../kit/app.ts'
import { repairShop } from '../core/repairs/kit.ts'

export function tablesOf(file: Database.Database): string[] {
  return file
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'migrations'",
    )
    .pluck()
    .all() as string[]
}

export function columnsOf(file: Database.Database, table: string): string[] {
  return file.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[]
}

/** Rows by table, as the columns of the old tables show them. */
export function rowsOf(
  file: Database.Database,
  tables: readonly string[],
  columns?: Map<string, string[]>,
): Map<string, unknown[]> {
  return new Map(
    tables.map((table) => {
      const list = (columns?.get(table) ?? columnsOf(file, table)).map((column) => `"${column}"`)
      return [table, file.prepare(`SELECT ${list.join(', ')} FROM "${table}" ORDER BY rowid`).all()]
    }),
  )
}

function migrateTo(file: Database.Database, count: number): void {
  file.exec(
    'CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL) STRICT',
  )
  for (const [index, { name, sql }] of migrations.slice(0, count).entries()) {
    file.exec(sql.replaceAll('--> statement-breakpoint', ''))
    const hash = createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex')
    file.prepare('INSERT INTO migrations VALUES (?, ?, ?)').run(index + 1, name, hash)
  }
}

/**
 * A file as the program of the first `count` migrations left it: its tables and the rows of a real shop, its
 * built-in roles without what is `younger`, and a role of the shop's own.
 */
export function oldFile(
  folder: string,
  count: number,
  younger: RegExp,
): { path: string; rows: Map<string, unknown[]> } {
  const shop = repairShop()
  shop.at('closed')
  shop.at('in_repair')
  shop.receive()
  const filled = join(folder, 'filled.db')
  writeFileSync(filled, shop.sql.serialize())
  shop.close()

  const path = join(folder, 'shop.db')
  const file = new Database(path)
  file.pragma('foreign_keys = OFF')
  migrateTo(file, count)
  file.prepare('ATTACH ? AS filled').run(filled)
  for (const table of tablesOf(file)) {
    const list = columnsOf(file, table)
      .map((column) => `"${column}"`)
      .join(', ')
    file.exec(`INSERT INTO main."${table}" (${list}) SELECT ${list} FROM filled."${table}"`)
  }
  for (const role of builtInRoles) {
    const old = defaultRolePermissions[role].filter((permission) => !younger.test(permission))
    file.prepare('UPDATE roles SET permissions = ? WHERE code = ?').run(JSON.stringify(old), role)
  }
  file
    .prepare("INSERT INTO roles (code, name, permissions) VALUES (NULL, '学徒', ?)")
    .run(JSON.stringify(['repairs.read']))
  const rows = rowsOf(file, tablesOf(file))
  file.close()
  return { path, rows }
}

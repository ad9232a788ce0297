import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { builtInRoles, defaultRolePermissions } from '#contract/permissions.ts'
import { openDatabase } from '#core/db/open.ts'
import { migrations } from '../kit/app.ts'
import { repairShop } from '../core/repairs/kit.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'benchside-0001-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const foundation = migrations[0]!
/** What roles could be given before there were ledgers. */
const younger =
  /^(quotes|stock|loaners|billing|shifts|notices|data|privacy|seats)\.|^audit\.review$|^repairs\.dispose$/

function tablesOf(file: Database.Database): string[] {
  return file
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'migrations'",
    )
    .pluck()
    .all() as string[]
}

function columnsOf(file: Database.Database, table: string): string[] {
  return file.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[]
}

/** A file as the program before this migration left it: its tables, its permissions, and the rows of a real shop. */
function oldFile(): { path: string; rows: Map<string, unknown[]> } {
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
  file.exec(foundation.sql)
  file.exec(
    'CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL) STRICT',
  )
  const hash = createHash('sha256').update(foundation.sql.replaceAll('\r\n', '\n')).digest('hex')
  file.prepare('INSERT INTO migrations VALUES (1, ?, ?)').run(foundation.name, hash)
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

/** Rows by table, as the columns of the old tables show them. */
function rowsOf(file: Database.Database, tables: readonly string[], columns?: Map<string, string[]>) {
  return new Map(
    tables.map((table) => {
      const list = (columns?.get(table) ?? columnsOf(file, table)).map((column) => `"${column}"`)
      return [table, file.prepare(`SELECT ${list.join(', ')} FROM "${table}" ORDER BY rowid`).all()]
    }),
  )
}

test('a shop’s file from before the ledgers opens, keeps every row, and its built-in roles may do what is new', () => {
  const { path, rows } = oldFile()
  const database = openDatabase({ source: path, migrations })
  const file = database.write.$client
  try {
    const columns = new Map(
      [...rows].map(([table, [first]]) => [table, first ? Object.keys(first) : columnsOf(file, table)]),
    )
    const kept = rowsOf(file, [...rows.keys()], columns)
    expect(rows.get('repairs')).toHaveLength(3)
    for (const [table, before] of rows) {
      if (table === 'roles') continue
      expect([table, kept.get(table)]).toEqual([table, before])
    }
    const roles = file.prepare('SELECT code, permissions FROM roles').all() as {
      code: string | null
      permissions: string
    }[]
    for (const { code, permissions } of roles) {
      const given = (JSON.parse(permissions) as string[]).toSorted()
      const wanted = builtInRoles.find((role) => role === code)
      const expected = wanted ? [...defaultRolePermissions[wanted]].toSorted() : ['repairs.read']
      expect([code, given]).toEqual([code, expected])
    }
    expect(file.pragma('foreign_key_check')).toEqual([])
    const triggers = "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'goods_moves'"
    expect(file.prepare(triggers).pluck().get()).toBe(2)
  } finally {
    database.close()
  }
})

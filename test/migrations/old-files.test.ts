import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { builtInRoles, defaultRolePermissions } from '#contract/permissions.ts'
import { openDatabase } from '#core/db/open.ts'
import { migrations } from '../kit/app.ts'
import { columnsOf, oldFile, rowsOf } from './old-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'benchside-old-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const sinceTrust = '(data|privacy|seats)\\.|audit\\.review$|repairs\\.dispose$'
/** By what a file lacks: how many migrations made it, what its roles could not yet be given, a table to be guarded. */
const olds = [
  {
    lacks: 'the ledgers',
    count: 1,
    younger: `^((quotes|stock|loaners|billing|shifts|notices)\\.|${sinceTrust})`,
    guarded: 'goods_moves',
  },
  {
    lacks: 'the chained audit log',
    count: 2,
    younger: `^(${sinceTrust})`,
    guarded: 'permission_reviews',
  },
]

test.each(olds)(
  'a shop’s file from before $lacks opens, keeps every row, and its built-in roles may do what is new',
  ({ count, younger, guarded }) => {
    const { path, rows } = oldFile(folder, count, new RegExp(younger))
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
      const triggers = "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?"
      expect(file.prepare(triggers).pluck().get(guarded)).toBe(2)
    } finally {
      database.close()
    }
  },
)

import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { AppError, verifyShop } from '#core/app.ts'
import type { AuditHead } from '#contract/audit.ts'
import { openForReading } from '#core/db/open.ts'
import { builtInRoles } from '#contract/permissions.ts'
import { migrations, testApp, type TestApp } from '../../kit/app.ts'
import { plainCategory, walkIn } from '../../kit/intake.ts'

/* Whatever is changed in the audit log behind the program's back is found, and the first bad row is named. */

const open: TestApp[] = []
afterEach(() => {
  for (const shop of open.splice(0)) shop.close()
})

function shopWith(options?: Parameters<typeof testApp>[0]): TestApp {
  const shop = testApp(options)
  open.push(shop)
  return shop
}

interface Row {
  readonly id: number
  readonly hash: string | null
  readonly method: string
  readonly input: string
}
const rows = (shop: TestApp) => shop.sql.prepare('SELECT * FROM audit_log ORDER BY id').all() as Row[]

/** What a look through the whole file finds, as the command line and the night do it. */
function faultsOf(bytes: Buffer, heads: readonly AuditHead[] = []): string[] {
  const file = openForReading(bytes, migrations)
  const found = verifyShop(file.read, heads).faults
  file.close()
  return found.map(({ check, rule, table, row }) => `${check} ${rule} ${table} ${row}`)
}

const faults = (shop: TestApp, heads: readonly AuditHead[] = []) => faultsOf(shop.sql.serialize(), heads)

/** Changes what nobody may change. */
function tamper(shop: TestApp, text: string, ...values: unknown[]): void {
  for (const verb of ['update', 'delete']) shop.sql.exec(`DROP TRIGGER IF EXISTS audit_log_no_${verb}`)
  shop.sql.prepare(text).run(...values)
}

/** Several people's acts: some done, some refused. */
function work(shop: TestApp, acts: readonly { who: number; what: number }[]): void {
  const category = plainCategory(shop.call('dictionaries.list', { kinds: ['device_category'] }))
  for (const { who, what } of acts) {
    const person = shop.as(builtInRoles[who % builtInRoles.length] ?? 'owner')
    shop.clock.advance(what * 1000)
    try {
      if (what % 3 === 0) person.call('repairs.receive', walkIn(category))
      else if (what % 3 === 1) person.call('users.setOwnLanguage', { language: what % 2 ? 'en' : 'zh-CN' })
      else person.call('settings.update', { version: 1, settings: { phone: `${what}` } })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
  }
}

const someActs = fc.array(fc.record({ who: fc.nat(5), what: fc.nat(30) }), { minLength: 2, maxLength: 12 })

const headOf = (shop: TestApp): AuditHead => {
  const head = shop.app.run('trail.head', {})
  if (!head) throw new Error('the log has a head')
  return head
}

test('whatever people do, the log is whole', () => {
  fc.assert(
    fc.property(someActs, (acts) => {
      const shop = shopWith()
      work(shop, acts)
      expect(faults(shop, [headOf(shop)])).toEqual([])
      expect(rows(shop)[0]?.method).toBe('audit.begin')
    }),
    { numRuns: 15 },
  )
})

const changed = ['at', 'user_id', 'seat_id', 'method', 'command_id', 'input', 'result', 'hash'] as const

test('a single bit changed in any column of any row is found, and the row is named', () => {
  const shop = shopWith()
  work(
    shop,
    [0, 1, 2, 3, 4, 5].map((n) => ({ who: n, what: n })),
  )
  const pristine = shop.sql.serialize()
  const last = rows(shop).length
  const place = fc.record({
    id: fc.integer({ min: 1, max: last }),
    column: fc.constantFrom(...changed),
    bit: fc.nat(),
  })
  fc.assert(
    fc.property(place, ({ id, column, bit }) => {
      const file = new Database(pristine)
      const hit = flipBit(file, id, column, bit)
      const found = hit ? faultsOf(file.serialize()) : ['']
      file.close()
      expect(found[0]).toMatch(hit ? new RegExp(`^chain (hash|no_begin|older_rows) audit_log ${id}$`) : /^$/)
    }),
    { numRuns: 120 },
  )
})

/** Turns one bit of one value; false where there is none. */
function flipBit(file: Database.Database, id: number, column: string, bit: number): boolean {
  const value = file.prepare(`SELECT ${column} FROM audit_log WHERE id = ?`).pluck().get(id)
  if (value === null || value === '') return false
  for (const verb of ['update', 'delete']) file.exec(`DROP TRIGGER IF EXISTS audit_log_no_${verb}`)
  const write = file.prepare(`UPDATE audit_log SET ${column} = ? WHERE id = ?`)
  if (typeof value === 'number') {
    write.run(value % 2 === 0 ? value + 1 : value - 1, id)
    return true
  }
  const bytes = Buffer.from(String(value))
  // The high bit would make the text no text; any other makes it another one.
  const at = Math.floor(bit / 7) % bytes.length
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 7))
  write.run(bytes.toString(), id)
  return bytes.toString() !== String(value)
}

test('a row taken out, put in or exchanged with another is found', () => {
  const shop = shopWith()
  work(
    shop,
    [0, 1, 2, 3, 4, 5, 6].map((n) => ({ who: n, what: n })),
  )
  const pristine = shop.sql.serialize()
  const last = rows(shop).length
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: last - 1 }),
      fc.constantFrom('out', 'in', 'exchange'),
      (id, how) => {
        const file = new Database(pristine)
        for (const verb of ['update', 'delete']) file.exec(`DROP TRIGGER IF EXISTS audit_log_no_${verb}`)
        if (how === 'out') file.prepare('DELETE FROM audit_log WHERE id = ?').run(id)
        else if (how === 'in') putIn(file, last)
        else exchange(file, id)
        const found = faultsOf(file.serialize())
        file.close()
        const named = {
          out: `row_missing audit_log ${id}`,
          in: `no_hash audit_log ${last + 1}`,
          exchange: `hash audit_log ${id}`,
        }
        expect(found[0]).toBe(`chain ${named[how]}`)
      },
    ),
    { numRuns: 40 },
  )
})

/** A row nobody of the program wrote. */
function putIn(file: Database.Database, last: number): void {
  file
    .prepare("INSERT INTO audit_log (id, at, method, input, result) VALUES (?, 1, 'x.y', '{}', 'ok')")
    .run(last + 1)
}

/** Two rows change places, hashes and all. */
function exchange(file: Database.Database, id: number): void {
  const move = file.prepare('UPDATE audit_log SET id = ? WHERE id = ?')
  for (const [to, from] of [
    [0, id],
    [id, id + 1],
    [id + 1, 0],
  ])
    move.run(to, from)
}

test('the newest rows cut off are found by the heads kept outside', () => {
  const shop = shopWith()
  work(
    shop,
    [1, 2, 4].map((n) => ({ who: n, what: n })),
  )
  const head = headOf(shop)
  const last = rows(shop).length
  tamper(shop, 'DELETE FROM audit_log WHERE id > ?', last - 2)
  // The chain of what is left is whole: only the head outside knows.
  expect(faults(shop)).toEqual([])
  expect(faults(shop, [head])).toEqual([`heads cut_off audit_log ${last - 1}`])
})

test('a log that was written anew from some row on is found by the heads kept outside', () => {
  const shop = shopWith()
  work(
    shop,
    [1, 4].map((n) => ({ who: n, what: n })),
  )
  const head = headOf(shop)
  tamper(shop, 'DELETE FROM audit_log WHERE id >= ?', head.id)
  work(
    shop,
    [7, 10].map((n) => ({ who: n, what: n })),
  )
  expect(faults(shop)).toEqual([])
  expect(faults(shop, [head])).toEqual([`heads rewritten audit_log ${head.id}`])
})

test('a transaction that is taken back leaves no gap in the chain', () => {
  const shop = shopWith()
  const before = rows(shop).length
  shop.sql.exec('BEGIN')
  work(shop, [{ who: 0, what: 1 }])
  shop.sql.exec('ROLLBACK')
  expect(() => shop.call('settings.update', { version: 99, settings: { phone: '1' } })).toThrow(AppError)
  work(shop, [{ who: 0, what: 1 }])
  // The refusal and the act behind it; nothing of what was taken back.
  expect(rows(shop)).toHaveLength(before + 2)
  expect(faults(shop)).toEqual([])
})

describe('a file from before the chain', () => {
  function oldShop(): TestApp {
    const shop = shopWith()
    work(
      shop,
      [0, 1, 3, 4].map((n) => ({ who: n, what: n })),
    )
    tamper(shop, "DELETE FROM audit_log WHERE method = 'audit.begin'")
    tamper(shop, 'UPDATE audit_log SET id = id - 1')
    tamper(shop, 'UPDATE audit_log SET hash = NULL')
    return shop
  }

  test('is begun by a row that says how many rows are older, and covers them', () => {
    const shop = oldShop()
    const older = rows(shop).length
    expect(faults(shop)).toEqual([])
    work(shop, [{ who: 0, what: 1 }])
    const [begin, first] = rows(shop).slice(older)
    expect([begin?.method, first?.method]).toEqual(['audit.begin', 'users.setOwnLanguage'])
    expect(JSON.parse(begin?.input ?? '')).toMatchObject({ older })
    expect(faults(shop)).toEqual([])
  })

  test('is found out when one of its old rows is changed afterwards', () => {
    const shop = oldShop()
    const older = rows(shop).length
    work(shop, [{ who: 0, what: 1 }])
    tamper(shop, "UPDATE audit_log SET input = '{}' WHERE id = 2")
    expect(faults(shop)).toEqual([`chain older_rows audit_log ${older + 1}`])
  })
})

test('hashes wiped from a whole log are found: a chain that began has one on each row', () => {
  const shop = shopWith()
  tamper(shop, 'UPDATE audit_log SET hash = NULL')
  expect(faults(shop)).toEqual(['chain no_hash audit_log 1'])
  // Nor does the program begin anew as if nothing had been.
  work(shop, [{ who: 0, what: 1 }])
  expect(faults(shop)[0]).toBe('chain no_hash audit_log 1')
})

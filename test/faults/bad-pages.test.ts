import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeAll, expect, test } from 'vitest'
import { examineDamage, restoreNewest } from '#host/recovery/damage.ts'
import { isSuspected, suspectDamage } from '#host/recovery/suspicion.ts'
import { migrations } from '../kit/app.ts'
import { served } from './served.ts'
import { codeOf, copyOf, dump, hostOn, intakes, shopWithBackup } from './shop-folder.ts'

/* Pages of the shop's file that go bad while the host serves: what the seats are told, and where the next start leads. */
let shop: Awaited<ReturnType<typeof shopWithBackup>>
beforeAll(async () => {
  shop = await shopWithBackup(3, 2)
})

/** The bytes of a table and its indexes as a bad disk leaves them; the host's cache lets go of what it had read. */
function ruinTable(path: string, table: string): Buffer {
  const beside = new Database(path)
  beside.pragma('wal_checkpoint(TRUNCATE)')
  const pages = `SELECT pageno FROM dbstat WHERE name IN (SELECT name FROM sqlite_schema WHERE tbl_name = ?)`
  const bytes = readFileSync(path)
  for (const page of beside.prepare(pages).pluck().all(table) as number[])
    bytes.fill(0xa5, (page - 1) * 4096, page * 4096)
  writeFileSync(path, bytes)
  // A write of another connection is what makes the host's read its pages anew.
  beside.exec("UPDATE settings SET value = value WHERE key = 'shop'")
  beside.close()
  return bytes
}

/** The pages that are nothing but what `ruinTable` put there. */
const ruined = (bytes: Buffer): number[] =>
  Array.from({ length: bytes.length / 4096 }, (_, page) => page).filter((page) =>
    bytes.subarray(page * 4096, (page + 1) * 4096).every((byte) => byte === 0xa5),
  )

test('pages that go bad while the host serves are told by the call that meets them, and the next start leads to the backup', async () => {
  const data = copyOf(shop.data)
  const path = join(data, 'shop.db')
  const host = hostOn(data)
  const seat = await served(host)
  const listed = await seat.call('repairs.list', {})
  expect(listed).toMatchObject({ status: 200, json: { rows: { length: 5 } } })
  expect(isSuspected(data)).toBe(false)
  const [intake] = intakes(host, 1)
  const damaged = ruinTable(path, 'repairs')
  for (const [method, input] of [
    ['repairs.list', {}],
    ['repairs.receive', intake ?? {}],
  ] as const)
    expect([method, (await seat.call(method, input)).code]).toEqual([method, 'database.damaged'])
  expect(isSuspected(data)).toBe(true)
  // What lies elsewhere is still shown, and of the refused command nothing is there.
  expect(await seat.call('customers.list', {})).toMatchObject({ status: 200, json: { rows: { length: 5 } } })
  await host.close()
  const kept = readFileSync(path)
  expect(kept.length).toBe(damaged.length)
  expect(ruined(kept)).toEqual(ruined(damaged))
  expect(codeOf(() => hostOn(data))).toBe('database.damaged')
  const { backup } = await examineDamage(data, migrations)
  // What cannot be counted any more is said to be so, and not taken for nothing.
  expect(backup).toMatchObject({ repairs: 3, lost: { repairs: null, payments: 0 } })
  expect(await restoreNewest(data, migrations, { at: Date.now(), by: 'a person' })).not.toBeNull()
  const again = hostOn(data)
  expect(dump(path)).toHaveLength(3)
  await again.close()
})

test('a large file is looked through whole by the start after a call that met a bad page', async () => {
  const data = copyOf(shop.data)
  const path = join(data, 'shop.db')
  const file = new Database(path)
  file.exec('CREATE TABLE filler (bytes BLOB); BEGIN')
  for (let megabytes = 0; megabytes < 17; megabytes++)
    file.prepare('INSERT INTO filler VALUES (randomblob(1000000))').run()
  file.exec('COMMIT')
  file.close()
  ruinTable(path, 'filler')
  // Nothing that a start needs lies there, and reading all of a large file would keep the shop waiting each morning.
  await hostOn(data).close()
  suspectDamage(data)
  expect(codeOf(() => hostOn(data))).toBe('database.damaged')
  expect(isSuspected(data)).toBe(true)
  expect(await restoreNewest(data, migrations, { at: Date.now(), by: 'a person' })).not.toBeNull()
  await hostOn(data).close()
  expect(isSuspected(data)).toBe(false)
})

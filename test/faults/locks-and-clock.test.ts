import { spawn } from 'node:child_process'
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { manualClock } from '#core/app.ts'
import { openDatabase } from '#core/db/open.ts'
import { lockFolder } from '#host/host-lock.ts'
import { newestGoodBackup, restoreBackup } from '#host/backup/index.ts'
import { openDataFolder } from '#host/data-folder.ts'
import { foundEmptyShop, startHost } from '#host/start-host.ts'
import { migrations } from '../kit/app.ts'
import { digestOf } from '../kit/backup-shop.ts'
import { day, repairShop } from '../core/repairs/kit.ts'
import { codeOf, hostOn, newFolder, receive, root } from './shop-folder.ts'

/* Two hosts on one folder, a clock that is set, and files of another version. */

test('a second host leaves a folder alone while the first has it, and takes over the lock of one that was killed', async () => {
  const data = newFolder()
  const lock = join(data, 'host.pid')
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  writeFileSync(lock, String(other.pid))
  expect(codeOf(() => hostOn(data))).toBe('database.in_use')
  expect(existsSync(join(data, 'shop.db'))).toBe(false)
  const ended = new Promise((resolve) => other.once('exit', resolve))
  other.kill('SIGKILL')
  await ended
  const host = hostOn(data)
  expect(readFileSync(lock, 'utf8')).toContain(String(process.pid))
  await host.close()
  expect(existsSync(lock)).toBe(false)
})

test('a lock that is empty, of nonsense, or of a number another program has since is no host', () => {
  const data = newFolder()
  for (const text of ['', 'x', '-1', '0', '99999999', `${process.ppid} 1`]) {
    writeFileSync(join(data, 'host.pid'), text)
    lockFolder(data)()
  }
  expect(existsSync(join(data, 'host.pid'))).toBe(false)
})

test('numbers, days and histories stay whole while the clock is set back and forward between commands', () => {
  const shop = repairShop()
  try {
    const start = shop.clock.now()
    const numbers: string[] = []
    for (const days of [0, 3, -2, 40, 0, -400, 400, 0]) {
      shop.clock.set(start + days * day)
      numbers.push(shop.receive().number)
      shop.timeRules()
    }
    expect(new Set(numbers).size).toBe(numbers.length)
    // The clock is wrong for an hour in which a repair is worked on, and right again after it.
    shop.clock.set(start + day)
    const id = shop.at('in_repair')
    shop.clock.set(start)
    shop.work(id, 'test')
    shop.solve(id)
    expect(shop.row(id).state).toBe('processed')
    expect(shop.call('ledgers.verify', {}).faults).toEqual([])
    const ids = shop.log(id).map((line) => line.id)
    expect(ids).toEqual(ids.toSorted((a, b) => a - b))
  } finally {
    shop.close()
  }
})

test('a host whose clock runs years ahead and then right again keeps its shop, its numbers and its schedule', async () => {
  const data = newFolder()
  const clock = manualClock(Date.UTC(2026, 2, 2, 2))
  const host = hostOn(data, { clock })
  await foundEmptyShop(host, 'correct horse 12')
  const numbers = receive(host, 1)
  clock.set(Date.UTC(2031, 0, 1))
  numbers.push(...receive(host, 1))
  host.app.run('schedule.timeRules', { commandId: crypto.randomUUID(), limit: 100 })
  host.app.run('schedule.purge', { commandId: crypto.randomUUID() })
  await host.close()
  clock.set(Date.UTC(2026, 2, 2, 3))
  const again = hostOn(data, { clock })
  numbers.push(...receive(again, 1))
  expect(new Set(numbers).size).toBe(3)
  await again.close()
})

test('a file of a newer version and one of a changed migration are left as they are', () => {
  const path = join(newFolder(), 'shop.db')
  const future = { name: '9999_future.sql', sql: 'CREATE TABLE future (id INTEGER PRIMARY KEY) STRICT;' }
  openDatabase({ source: path, migrations: [...migrations, future] }).close()
  const before = readFileSync(path)
  expect(codeOf(() => openDatabase({ source: path, migrations }))).toBe('database.newer')
  const changed = [...migrations, { ...future, sql: `${future.sql} -- changed` }]
  expect(codeOf(() => openDatabase({ source: path, migrations: changed }))).toBe('database.changed_migration')
  expect(readFileSync(path).equals(before)).toBe(true)
})

test('a migration that fails half-way leaves the file as it was, and beside it a proved backup that restores to the same rows', async () => {
  const data = newFolder()
  const first = hostOn(data)
  await foundEmptyShop(first, 'correct horse 12')
  const numbers = receive(first, 2)
  await first.close()
  const folder = openDataFolder(data)
  const [rows, bytes] = [digestOf(folder), readFileSync(folder.database)]
  // The next version of the program, whose last migration breaks off after it has dropped a table.
  const next = newFolder()
  cpSync(join(root, 'drizzle'), join(next, 'drizzle'), { recursive: true })
  const half = 'CREATE TABLE half (id INTEGER); DROP TABLE repair_texts; INSERT INTO nobody VALUES (1);'
  writeFileSync(join(next, 'drizzle', '9999_half.sql'), half)
  expect(() => startHost({ data, root: next, version: '9.9.9' })).toThrow(/nobody/)
  expect(readFileSync(folder.database).equals(bytes)).toBe(true)
  expect(digestOf(folder)).toEqual(rows)
  const good = await newestGoodBackup(folder.backups, migrations)
  expect(good).toMatchObject({ kind: 'migration', ledgerFaults: 0, summary: { repairs: 2 } })

  // The version before goes on with the file; later somebody wants the state before the update all the same.
  const again = hostOn(data)
  expect(new Set([...numbers, ...receive(again, 1)]).size).toBe(3)
  await again.close()
  expect(digestOf(folder)).not.toEqual(rows)
  const by = { migrations, at: Date.now(), by: 'a person' }
  await restoreBackup({ folder, path: good?.path ?? '', ...by })
  expect(digestOf(folder)).toEqual(rows)
  await hostOn(data).close()
})

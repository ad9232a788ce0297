import { spawn, type ChildProcess } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError } from '#core/app.ts'
import { openDatabase } from '#core/db/open.ts'
import { examineDamage, restoreNewest } from '#host/recovery/damage.ts'
import { openOrRecover } from '#host/recovery/index.ts'
import { isSuspected, suspectDamage } from '#host/recovery/suspicion.ts'
import { migrations } from '../kit/app.ts'
import { served } from './served.ts'
import { hostOn, intakes, newFolder, receive, root, shopWithBackup } from './shop-folder.ts'

/*
 * The shop's file cut off or with flipped bits: it is noticed, nothing is written into it, and the shop is led to its
 * newest good backup, with what is lost said before anything is replaced.
 */
const seed = Number(process.env['BENCHSIDE_SEED'])
let shop: Awaited<ReturnType<typeof shopWithBackup>>
const children: ChildProcess[] = []

beforeAll(async () => {
  shop = await shopWithBackup(3, 2)
})
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
})

function copyOfShop(): string {
  const data = newFolder()
  cpSync(shop.data, data, { recursive: true })
  return data
}

/** Zeroes the pages in the middle of a file: what a bad disk leaves. */
function ruin(data: string): void {
  const path = join(data, 'shop.db')
  const bytes = readFileSync(path)
  bytes.fill(0xa5, Math.floor(bytes.length / 3), Math.floor(bytes.length / 2))
  writeFileSync(path, bytes)
}

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

function codeOf(act: () => unknown): string | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

const dump = (path: string) => {
  const file = new Database(path, { readonly: true })
  try {
    return file.prepare('SELECT id, number, uid, state FROM repairs ORDER BY id').raw().all()
  } finally {
    file.close()
  }
}

test('a file cut at a random offset is refused before anything is written into it', () => {
  const data = copyOfShop()
  const path = join(data, 'shop.db')
  const whole = readFileSync(path)
  const insideLastPage = whole.length - 18
  fc.assert(
    fc.property(
      fc.oneof(fc.integer({ min: 1, max: whole.length - 1 }), fc.constant(insideLastPage)),
      (length) => {
        const cut = whole.subarray(0, length)
        writeFileSync(path, cut)
        expect([length, codeOf(() => hostOn(data))]).toEqual([length, 'database.damaged'])
        expect(readFileSync(path).equals(cut)).toBe(true)
      },
    ),
    { seed, numRuns: 25, endOnFailure: true },
  )
})

test('a flipped bit is noticed at the start, or the file opens with every row it had', () => {
  const source = join(shop.data, 'shop.db')
  const whole = readFileSync(source)
  const rows = dump(source)
  const path = join(newFolder(), 'shop.db')
  const seen = { refused: 0, harmless: 0 }
  fc.assert(
    // Many bits of a page at once, as disks do it; a single one inside a text is no damage SQLite could see.
    fc.property(fc.nat(Math.floor(whole.length / 4096) - 1), fc.nat(7), (page, bit) => {
      const bytes = Buffer.from(whole)
      for (let at = page * 4096; at < page * 4096 + 24; at++) bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
      writeFileSync(path, bytes)
      const code = codeOf(() => openDatabase({ source: path, migrations }).close())
      const harmless = code === undefined
      seen[harmless ? 'harmless' : 'refused']++
      expect(code ?? 'database.damaged').toBe('database.damaged')
      expect(harmless ? dump(path) : rows).toEqual(rows)
    }),
    { seed, numRuns: 40, endOnFailure: true },
  )
  expect(seen.refused).toBeGreaterThan(10)
})

test('a torn log brings the file back to a whole commit, never to half of one', async () => {
  const data = copyOfShop()
  const host = hostOn(data)
  const torn = join(newFolder(), 'shop.db')
  const before = dump(join(data, 'shop.db'))
  const numbers = receive(host, 4)
  const log = readFileSync(join(data, 'shop.db-wal'))
  copyFileSync(join(data, 'shop.db'), torn)
  await host.close()
  fc.assert(
    fc.property(fc.nat(log.length), fc.boolean(), (length, flips) => {
      copyFileSync(join(shop.data, 'shop.db'), torn)
      const bytes = Buffer.from(log)
      if (flips && length < bytes.length) bytes[length] = (bytes[length] ?? 0) ^ 0x10
      writeFileSync(`${torn}-wal`, flips ? bytes : bytes.subarray(0, length))
      openDatabase({ source: torn, migrations, thorough: true }).close()
      const file = new Database(torn, { readonly: true })
      const got = file.prepare('SELECT number FROM repairs ORDER BY id').pluck().all() as string[]
      const halves = file
        .prepare(
          `SELECT count(*) FROM repairs r WHERE NOT EXISTS (SELECT 1 FROM repair_log l WHERE l.repair_id = r.id)
            OR (SELECT count(*) FROM outbox) < (SELECT count(*) FROM repairs)`,
        )
        .pluck()
        .get()
      expect(file.pragma('foreign_key_check')).toEqual([])
      file.close()
      // The commits up to the tear are there, in their order; those after it are not.
      expect([...shop.numbers, ...numbers].slice(0, got.length)).toEqual(got)
      expect(got.length).toBeGreaterThanOrEqual(before.length)
      expect(halves).toBe(0)
    }),
    { seed, numRuns: 20, endOnFailure: true },
  )
})

test('the newest good backup is found past a broken one, what came after it is counted, and the damaged file is kept', async () => {
  const data = copyOfShop()
  const good = readdirSync(join(data, 'backups')).find((name) => name.endsWith('.bsbackup')) ?? ''
  const broken = 'benchside-2099-01-01T000000Z-daily.bsbackup'
  copyFileSync(join(data, 'backups', good), join(data, 'backups', broken))
  truncateSync(join(data, 'backups', broken), Math.floor(statSync(join(data, 'backups', good)).size / 2))
  const { backup } = await examineDamage(data, migrations)
  expect(backup).toMatchObject({ name: good, repairs: 3, lost: { repairs: 2, invoices: 0, payments: 0 } })
  ruin(data)
  const damaged = readFileSync(join(data, 'shop.db'))
  expect(codeOf(() => hostOn(data))).toBe('database.damaged')
  const aside = await restoreNewest(data, migrations, { at: Date.now(), by: 'a person' })
  expect(readFileSync(join(data, aside ?? '', 'shop.db')).equals(damaged)).toBe(true)
  const host = hostOn(data)
  expect(dump(join(data, 'shop.db')).map((row) => (row as unknown[])[1])).toEqual(shop.numbers.slice(0, 3))
  await host.close()
})

test('the desktop program is told what its dialog says, and restores when it is told to', async () => {
  const data = copyOfShop()
  ruin(data)
  const options = { data, root, port: 0, restoreNewest: false, isDesktop: true, fail: () => {} }
  const hosts: ReturnType<typeof hostOn>[] = []
  const open = async () => void hosts.push(hostOn(data))
  const told = await openOrRecover(options, open).catch((error: unknown) => error)
  expect(told).toMatchObject({ code: 'database.damaged', params: { repairs: 3 } })
  expect(await openOrRecover({ ...options, restoreNewest: true }, open)).toBeUndefined()
  expect(hosts).toHaveLength(1)
  for (const host of hosts) await host.close()
})

test('without a good backup nothing is replaced', async () => {
  const data = copyOfShop()
  for (const name of readdirSync(join(data, 'backups')).filter((one) => one.endsWith('.bsbackup')))
    truncateSync(join(data, 'backups', name), 1000)
  ruin(data)
  const damaged = readFileSync(join(data, 'shop.db'))
  expect((await examineDamage(data, migrations)).backup).toBeNull()
  expect(await restoreNewest(data, migrations, { at: Date.now(), by: 'a person' })).toBeNull()
  expect(readFileSync(join(data, 'shop.db')).equals(damaged)).toBe(true)
})

test('a large file is looked through whole by the start after a call that met a bad page', async () => {
  const data = copyOfShop()
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

/** Lines the host prints, until one begins with the mark. */
async function printed(child: ChildProcess, mark: string): Promise<{ url: string }> {
  if (!child.stdout) throw new Error('the host prints')
  for await (const line of createInterface({ input: child.stdout }))
    if (line.startsWith(mark)) return JSON.parse(line.slice(mark.length)) as { url: string }
  throw new Error(`the host ended without ${mark}`)
}

test('the host of a damaged shop shows a page that restores on a click, and then serves the shop at the same address', async () => {
  const data = copyOfShop()
  ruin(data)
  const entry = join(root, 'src', 'host', 'index.ts')
  const child = spawn(process.execPath, [entry, '--serve', '--data', data, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const { url } = await printed(child, 'BENCHSIDE_DAMAGED ')
  const page = async () => await (await fetch(url, { headers: { accept: 'text/html' } })).text()
  const html = await page()
  expect(html).toContain('店铺的数据文件已损坏')
  expect(html).toContain('The shop’s data file is damaged')
  const token = /name="token" value="(\w+)"/.exec(html)?.[1] ?? ''
  const restore = (form: Record<string, string>) =>
    fetch(new URL('restore', url), { method: 'POST', body: new URLSearchParams(form) })
  // Neither a page from elsewhere nor a click without the tick restores anything.
  expect((await restore({ token: 'guessed', understood: 'on' })).status).toBe(403)
  expect((await restore({ token })).status).toBe(403)
  expect((await fetch(new URL('rpc/session/state', url), { method: 'POST', body: '{}' })).status).toBe(503)
  const done = await restore({ token, understood: 'on' })
  expect(await done.text()).toContain('replaced-')
  const health = async () =>
    await fetch(new URL('health', url)).then(
      (answer) => answer.status,
      () => 0,
    )
  await expect.poll(health, { timeout: 15_000 }).toBe(200)
  expect(existsSync(join(data, 'shop.db'))).toBe(true)
  child.kill('SIGTERM')
})

/** The pages that are nothing but what `ruinTable` put there. */
const ruined = (bytes: Buffer): number[] =>
  Array.from({ length: bytes.length / 4096 }, (_, page) => page).filter((page) =>
    bytes.subarray(page * 4096, (page + 1) * 4096).every((byte) => byte === 0xa5),
  )

test('pages that go bad while the host serves are told by the call that meets them, and the next start leads to the backup', async () => {
  const data = copyOfShop()
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

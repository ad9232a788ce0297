import { spawn, type ChildProcess } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '#core/db/open.ts'
import { program } from '#host/program.ts'
import { examineDamage, restoreNewest } from '#host/recovery/damage.ts'
import { openOrRecover } from '#host/recovery/index.ts'
import { migrations } from '../kit/app.ts'
import { codeOf, copyOf, dump, hostOn, newFolder, receive, root, shopWithBackup } from './shop-folder.ts'

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

/** Zeroes the pages in the middle of a file: what a bad disk leaves. */
function ruin(data: string): void {
  const path = join(data, 'shop.db')
  const bytes = readFileSync(path)
  bytes.fill(0xa5, Math.floor(bytes.length / 3), Math.floor(bytes.length / 2))
  writeFileSync(path, bytes)
}

test('a file cut at a random offset is refused before anything is written into it', () => {
  const data = copyOf(shop.data)
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
  const data = copyOf(shop.data)
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

test('a log cut before an end that was noted outside of the file is said at the next start, with the row that is missing', async () => {
  // What a power cut leaves: the files as they lie while the host has them open.
  const leftBy = (from: string): string => {
    const data = newFolder()
    cpSync(from, data, { recursive: true })
    rmSync(join(data, 'host.pid'), { force: true })
    return data
  }
  const first = copyOf(shop.data)
  const host = hostOn(first)
  receive(host, 3)
  const second = leftBy(first)
  await host.close()
  const recovered = hostOn(second)
  const lines = recovered.app.run('audit.state', {}, program).rows
  expect(recovered.app.run('audit.state', {}, program).faults).toEqual([])
  const cut = leftBy(second)
  await recovered.close()
  const wal = join(cut, 'shop.db-wal')
  truncateSync(wal, Math.floor(statSync(wal).size / 3))
  const shortened = hostOn(cut)
  const { rows, faults } = shortened.app.run('audit.state', {}, program)
  expect(rows).toBeLessThan(lines)
  expect(faults).toMatchObject([{ check: 'heads', rule: 'cut_off', row: expect.stringMatching(/^\d+$/) }])
  expect(Number(faults[0]?.row)).toBeLessThanOrEqual(lines)
  await shortened.close()
})

test('the newest good backup is found past a broken one, what came after it is counted, and the damaged file is kept', async () => {
  const data = copyOf(shop.data)
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
  const data = copyOf(shop.data)
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
  const data = copyOf(shop.data)
  for (const name of readdirSync(join(data, 'backups')).filter((one) => one.endsWith('.bsbackup')))
    truncateSync(join(data, 'backups', name), 1000)
  ruin(data)
  const damaged = readFileSync(join(data, 'shop.db'))
  expect((await examineDamage(data, migrations)).backup).toBeNull()
  expect(await restoreNewest(data, migrations, { at: Date.now(), by: 'a person' })).toBeNull()
  expect(readFileSync(join(data, 'shop.db')).equals(damaged)).toBe(true)
})

/** Lines the host prints, until one begins with the mark. */
async function printed(child: ChildProcess, mark: string): Promise<{ url: string }> {
  if (!child.stdout) throw new Error('the host prints')
  for await (const line of createInterface({ input: child.stdout }))
    if (line.startsWith(mark)) return JSON.parse(line.slice(mark.length)) as { url: string }
  throw new Error(`the host ended without ${mark}`)
}

test('the host of a damaged shop shows a page that restores on a click, and then serves the shop at the same address', async () => {
  const data = copyOf(shop.data)
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
  await expect.poll(health).toBe(200)
  expect(existsSync(join(data, 'shop.db'))).toBe(true)
  child.kill('SIGTERM')
})

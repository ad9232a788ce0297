import { createHash } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AppError } from '#core/app.ts'
import { verifyChain } from '#core/audit/verify.ts'
import { openDatabase } from '#core/db/open.ts'
import { openSnapshot, tableLines, transferTables } from '#core/db/transfer.ts'
import { tableWords } from '#host/transfer/table-words.ts'
import type { Manifest } from '#host/transfer/manifest.ts'
import type { ExportProgress } from '#host/transfer/write-export.ts'
import { migrations } from '../kit/app.ts'
import { cashShop, type CashShop } from '../core/billing/cash-kit.ts'
import { exportFile, exportOf, load, openShop, place, type Place } from './kit.ts'

/* Everything of a shop goes out as files anybody can read, and comes back as the same shop. */
let shop: CashShop
let at: Place
beforeEach(() => {
  shop = cashShop()
  at = place()
})
afterEach(() => {
  shop.close()
  at.clear()
})

const digests = ({ tables }: Manifest) => Object.fromEntries(tables.map(({ name, sha256 }) => [name, sha256]))
const codeOf = async (act: () => Promise<unknown>): Promise<string> => {
  try {
    await act()
    return 'done'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

/** A day at the shop with whatever is hard to write down: quotes, line ends, formulas, both scripts, a picture. */
function aDay(): { picture: string } {
  const texts = ['=1+1', '"quoted", and a\r\nline', '屏幕碎裂 📱', ' blanks ', '-5', "'", ',', '""']
  for (const faultText of texts) shop.receive({ faultText, internalNote: faultText })
  const { repairId, id } = shop.invoiced(5000)
  shop.takeMoney([[id, 2000]])
  shop.deposit(repairId, 300)
  const bytes = Buffer.from('not really a picture')
  const picture = createHash('sha256').update(bytes).digest('hex')
  mkdirSync(at.of('attachments', picture.slice(0, 2)), { recursive: true })
  writeFileSync(at.of('attachments', picture.slice(0, 2), picture), bytes)
  shop.app.run('files.register', {
    commandId: crypto.randomUUID(),
    kind: 'photo',
    repairId,
    draftUid: null,
    name: 'a.jpg',
    mime: 'image/jpeg',
    size: bytes.length,
    sha256: picture,
  })
  return { picture }
}

test('the same ledgers, the same log, the same pictures: exported again it is byte for byte the same', async () => {
  const { picture } = aDay()
  const out = await exportOf(shop, at)
  const { owner } = await load(at)
  expect(owner?.login).toBe('owner')
  const again = await exportFile(
    at.of('in', 'shop.db'),
    { ...at, of: (...parts) => at.of('in', ...parts) },
    at.of('again'),
  )
  // What the import itself left: its line in the log, the answer that was remembered, and how far search has words.
  const changed = Object.entries(digests(again)).filter(([name, sha]) => digests(out)[name] !== sha)
  expect(changed.map(([name]) => name).toSorted()).toEqual(['audit_log', 'commands'])
  const log = (folder: string) => readFileSync(at.of(folder, 'tables', 'audit_log.csv'), 'utf8')
  expect(log('again').startsWith(log('out'))).toBe(true)
  expect(again.attachments).toEqual(out.attachments)
  expect(readFileSync(at.of('in', 'attachments', picture.slice(0, 2), picture), 'utf8')).toBe(
    'not really a picture',
  )
})

/** Each word of the index with the repairs it leads to. */
function wordsIn(sql: Database.Database): unknown[] {
  sql.exec("CREATE VIRTUAL TABLE temp.indexed USING fts5vocab('main', 'repair_texts', 'instance')")
  return sql.prepare('SELECT term, doc FROM indexed ORDER BY term, doc').raw().all()
}

test('the imported shop finds what the old one found, its books are sound, and its numbers go on', async () => {
  aDay()
  await exportOf(shop, at)
  await load(at)
  const { app, sql, read } = openShop(at)
  const owner = shop.people.owner
  for (const text of ['屏幕', 'line', '1+1', '碎裂', 'quoted', '20260302003']) {
    const found = app.run('search.find', { text }, owner)
    expect(found.repairs.map(({ number }) => number)).toEqual(
      shop.call('search.find', { text }).repairs.map(({ number }) => number),
    )
    expect([text, found.repairs.length]).not.toEqual([text, 0])
  }
  expect(wordsIn(sql)).toEqual(wordsIn(shop.sql))
  expect(app.run('ledgers.verify', {}, owner)).toMatchObject({ ok: true, faults: [] })
  const { rows, fault } = verifyChain(read)
  expect([rows, fault]).toEqual([sql.prepare('SELECT count(*) FROM audit_log').pluck().get(), undefined])
  expect(sql.pragma('integrity_check', { simple: true })).toBe('ok')
  const input = { commandId: crypto.randomUUID(), ...shop.intake({}) }
  const next = app.run('repairs.receive', input, owner).repairs[0]?.number
  expect(next).toBe(shop.call('repairs.receive', shop.intake({})).repairs[0]?.number)
  // What may only be added to is so again.
  expect(() => sql.exec("UPDATE repair_log SET text = ''")).toThrow('append-only')
  app.close()
})

test('no secret leaves the shop: neither passwords nor PINs, sessions, passcodes, the mail password or the key of backups', async () => {
  shop.sql.exec("UPDATE users SET password_hash = 'SECRET-1', pin_hash = 'SECRET-2'")
  shop.call('settings.setMailPassword', { password: 'SECRET-3' })
  const { id } = shop.receive()
  shop.sql.prepare("INSERT INTO repair_passcodes VALUES (?, 'text', x'53454352', NULL)").run(id)
  shop.sql.exec(`INSERT INTO settings VALUES ('backups.key', '{"sealed":"SECRET-5"}', 1)`)
  shop.sql.exec("INSERT INTO sessions VALUES (1, 'SECRET-4', 1, 1, 0, 0, 0, NULL)")
  await exportOf(shop, at)
  for (const name of readdirSync(at.of('out', 'tables'))) {
    const text = readFileSync(at.of('out', 'tables', name), 'utf8')
    expect([name, /SECRET|mail\.password|U0VDUg/.test(text)]).toEqual([name, false])
  }
})

test('every table of the schema has its file and its words in both languages', async () => {
  const { tables } = await exportOf(shop, at)
  const names = tables.map(({ name }) => name).toSorted()
  expect(readdirSync(at.of('out', 'tables')).toSorted()).toEqual(names.map((name) => `${name}.csv`))
  expect(Object.keys(tableWords).toSorted()).toEqual(names)
  const readme = readFileSync(at.of('out', 'README.txt'), 'utf8')
  for (const name of names) expect(readme).toContain(`tables/${name}.csv: ${tableWords[name]?.zh ?? '?'}`)
})

test('how far an export is rises with the rows and pictures that went out, up to all of them', async () => {
  aDay()
  await exportOf(shop, at)
  const told: ExportProgress[] = []
  const manifest = await exportFile(at.of('out.db'), at, at.of('again'), (so) => told.push(so))
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  expect(new Set(told.map(({ of }) => of))).toEqual(new Set([rows + manifest.attachments.files]))
  const done = told.map((so) => so.done)
  expect(done).toEqual(done.toSorted((a, b) => a - b))
  expect(new Set(done).size).toBeGreaterThan(20)
  expect(done.at(-1)).toBe(rows + manifest.attachments.files)
})

test('a ZIP holds the same files as the folder', async () => {
  aDay()
  const folder = await exportOf(shop, at)
  const zip = await exportFile(at.of('out.db'), at, at.of('all.zip'))
  expect(digests(zip)).toEqual(digests(folder))
  const bytes = readFileSync(at.of('all.zip'))
  for (const { file } of folder.tables) expect(bytes.includes(file)).toBe(true)
})

test('an export is one moment of the shop, whatever is received while it is written', () => {
  writeFileSync(at.of('shop.db'), shop.sql.serialize())
  const { write, close } = openDatabase({ source: at.of('shop.db'), migrations })
  const snapshot = openSnapshot(at.of('shop.db'))
  const seats = transferTables(snapshot).find(({ name }) => name === 'seats')!
  const before = [...tableLines(snapshot, seats)]
  // The shop works on: the writer does not wait for the reader, and the reader does not see it.
  write.$client.exec("INSERT INTO seats (uid, name, created_at, last_seen_at) VALUES ('late', 'Late', 0, 0)")
  expect([...tableLines(snapshot, seats)]).toEqual(before)
  snapshot.close()
  close()
})

const damages: readonly (readonly [string, string, (folder: string) => void])[] = [
  [
    'export.damaged',
    'a table with one row more',
    (f) => appendFileSync(join(f, 'tables', 'repairs.csv'), 'x'),
  ],
  ['export.damaged', 'a table cut short', (f) => truncateSync(join(f, 'tables', 'money_entries.csv'), 40)],
  ['export.damaged', 'a table that is missing', (f) => rmSync(join(f, 'tables', 'invoices.csv'))],
  ['export.damaged', 'a picture that is missing', (f) => rmSync(join(f, 'attachments'), { recursive: true })],
  ['export.not_one', 'a folder without a manifest', (f) => rmSync(join(f, 'manifest.json'))],
  [
    'export.not_one',
    'a manifest that is none',
    (f) => writeFileSync(join(f, 'manifest.json'), '{"format":"x"}'),
  ],
  [
    'export.newer',
    'an export of a later program',
    (f) => edit(f, (m) => ({ ...m, schema: { ...m.schema, version: 999 } })),
  ],
  [
    'database.changed_migration',
    'an export of a program with another past',
    (f) =>
      edit(f, (m) => ({
        ...m,
        schema: {
          ...m.schema,
          migrations: m.schema.migrations.map((one) => ({ ...one, sha256: '0'.repeat(64) })),
        },
      })),
  ],
]

function edit(folder: string, change: (manifest: Manifest) => Manifest): void {
  const path = join(folder, 'manifest.json')
  const manifest: Manifest = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, JSON.stringify(change(manifest)))
}

test.each(damages)('%s: %s is refused, and nothing is left behind', async (code, _what, damage) => {
  aDay()
  await exportOf(shop, at)
  damage(at.of('out'))
  expect(await codeOf(() => load(at))).toBe(code)
  expect(existsSync(at.of('in')) ? readdirSync(at.of('in')) : []).toEqual([])
})

const forged: readonly (readonly [string, string, (repairs: string) => string])[] = [
  ['a number that is a text', 'tables/repairs.csv', (text) => text.replace(/\r\n1,/, '\r\n"one",')],
  ['two repairs with one number', 'tables/repairs.csv', (text) => text.replace('20260302002', '20260302001')],
  [
    'a repair without its device',
    'foreign keys',
    (text) => {
      const [heading = '', ...rows] = text.split('\r\n')
      const at = heading.split(',').indexOf('device_id')
      const cells = rows[0]?.split(',').with(at, '999') ?? []
      return [heading, cells.join(), ...rows.slice(1)].join('\r\n')
    },
  ],
]
test.each(forged)(
  '%s, hash and all, is refused for %s, and the folder is empty again',
  async (_, file, forge) => {
    aDay()
    await exportOf(shop, at)
    const path = at.of('out', 'tables', 'repairs.csv')
    const before = readFileSync(path, 'utf8')
    const text = forge(before)
    expect(text).not.toBe(before)
    writeFileSync(path, text)
    const sha256 = createHash('sha256').update(text).digest('hex')
    const bytes = Buffer.byteLength(text)
    edit(at.of('out'), (manifest) => ({
      ...manifest,
      tables: manifest.tables.map((one) => (one.name === 'repairs' ? { ...one, sha256, bytes } : one)),
    }))
    await expect(load(at)).rejects.toMatchObject({ code: 'export.damaged', params: { file } })
    expect(readdirSync(at.of('in'))).toEqual([])
  },
)

test('a folder with anything in it is not imported into', async () => {
  await exportOf(shop, at)
  mkdirSync(at.of('in'))
  writeFileSync(at.of('in', 'holiday.jpg'), '')
  expect(await codeOf(() => load(at))).toBe('export.folder_not_empty')
  expect(readdirSync(at.of('in'))).toEqual(['holiday.jpg'])
})

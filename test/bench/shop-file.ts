import { createHash, randomUUID } from 'node:crypto'
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { createApp, manualClock, secretBox, type App, type Caller, type ManualClock } from '#core/app.ts'
import { customSql } from '#core/db/custom-sql.ts'
import { openDatabase, type OpenDatabase } from '#core/db/open.ts'
import { hashToken } from '#host/transport/connection.ts'
import { migrations } from '../kit/app.ts'
import { random } from './measure.ts'
import { addCustomers, addDevices, addRepairs } from './shop-rows.ts'
import { readVocabulary } from './vocabulary.ts'

export const root = join(import.meta.dirname, '..', '..')
/** The moment at which every generated shop is looked at: Monday 2026-03-02, ten in the morning in Shanghai. */
export const benchNow = Date.UTC(2026, 2, 2, 2, 0, 0)
const benchToken = 'the token of the seat that measures'
/** In the system's temp folder, so that a second run finds what the first one made. */
export const benchFolder = join(tmpdir(), 'benchside-bench')
const timeZone = 'Asia/Shanghai'
const shopCode = 'SH'

/** Changes with everything that decides what is in a generated file. */
function recipeHash(real: boolean): string {
  const hash = createHash('sha256').update(customSql).update(String(real))
  for (const { sql } of migrations) hash.update(sql)
  const sources = [
    ...['shop-file', 'shop-rows', 'shop-history', 'rows', 'vocabulary'].map((name) =>
      join(import.meta.dirname, `${name}.ts`),
    ),
    ...['keys', 'person-words', 'text', 'pinyin'].map((name) =>
      join(root, 'src', 'core', 'search', `${name}.ts`),
    ),
  ]
  for (const path of sources) if (existsSync(path)) hash.update(readFileSync(path))
  return hash.digest('hex').slice(0, 12)
}

export interface OpenShop {
  readonly database: OpenDatabase
  readonly app: App
  readonly clock: ManualClock
  /** A seat that is signed in as the owner. */
  readonly caller: Caller
  call<T>(name: string, input: object): T
  close(): void
}

const quiet = {
  info: () => {},
  warn: () => {},
  error: (fields: object, message: string) => {
    console.error(message, fields)
  },
}

/** The real app on a file, or on a database that somebody else opened. */
export function openShop(source: string | OpenDatabase): OpenShop {
  const database = typeof source === 'string' ? openDatabase({ source, migrations }) : source
  const clock = manualClock(benchNow)
  const app = createApp({ database, clock, log: quiet, box: secretBox(Buffer.alloc(32, 7)) })
  const caller: Caller = { kind: 'seat', tokenHash: hashToken(benchToken) }
  return {
    database,
    app,
    clock,
    caller,
    call: <T>(name: string, input: object) => app.dispatch(name, input, caller) as T,
    close: () => app.close(),
  }
}

/** Founds the shop with its people through its own methods; answers who is there. */
function found(path: string): { ownerId: number; engineers: number[] } {
  const { app, clock, close } = openShop(path)
  const commandId = () => randomUUID()
  const { ownerId } = app.run('founding.commit', {
    commandId: commandId(),
    demo: false,
    shop: {
      name: '街角维修',
      code: shopCode,
      country: 'CN',
      currency: 'CNY',
      timeZone,
      languages: ['zh-CN', 'en'],
      defaultLanguage: 'zh-CN',
    },
    owner: { login: 'owner', name: '王店主', passwordHash: 'x', pinHash: null },
  })
  const owner = { userId: ownerId, seatId: null, permissions: new Set(['users.manage'] as const) }
  const technician = app.run('users.roles', {}, owner).find((role) => role.code === 'technician')
  const engineers = Array.from({ length: 8 }, (_, index) => {
    const secrets = { passwordHash: 'x', pinHash: null }
    const person = {
      login: `t${index}`,
      name: `技师${index + 1}`,
      language: null,
      roleIds: [technician?.id ?? 0],
    }
    return app.run('people.insert', { commandId: commandId(), ...person, ...secrets }).userId
  })
  clock.set(benchNow)
  openSeat(app, ownerId)
  close()
  return { ownerId, engineers }
}

/** Signs the measuring seat in. */
export function openSeat(app: App, userId: number, token = benchToken): void {
  app.run('access.openSession', {
    commandId: randomUUID(),
    userId,
    tokenHash: hashToken(token),
    seatUid: null,
    seatName: '前台一号',
    by: 'password',
  })
}

const keptCounters = [
  'UPDATE customers SET repairs_count = (SELECT count(*) FROM repairs r WHERE r.customer_id = customers.id)',
  `UPDATE customers SET open_repairs_count = (SELECT count(*) FROM repairs r WHERE r.customer_id = customers.id
     AND r.state NOT IN ('closed','cancelled','unclaimed','collected'))`,
  'UPDATE devices SET repairs_count = (SELECT count(*) FROM repairs r WHERE r.device_id = devices.id)',
  `UPDATE dictionary_entries SET repairs_count = n FROM (
     SELECT problem_type_id AS id, count(*) AS n FROM repairs GROUP BY 1 UNION ALL
     SELECT d.category_id, count(*) FROM repairs r JOIN devices d ON d.id = r.device_id GROUP BY 1 UNION ALL
     SELECT d.brand_id, count(*) FROM repairs r JOIN devices d ON d.id = r.device_id GROUP BY 1 UNION ALL
     SELECT d.model_id, count(*) FROM repairs r JOIN devices d ON d.id = r.device_id GROUP BY 1
   ) AS used WHERE used.id = dictionary_entries.id`,
  `INSERT INTO number_series (series, last) SELECT 'repair ' || substr(number, 1, 8), max(CAST(substr(number, 9) AS INTEGER))
     FROM repairs GROUP BY substr(number, 1, 8)`,
  `INSERT INTO day_counts (day, kind, count) SELECT date(received_at / 1000, 'unixepoch', '+8 hours'), 'received', count(*)
     FROM repairs GROUP BY 1`,
  `INSERT INTO day_counts (day, kind, count) SELECT date(processed_at / 1000, 'unixepoch', '+8 hours'), 'processed', count(*)
     FROM repairs WHERE processed_at IS NOT NULL GROUP BY 1`,
  `INSERT INTO day_counts (day, kind, count) SELECT date(collected_at / 1000, 'unixepoch', '+8 hours'), 'collected', count(*)
     FROM repairs WHERE collected_at IS NOT NULL GROUP BY 1`,
]

async function grow(path: string, repairs: number): Promise<void> {
  const vocabulary = await readVocabulary(root)
  const staff = found(path)
  const file = new Database(path)
  // Only while it is made: whatever goes wrong, the file is thrown away.
  for (const pragma of ['synchronous = OFF', 'foreign_keys = OFF', 'cache_size = -2000000'])
    file.pragma(pragma)
  const growing = {
    file,
    by: random(12_345),
    vocabulary,
    repairs,
    now: benchNow,
    timeZone,
    shopCode,
    ...staff,
  }
  const customers = addCustomers(growing)
  addRepairs(growing, addDevices(growing, customers.count), customers)
  for (const sql of keptCounters) file.exec(sql)
  const broken = file.pragma('foreign_key_check') as unknown[]
  if (broken.length > 0) throw new Error(`${broken.length} rows of the generated shop point nowhere`)
  file.pragma('journal_mode = WAL')
  file.close()
  // Closing lets SQLite gather its statistics, as the program does every evening.
  openDatabase({ source: path, migrations }).close()
}

/** A shop's file with this many repairs; made once and kept in the temp folder. Never written to: measure on a copy. */
export async function shopFile(
  repairs: number,
  fresh: boolean,
  say: (line: string) => void,
): Promise<string> {
  const { real } = await readVocabulary(root)
  if (!real)
    say('the real Open Repair rows are not beside the project: faults come from a built-in vocabulary')
  mkdirSync(benchFolder, { recursive: true })
  const name = `shop-${repairs}-${recipeHash(real)}.db`
  const path = join(benchFolder, name)
  for (const old of readdirSync(benchFolder)) {
    const stale = old.startsWith(`shop-${repairs}-`) && !old.startsWith(name)
    if (stale || (fresh && old.startsWith(name))) rmSync(join(benchFolder, old))
  }
  if (existsSync(path)) return path
  const from = performance.now()
  const half = `${path}.half`
  for (const suffix of ['', '-wal', '-shm']) rmSync(half + suffix, { force: true })
  await grow(half, repairs)
  renameSync(half, path)
  say(`grew a shop of ${repairs} repairs in ${((performance.now() - from) / 1000).toFixed(0)} s: ${path}`)
  return path
}

/** A data folder of its own with a copy of the file, for one measurement; remove it afterwards. */
export function dataFolder(file: string, name: string): { path: string; database: string; remove(): void } {
  const path = join(benchFolder, `run-${process.pid}-${name}`)
  rmSync(path, { recursive: true, force: true })
  mkdirSync(path, { recursive: true })
  const database = join(path, 'shop.db')
  copyFileSync(file, database, constants.COPYFILE_FICLONE)
  return { path, database, remove: () => rmSync(path, { recursive: true, force: true }) }
}

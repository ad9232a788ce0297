import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { contract } from '#contract/index.ts'
import { AppError, createApp, manualClock, secretBox } from '#core/app.ts'
import { openDatabase } from '#core/db/open.ts'
import { migrations } from '../kit/app.ts'
import { stockShop } from '../core/stock/kit.ts'
import { inputs, type World } from './from-schema.ts'

/*
 * Ten thousand random inputs a run through the real dispatch: no bug, no hang, and nothing gets into the file but by
 * the one transaction of a command that was done. BENCHSIDE_SEED repeats a run.
 */
const seed = Number(process.env['BENCHSIDE_SEED'])
const runs = 10_000
/** Nothing takes this long on any machine unless it hangs. */
const hangMs = 20_000

interface Target {
  readonly name: string
  readonly kind: string
  readonly schema: z.core.$ZodType
}

/** The host's tasks are asynchronous and are asked over HTTP in a test of their own. */
const targets: Target[] = Object.entries(contract).flatMap(([module, verbs]) =>
  Object.entries(verbs).flatMap(([verb, { kind, '~orpc': definition }]) =>
    kind === 'query' || kind === 'command'
      ? [{ name: `${module}.${verb}`, kind, schema: definition.inputSchema as z.core.$ZodType }]
      : [],
  ),
)

/** A shop in the middle of its day, as a file. */
function busyShop(): { bytes: Buffer; world: World; owner: ReturnType<typeof stockShop>['people']['owner'] } {
  const shop = stockShop()
  const parts = [shop.part({}, 50), shop.part({ serialised: true }), shop.part({ returnable: true }, 20)]
  for (const state of [
    'assigned',
    'diagnosing',
    'in_repair',
    'testing',
    'processed',
    'collected',
    'closed',
  ] as const)
    shop.at(state)
  const onBench = shop.repair()
  shop.issue(onBench, parts[0]!.number)
  const uids: string[] = []
  const words: string[] = []
  const tables = shop.sql
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .pluck()
    .all() as string[]
  for (const table of tables) {
    const info = shop.sql.pragma(`table_info(${table})`) as { name: string }[]
    const columns = new Set(info.map(({ name }) => name))
    const some = (column: string) =>
      columns.has(column)
        ? (shop.sql.prepare(`SELECT DISTINCT ${column} FROM ${table} LIMIT 20`).pluck().all() as unknown[])
        : []
    uids.push(...some('uid').filter((one) => typeof one === 'string'))
    for (const column of ['number', 'code', 'login', 'name', 'serial'])
      words.push(...some(column).filter((one) => typeof one === 'string'))
  }
  const made = { bytes: shop.sql.serialize(), world: { uids, words, ids: 12 }, owner: shop.people.owner }
  shop.close()
  return made
}

function fuzzedShop() {
  const { bytes, world, owner } = busyShop()
  const folder = mkdtempSync(join(tmpdir(), 'benchside-fuzz-'))
  const path = join(folder, 'shop.db')
  writeFileSync(path, bytes)
  const bugs: unknown[] = []
  const log = { info: () => {}, warn: () => {}, error: (fields: object) => void bugs.push(fields) }
  const clock = manualClock(Date.UTC(2026, 2, 3, 2, 0, 0))
  const database = openDatabase({ source: path, migrations })
  const app = createApp({ database, clock, log, box: secretBox(Buffer.alloc(32, 7)), checkOutputs: true })
  // Another connection sees each commit of the first, and nothing else of it.
  const beside = new Database(path, { readonly: true })
  const logged = beside.prepare('SELECT count(*) FROM audit_log').pluck()
  return {
    app,
    owner,
    world,
    bugs,
    commits: () => beside.pragma('data_version', { simple: true }) as number,
    logged: () => logged.get() as number,
    beside,
    close() {
      beside.close()
      app.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** JSON carries no `undefined` and no NaN: what reaches the host over any wire is this. */
function describe(value: unknown): string {
  return (JSON.stringify(value) ?? 'undefined').slice(0, 1500)
}

test(
  `ten thousand random inputs meet no bug, no hang and no write outside of a command's transaction`,
  { timeout: 120_000 },
  () => {
    const shop = fuzzedShop()
    const seen = { done: 0, refused: 0 }
    const one = (target: Target, raw: unknown): void => {
      const { name, kind } = target
      const isObject = typeof raw === 'object' && raw !== null && !Array.isArray(raw)
      // Each command is a new one: otherwise all but the first would only be told that their id is taken.
      const input = kind === 'command' && isObject ? { ...raw, commandId: randomUUID() } : raw
      const [commits, logged] = [shop.commits(), shop.logged()]
      const began = performance.now()
      let code: string | undefined
      try {
        shop.app.dispatch(name, input, { kind: 'host', actor: shop.owner })
        seen.done++
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        code = error.code
        seen.refused++
      }
      const slow = performance.now() - began >= hangMs
      const wrote = shop.commits() !== commits
      const rows = shop.logged() - logged
      const rightly = kind === 'query' || code !== undefined ? !wrote : rows === 1
      // Looked at only when something is wrong: the text of an input costs more than the call.
      const fine = shop.bugs.length === 0 && !slow && rightly
      const met = fine ? null : { name, input: describe(input), bugs: shop.bugs, slow, wrote, rows }
      expect(met).toBeNull()
    }
    const made = targets.map((target) =>
      inputs(target.schema, shop.world).map((input) => [target, input] as const),
    )
    const some = fc.oneof(...made)
    try {
      fc.assert(
        fc.property(some, ([target, input]) => one(target, input)),
        { seed, numRuns: runs, endOnFailure: true },
      )
      // Inputs that are all refused would prove little.
      expect(seen.done).toBeGreaterThan(runs / 20)
      expect(shop.app.run('ledgers.verify', {}, shop.owner).faults).toEqual([])
      expect(shop.beside.pragma('integrity_check', { simple: true })).toBe('ok')
      expect(shop.beside.pragma('foreign_key_check')).toEqual([])
    } finally {
      shop.close()
    }
  },
)

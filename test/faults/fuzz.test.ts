import { randomUUID } from 'node:crypto'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { contract } from '#contract/index.ts'
import { AppError, createApp, manualClock, secretBox, verifyShop } from '#core/app.ts'
import { openDatabase, openForReading } from '#core/db/open.ts'
import { openDataFolder, shopKey } from '#host/data-folder.ts'
import { migrations } from '../kit/app.ts'
import { busyShop } from './busy-shop.ts'
import { inputs } from './from-schema.ts'
import { worldOf, type ShopWorld } from './shop-world.ts'

/*
 * Ten thousand random inputs a run through the real dispatch, about what stands in the shop: no bug, no hang, and
 * nothing gets into the file but by the one transaction of a command that was done. BENCHSIDE_SEED repeats a run.
 */
const seed = Number(process.env['BENCHSIDE_SEED'])
const runs = 10_000
/** Nothing takes this long on any machine unless it hangs. */
const hangMs = 20_000
const minute = 60_000
const startsAt = Date.UTC(2026, 2, 3, 2, 0, 0)

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

interface Traces {
  readonly lines: number
  readonly changes: number
  readonly commands: number
}

async function fuzzedShop() {
  const { data, owner } = await busyShop(startsAt)
  const folder = openDataFolder(data)
  const bugs: unknown[] = []
  const log = { info: () => {}, warn: () => {}, error: (fields: object) => void bugs.push(fields) }
  const clock = manualClock(startsAt)
  const database = openDatabase({ source: folder.database, migrations })
  // Power cuts are another test's; waiting for the disk three thousand times would only be slow.
  database.write.$client.pragma('synchronous = OFF')
  const app = createApp({ database, clock, log, box: secretBox(shopKey(folder)), checkOutputs: true })
  // Another connection sees each commit of the first, and nothing else of it.
  const beside = new Database(folder.database, { readonly: true })
  const traces = beside.prepare(
    `SELECT (SELECT max(id) FROM audit_log) AS lines, (SELECT max(id) FROM outbox) AS changes,
        (SELECT count(*) FROM commands) AS commands`,
  )
  const lastResult = beside.prepare('SELECT result FROM audit_log ORDER BY id DESC LIMIT 1').pluck()
  return {
    app,
    clock,
    owner,
    world: worldOf(beside, clock.now, (method) => app.run(method, {}, owner)),
    bugs,
    commits: () => beside.pragma('data_version', { simple: true }) as number,
    /** How much there is of what every act leaves behind. */
    traces: () => traces.get() as Traces,
    lastResult: () => lastResult.get() as string,
    rounds() {
      app.run('schedule.timeRules', { commandId: randomUUID(), limit: 1000 })
      app.run('schedule.purge', { commandId: randomUUID() })
      app.run('schedule.retention', { commandId: randomUUID() })
    },
    /** What `npm run verify` says of the file. */
    verified() {
      const file = openForReading(folder.database, migrations)
      try {
        return verifyShop(file.read, [])
      } finally {
        file.close()
      }
    },
    close() {
      beside.close()
      app.close()
    },
  }
}

/** JSON carries no `undefined` and no NaN: what reaches the host over any wire is this. */
function describe(value: unknown): string {
  return (JSON.stringify(value) ?? 'undefined').slice(0, 1500)
}

/** How often each method was asked and done; draws the next one. */
function counters() {
  const asked = new Map<string, number>()
  const done = new Map<string, number>()
  const raise = (map: Map<string, number>, name: string) => void map.set(name, (map.get(name) ?? 0) + 1)
  return {
    ask: (name: string) => raise(asked, name),
    did: (name: string) => raise(done, name),
    total: () => [...done.values()].reduce((sum, count) => sum + count, 0),
    never: () => targets.map(({ name }) => name).filter((name) => !done.has(name)),
    /** Seldom done so far, and not yet tried so often that more would be in vain. */
    isDue: (name: string) => (done.get(name) ?? 0) < 4 && (asked.get(name) ?? 0) < 200,
  }
}

/** Half of the inputs are for methods that have seldom been done: those that few states of the shop allow. */
function randomCalls(world: ShopWorld, counts: ReturnType<typeof counters>) {
  const made = targets.map(({ name, kind, schema }) => {
    return { name, calls: inputs(name, schema, world).map((input) => ({ name, kind, input })) }
  })
  return fc.tuple(fc.nat(), fc.boolean()).chain(([at, dueOnly]) => {
    const due = dueOnly ? made.filter(({ name }) => counts.isDue(name)) : []
    const from = due.length > 0 ? due : made
    return (from[at % from.length] ?? made[0]!).calls
  })
}

test(
  `ten thousand random inputs meet no bug, no hang and no write outside of a command's transaction`,
  { timeout: 120_000 },
  async () => {
    const shop = await fuzzedShop()
    const counts = counters()
    let count = 0
    /** A refused act may have its line in the log; nothing else of it stays. */
    const leftNothing = (code: string | undefined, before: Traces) => {
      const { lines, ...others } = shop.traces()
      const isNoted = lines === before.lines + 1 && shop.lastResult() === code
      return isNoted && others.changes === before.changes && others.commands === before.commands
    }
    const one = ({ name, kind, input: raw }: { name: string; kind: string; input: unknown }): void => {
      const isObject = typeof raw === 'object' && raw !== null && !Array.isArray(raw)
      // Each command is a new one: otherwise all but the first would only be told that their id is taken.
      const input = kind === 'command' && isObject ? { ...raw, commandId: randomUUID() } : raw
      counts.ask(name)
      // Three weeks go by, and the program's own rounds run as they do every day.
      shop.clock.advance(3 * minute)
      if (++count % 500 === 0) shop.rounds()
      const [commits, before] = [shop.commits(), shop.traces()]
      const began = performance.now()
      let code: string | undefined
      try {
        shop.app.dispatch(name, input, { kind: 'host', actor: shop.owner })
        counts.did(name)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        code = error.reason
      }
      const slow = performance.now() - began >= hangMs
      const wrote = shop.commits() !== commits
      const isDone = code === undefined && kind === 'command'
      const rightly = isDone ? shop.traces().lines === before.lines + 1 : !wrote || leftNothing(code, before)
      // Looked at only when something is wrong: the text of an input costs more than the call.
      const isFine = shop.bugs.length === 0 && !slow && rightly
      const about = () => ({ name, code, input: describe(input), bugs: shop.bugs, slow, wrote, before })
      expect(isFine ? null : about()).toBeNull()
    }
    try {
      const calls = randomCalls(shop.world, counts)
      fc.assert(fc.property(calls, one), { seed, numRuns: runs, endOnFailure: true })
      // Inputs that are all refused would prove little: nearly every method was done, however few of them fit.
      const never = counts.never()
      expect(never.length > targets.length / 20 ? never : []).toEqual([])
      expect(counts.total()).toBeGreaterThan(runs / 6)
      // The chain, both ledgers, foreign keys and the file itself.
      expect(shop.verified()).toMatchObject({ faults: [] })
    } finally {
      shop.close()
    }
  },
)

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import type Database from 'better-sqlite3'
import { createApp, manualClock, secretBox, type Actor, type App, type ManualClock } from '#core/app.ts'
import { openDatabase, type OpenDatabase } from '#core/db/open.ts'
import type { InputOf, NamesOfKind, OutputOf } from '#contract/method-types.ts'
import { everyMethod } from '#contract/index.ts'
import { builtInRoles, defaultRolePermissions, type BuiltInRole } from '#contract/permissions.ts'

const folder = join(import.meta.dirname, '..', '..', 'drizzle')

/** The frozen migrations, in order. */
export const migrations = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .toSorted()
  .map((name) => ({ name, sql: readFileSync(join(folder, name), 'utf8') }))

const commandNames = new Set<string>(
  Object.entries(everyMethod).flatMap(([module, verbs]) =>
    Object.entries(verbs).flatMap(([verb, procedure]) =>
      procedure.kind === 'command' ? [`${module}.${verb}`] : [],
    ),
  ),
)

type Sync = NamesOfKind<'query' | 'command'>
type Command = NamesOfKind<'command'>
type Without<T> = T extends unknown ? Omit<T, 'commandId'> : never
/** A method's input; a command's id is added when the test does not give one. */
export type CallInput<N extends Sync> = N extends Command
  ? Without<InputOf<N>> & { commandId?: string }
  : InputOf<N>

export interface TestApp {
  readonly app: App
  readonly clock: ManualClock
  /** The raw handle, for assertions on rows. */
  readonly sql: Database.Database
  readonly people: Readonly<Record<BuiltInRole, Actor & { userId: number }>>
  /** A second technician, for what two people do. */
  readonly technician2: Actor & { userId: number }
  call<N extends Sync>(method: N, input: CallInput<N>): OutputOf<N>
  /** The same shop seen by a person of another role. */
  as(role: BuiltInRole | Actor): Pick<TestApp, 'call'>
  /** Runs the program's own schedule once. */
  timeRules(): OutputOf<'schedule.timeRules'>
  close(): void
}

interface Template {
  readonly bytes: Buffer
  readonly people: TestApp['people']
  readonly technician2: TestApp['technician2']
}

const templateStart = Date.UTC(2026, 0, 5, 1, 0, 0)
const key = Buffer.alloc(32, 7)
const quiet = {
  info: () => {},
  warn: () => {},
  // A bug inside core must fail the test that met it, with its cause.
  error: (fields: object, message: string) => {
    lastBug = { message, ...fields }
  },
}
let lastBug: object | undefined

/** What core logged as a bug since the last call; a test that expects `internal` looks here. */
export function takeBug(): object | undefined {
  const bug = lastBug
  lastBug = undefined
  return bug
}

function appOn(database: OpenDatabase, clock: ManualClock): App {
  return createApp({ database, clock, log: quiet, box: secretBox(key), checkOutputs: true })
}

let kept: Template | undefined

/** A migrated, set-up shop in Shanghai with one person per role: made once per test file, then copied as bytes. */
function template(): Template {
  if (kept) return kept
  const database = openDatabase({ source: ':memory:', migrations })
  const clock = manualClock(templateStart)
  const app = appOn(database, clock)
  const owner = { login: 'owner', name: '王店主', passwordHash: 'x', pinHash: null }
  const { ownerId } = app.run('founding.commit', {
    commandId: randomUUID(),
    demo: false,
    shop: {
      name: '测试维修店',
      code: 'SH',
      country: 'CN',
      currency: 'CNY',
      timeZone: 'Asia/Shanghai',
      languages: ['zh-CN', 'en'],
      defaultLanguage: 'zh-CN',
    },
    owner,
  })
  const ownerActor: Actor = {
    userId: ownerId,
    seatId: null,
    permissions: new Set(defaultRolePermissions.owner),
  }
  const roles = app.run('users.roles', {}, ownerActor)
  const seats = database.write.$client.prepare(
    'INSERT INTO seats (uid, name, created_at, last_seen_at) VALUES (?, ?, ?, ?) RETURNING id',
  )
  const seatId = seats.pluck().get(randomUUID(), 'Counter 1', templateStart, templateStart) as number
  const add = (login: string, role: BuiltInRole) => {
    const roleId = roles.find((r) => r.code === role)?.id ?? 0
    const { userId } = app.run('people.insert', {
      commandId: randomUUID(),
      login,
      name: login,
      language: null,
      roleIds: [roleId],
      passwordHash: 'x',
      pinHash: null,
    })
    return { userId, seatId, permissions: new Set(defaultRolePermissions[role]) }
  }
  const entries = builtInRoles.map((role) => [
    role,
    role === 'owner' ? { ...ownerActor, userId: ownerId, seatId } : add(role, role),
  ])
  const people = Object.fromEntries(entries) as TestApp['people']
  const technician2 = add('technician2', 'technician')
  kept = { bytes: database.write.$client.serialize(), people, technician2 }
  app.close()
  return kept
}

/**
 * The real app on a fresh copy of a migrated, set-up shop. `now` is the clock's start
 * (default 2026-03-02 10:00 in Shanghai); `role` is who calls (default owner).
 */
export function testApp(options: { now?: number; role?: BuiltInRole } = {}): TestApp {
  const { bytes, people, technician2 } = template()
  const clock = manualClock(options.now ?? Date.UTC(2026, 2, 2, 2, 0, 0))
  const database = openDatabase({ source: bytes, migrations })
  const app = appOn(database, clock)
  const caller = (actor: Actor): Pick<TestApp, 'call'>['call'] => {
    return (method, input) => {
      const isCommand = 'commandId' in input || commandNames.has(method)
      const full = isCommand ? { commandId: randomUUID(), ...input } : input
      try {
        return app.dispatch(method, full, { kind: 'host', actor }) as never
      } catch (error) {
        const bug = takeBug()
        if (bug)
          throw Object.assign(new Error(`bug in ${method}: ${JSON.stringify(bug)}`, { cause: error }), bug)
        throw error
      }
    }
  }
  const actorOf = (who: BuiltInRole | Actor): Actor => (typeof who === 'string' ? people[who] : who)
  return {
    app,
    clock,
    sql: database.write.$client,
    people,
    technician2,
    call: caller(actorOf(options.role ?? 'owner')),
    as: (who) => ({ call: caller(actorOf(who)) }),
    timeRules: () => app.run('schedule.timeRules', { commandId: randomUUID(), limit: 1000 }),
    close: () => app.close(),
  }
}

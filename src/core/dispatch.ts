import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { everyMethod } from '#contract/index.ts'
import { internalContract } from '#contract/internal.ts'
import type { ErrorCode } from '#contract/errors.ts'
import type { MethodMeta } from '#contract/method.ts'
import type { MethodName } from '#contract/method-types.ts'
import type { Actor, Change, CommandContext, LoggedAs, QueryContext, SeatOrigin } from './context.ts'
import { statement, type ReadDb, type WriteDb } from './db/handles.ts'
import { mapSqliteError, type OpenDatabase } from './db/open.ts'
import type { EventHub } from './events.ts'
import { handlers } from './handlers.ts'
import { AppError, assert } from './kernel/app-error.ts'
import type { Clock } from './kernel/clock.ts'
import { dayOf } from './kernel/days.ts'
import { newUid } from './kernel/ids.ts'
import { inputForLog, parseInput, redact } from './kernel/input.ts'
import type { Logger } from './kernel/logger.ts'
import type { SecretBox } from './kernel/secret-box.ts'
import { resolveSession, touchSession } from './access/steps.ts'
import { writeAudit } from './audit/steps.ts'
import { currentSettings, shopIsSetUp } from './settings/steps.ts'
import { systemStore } from './system/steps.ts'

/** Where a call comes from: a seat with its session token, or the host itself. */
export type Caller =
  | { readonly kind: 'seat'; readonly tokenHash: string | null; readonly from?: SeatOrigin }
  /** The host's own tasks and schedules; acts for `actor` when a person asked for it. */
  | { readonly kind: 'host'; readonly actor?: Actor; readonly tokenHash?: string }

export interface DispatchDeps {
  readonly database: OpenDatabase
  readonly clock: Clock
  readonly log: Logger
  readonly box: SecretBox
  readonly events: EventHub
  /** Tests check every answer against the contract; the shop does not pay for it. */
  readonly checkOutputs: boolean
}

interface Method {
  readonly name: MethodName
  readonly meta: MethodMeta
  readonly input: z.ZodType
  readonly output: z.ZodType
  readonly internal: boolean
  readonly handle: ((ctx: CommandContext, input: unknown) => unknown) | undefined
}

/** A task let in: who asks, and the parsed input. */
export interface Admitted {
  readonly actor: Actor
  readonly input: unknown
}

/** Something the host did or was asked to do: with which input, and `ok` or the code of the error. */
export interface NotedAct {
  readonly actor: Actor
  readonly input: unknown
  readonly result: 'ok' | ErrorCode
}

const nobody: Actor = { userId: null, seatId: null, permissions: new Set() }
const internalModules = new Set(Object.keys(internalContract))
const openBeforeSetup = new Set(['session.state', 'setup.create', 'founding.commit'])

function methodTable(): Map<string, Method> {
  const table = new Map<string, Method>()
  const tree: Record<string, Record<string, unknown>> = handlers
  for (const [module, procedures] of Object.entries(everyMethod)) {
    for (const [verb, procedure] of Object.entries(procedures)) {
      const definition = procedure['~orpc']
      const name = `${module}.${verb}` as MethodName
      const handle = tree[module]?.[verb] as Method['handle']
      table.set(name, {
        name,
        meta: definition.meta,
        input: definition.inputSchema as z.ZodType,
        output: definition.outputSchema as z.ZodType,
        internal: internalModules.has(module),
        handle,
      })
    }
  }
  return table
}

/** find → session → permission → parse → idempotency → BEGIN IMMEDIATE → handler → audit + outbox → COMMIT → events. */
export function createDispatch(deps: DispatchDeps) {
  const methods = methodTable()
  const find = (name: string, caller: Caller): Method => {
    const method = methods.get(name)
    if (!method || (method.internal && caller.kind !== 'host'))
      throw new AppError('not_found', { entity: 'method' })
    return method
  }
  return {
    /** Runs a query or a command. Throws AppError only. */
    dispatch(name: string, raw: unknown, caller: Caller): unknown {
      return guarded(deps, name, () => {
        const now = deps.clock.now()
        const method = find(name, caller)
        const { kind } = method.meta
        assert(kind === 'query' || kind === 'command', `${name} is synchronous`)
        const actor = admit(deps, method, caller, now)
        const call: Call = { method, actor, caller, now, input: parseInput(method.input, raw) }
        return kind === 'query' ? runQuery(deps, call) : runCommand(deps, call)
      })
    },
    /** Lets a task or a stream in: session, permission and parsing, as for a command. */
    admit(name: string, raw: unknown, caller: Caller): Admitted {
      return guarded(deps, name, () => {
        const method = find(name, caller)
        const actor = admit(deps, method, caller, deps.clock.now())
        return { actor, input: parseInput(method.input, raw) }
      })
    },
    /** Writes what the host did for a person into the log: a task's own act, which is no command. */
    note(name: string, act: NotedAct): void {
      guarded(deps, name, () => {
        const { meta } = find(name, { kind: 'host' })
        writeAudit(deps.database.write, {
          now: deps.clock.now(),
          actor: act.actor,
          method: name,
          commandId: null,
          input: inputForLog(act.input, meta.secret),
          result: act.result,
        })
      })
    },
  }
}

const inOneRead = statement((db: ReadDb) => db.$client.transaction((run: () => unknown) => run()))
const inOneTransaction = statement((db: WriteDb) => db.$client.transaction((run: () => unknown) => run()))

interface Call {
  readonly method: Method
  readonly actor: Actor
  readonly caller: Caller
  readonly now: number
  readonly input: unknown
}

/** Session and permission. A refusal is in the audit log. */
function admit(deps: DispatchDeps, method: Method, caller: Caller, now: number): Actor {
  const { database } = deps
  if (!openBeforeSetup.has(method.name) && !shopIsSetUp(database.read)) throw new AppError('setup.required')
  if (caller.kind === 'host' && method.internal) return caller.actor ?? nobody
  const actor = caller.kind === 'host' ? (caller.actor ?? null) : sessionActor(database, caller, now)
  const needed = method.meta.permission
  if (needed === 'public') return actor ?? nobody
  if (!actor) throw new AppError(caller.tokenHash ? 'session.expired' : 'session.required')
  if (needed !== 'signed_in' && !actor.permissions.has(needed)) {
    const refusal = { now, actor, method: method.name, commandId: null, input: '{}', result: 'forbidden' }
    writeAudit(database.write, refusal)
    throw new AppError('forbidden', { permission: needed })
  }
  return actor
}

function sessionActor(
  database: OpenDatabase,
  { tokenHash, from }: Extract<Caller, { kind: 'seat' }>,
  now: number,
): Actor | null {
  if (!tokenHash) return null
  const session = resolveSession(database.read, tokenHash, now)
  if (!session) return null
  // One write a minute is enough to know when a seat was last used.
  if (now - session.lastSeenAt > 60_000) touchSession(database.write, session.id, now, from)
  return session.actor
}

function queryContext(deps: DispatchDeps, db: ReadDb, call: Call): QueryContext {
  const settings = currentSettings(db)
  const { now, actor, caller } = call
  return {
    db,
    now,
    today: dayOf(now, settings.timeZone),
    settings,
    actor,
    tokenHash: caller.tokenHash ?? null,
    box: deps.box,
  }
}

/** A query sees one state of the file, and the file is locked for it once, not for each of its statements. */
function runQuery(deps: DispatchDeps, call: Call): unknown {
  const db = deps.database.read
  return inOneRead(db)(() => handled(deps, call.method, queryContext(deps, db, call), call.input))
}

interface Announcement {
  readonly topic: string
  readonly ids: readonly number[]
}

function commandContext(
  deps: DispatchDeps,
  call: Call,
  pending: Announcement[],
): Omit<CommandContext, 'logAs'> {
  const db = deps.database.write
  const { now } = call
  return {
    ...queryContext(deps, db, call),
    db,
    log: deps.log,
    newUid: () => newUid(now),
    record(change: Change) {
      systemStore.outbox(db, newUid(now), now, change)
      pending.push({ topic: change.entity, ids: [change.id] })
    },
    announce: (topic, ids) => pending.push({ topic, ids }),
  }
}

/** One IMMEDIATE transaction: what was done before is answered again, everything else is done, kept and audited. */
function runCommand(deps: DispatchDeps, call: Call): unknown {
  const { method, actor, now } = call
  const db = deps.database.write
  const { commandId, ...said } = call.input as { commandId: string }
  const pending: Announcement[] = []
  // Keyed, because an input may hold a short secret that a plain hash would let anybody guess.
  const { secret, bulk } = method.meta
  const compared = JSON.stringify(redact(said, bulk))
  const inputHash = deps.box.fingerprint(`${method.name} ${compared}`)
  const run = (): unknown => {
    const before = systemStore.commandDone(db, commandId)
    if (before) {
      if (before.inputHash !== inputHash || before.userId !== actor.userId)
        throw new AppError('command.reused')
      if (!method.meta.secretResult) return JSON.parse(before.result)
    }
    let logged: LoggedAs = {}
    const logAs = (as: LoggedAs): void => void (logged = as)
    const output = handled(deps, method, { ...commandContext(deps, call, pending), logAs }, call.input)
    if (!before) {
      const answer = method.meta.secretResult ? '{}' : JSON.stringify(output)
      systemStore.commandRun(db, {
        commandId,
        method: method.name,
        inputHash,
        result: answer,
        userId: actor.userId,
        now,
      })
    }
    const input = secret || bulk ? JSON.stringify(redact(said, secret)) : compared
    const entry = { now, method: method.name, commandId, input }
    writeAudit(db, { ...entry, actor: logged.actor ?? actor, result: logged.result ?? 'ok' })
    return output
  }
  const output = inOneTransaction(db).immediate(run)
  announceAll(deps, pending, actor.seatId)
  return output
}

/** Ids named in one announcement; more than this means "many", and seats reload the topic. */
const idsNamed = 200

/** One announcement per topic: an import of a thousand rows is one event, not a thousand. */
function announceAll(deps: DispatchDeps, pending: readonly Announcement[], seatId: number | null): void {
  const byTopic = new Map<string, Set<number>>()
  for (const { topic, ids } of pending) {
    const known = byTopic.get(topic) ?? new Set<number>()
    for (const id of ids) known.add(id)
    byTopic.set(topic, known)
  }
  for (const [topic, ids] of byTopic) deps.events.publish(topic, ids.size > idsNamed ? [] : [...ids], seatId)
}

function handled(
  deps: DispatchDeps,
  method: Method,
  ctx: QueryContext | CommandContext,
  input: unknown,
): unknown {
  assert(method.handle, `${method.name} has a handler`)
  const output = method.handle(ctx as CommandContext, input)
  if (deps.checkOutputs) method.output.parse(output)
  return output
}

/** Errors leave as AppError; anything else is a bug and becomes `internal` with a trace id, never a stack. */
function guarded<T>(deps: DispatchDeps, name: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    const mapped = mapSqliteError(error)
    if (mapped instanceof AppError) throw mapped
    const traceId = randomUUID()
    deps.log.error({ err: mapped, method: name, traceId }, 'a method failed')
    throw new AppError('internal', { traceId })
  }
}

import { randomUUID } from 'node:crypto'
import type { ErrorCode } from '#contract/errors.ts'
import type { Actor, Change, CommandContext, LoggedAs, QueryContext, SeatOrigin } from './context.ts'
import { statement, type ReadDb, type WriteDb } from './db/handles.ts'
import { mapSqliteError, type OpenDatabase } from './db/open.ts'
import { announceAll, type Announcement, type EventHub } from './events.ts'
import { AppError, assert } from './kernel/app-error.ts'
import type { Clock } from './kernel/clock.ts'
import { dayOf } from './kernel/days.ts'
import { newUid } from './kernel/ids.ts'
import { parseInput, redact } from './kernel/input.ts'
import type { Logger } from './kernel/logger.ts'
import type { SecretBox } from './kernel/secret-box.ts'
import { resolveSession, touchSession } from './access/steps.ts'
import { taskInput, withTouched, writeAudit } from './audit/steps.ts'
import { currentSettings, shopIsSetUp } from './settings/steps.ts'
import { systemStore } from './system/steps.ts'
import { methodTable, type Method } from './method-table.ts'

/** Where a call comes from: a seat with its session token, or the host itself. */
export type Caller =
  | { readonly kind: 'seat'; readonly tokenHash: string | null; readonly from?: SeatOrigin }
  /**
   * The host itself; acts for `actor` when a person asked for it. What is refused within a task or a schedule
   * (`within`) has no line of its own in the log: the task's line says how it ended.
   */
  | {
      readonly kind: 'host'
      readonly actor?: Actor
      readonly tokenHash?: string
      readonly within?: true
    }

export interface DispatchDeps {
  readonly database: OpenDatabase
  readonly clock: Clock
  readonly log: Logger
  readonly box: SecretBox
  readonly events: EventHub
  /** Tests check every answer against the contract; the shop does not pay for it. */
  readonly checkOutputs: boolean
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
/** Where no shop is yet, one may be made or brought. */
const openBeforeSetup = (name: string): boolean =>
  name.startsWith('takeover.') || ['session.state', 'setup.create', 'founding.commit'].includes(name)

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
        const actor = admit(deps, method, caller, now, raw)
        const call: Call = { method, actor, caller, now, input: parseInput(method.input, raw) }
        return kind === 'query' ? runQuery(deps, call) : runCommand(deps, call)
      })
    },
    /** Lets a task or a stream in: session, permission and parsing, as for a command. */
    admit(name: string, raw: unknown, caller: Caller): Admitted {
      return guarded(deps, name, () => {
        const method = find(name, caller)
        const actor = admit(deps, method, caller, deps.clock.now(), raw)
        return { actor, input: parseInput(method.input, raw) }
      })
    },
    /** Writes what the host did for a person into the log: a task's own act, which is no command. */
    note(name: string, act: NotedAct): void {
      guarded(deps, name, () => {
        const method = find(name, { kind: 'host' })
        writeAudit(deps.database.write, {
          now: deps.clock.now(),
          actor: act.actor,
          method: name,
          commandId: null,
          input: taskInput(method.log(), act.input),
          result: act.result,
        })
      })
    },
  }
}

const inOneRead = statement((db: ReadDb) => db.$client.transaction((run: () => unknown) => run()))
const inOneTransaction = statement((db: WriteDb) => db.$client.transaction((run: () => unknown) => run()))

/** Rows this connection has written since it was opened. */
const changesOf = statement((db: WriteDb) => db.$client.prepare('SELECT total_changes()').pluck())

interface Call {
  readonly method: Method
  readonly actor: Actor
  readonly caller: Caller
  readonly now: number
  readonly input: unknown
}

/** Session and permission. A refusal is in the audit log. */
function admit(deps: DispatchDeps, method: Method, caller: Caller, now: number, raw: unknown): Actor {
  const { database } = deps
  if (!openBeforeSetup(method.name) && !shopIsSetUp(database.read)) throw new AppError('setup.required')
  if (caller.kind === 'host' && method.internal) return caller.actor ?? nobody
  const actor = caller.kind === 'host' ? (caller.actor ?? null) : sessionActor(database, caller, now)
  const needed = method.meta.permission
  if (needed === 'public') return actor ?? nobody
  if (!actor) throw new AppError(caller.tokenHash ? 'session.expired' : 'session.required')
  if (needed !== 'signed_in' && !actor.permissions.has(needed)) {
    const asked = method.input.safeParse(raw)
    const refusal = new AppError('forbidden', { permission: needed })
    noteRefusal(deps, { method, actor, caller, now, input: asked.success ? asked.data : {} }, refusal)
    throw refusal
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

/** What one act leaves behind besides its rows. */
interface Traces {
  readonly pending: Announcement[]
  /** What it changed and whose it is: `repairs:12`. */
  readonly touched: Set<string>
  logged: LoggedAs
}

function commandContext(
  deps: DispatchDeps,
  call: Call,
  { pending, touched, logged }: Traces,
): CommandContext {
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
      touched.add(`${change.entity}:${change.id}`)
      const { repairId, customerId } = change.payload as { repairId?: unknown; customerId?: unknown }
      if (typeof repairId === 'number') touched.add(`repairs:${repairId}`)
      if (typeof customerId === 'number') touched.add(`customers:${customerId}`)
    },
    announce: (topic, ids) => pending.push({ topic, ids }),
    logAs: (as) => void Object.assign(logged, as),
  }
}

/** One IMMEDIATE transaction: what was done before is answered again, everything else is done, kept and audited. */
function runCommand(deps: DispatchDeps, call: Call): unknown {
  const { method, actor, now } = call
  const db = deps.database.write
  const { commandId, ...said } = call.input as { commandId: string }
  const traces: Traces = { pending: [], touched: new Set(), logged: {} }
  // Keyed, because an input may hold a short secret that a plain hash would let anybody guess.
  const compared = JSON.stringify(redact(said, method.meta.bulk))
  const inputHash = deps.box.fingerprint(`${method.name} ${compared}`)
  const run = (): unknown => {
    const before = systemStore.commandDone(db, commandId)
    if (before) {
      if (before.inputHash !== inputHash || before.userId !== actor.userId)
        throw new AppError('command.reused')
      if (!method.meta.secretResult) return JSON.parse(before.result)
    }
    const changes = changesOf(db).get()
    const output = handled(deps, method, commandContext(deps, call, traces), call.input)
    if (traces.logged.ifChanged && changesOf(db).get() === changes) return output
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
    const { logged, touched } = traces
    const text = method.log().whole ? compared : method.log().text(said, logged.before)
    const entry = { now, method: method.name, commandId, input: withTouched(text, touched) }
    writeAudit(db, { ...entry, actor: logged.actor ?? actor, result: logged.result ?? 'ok' })
    return output
  }
  let output: unknown
  try {
    output = inOneTransaction(db).immediate(run)
  } catch (error) {
    noteRefusal(deps, call, error)
    throw error
  }
  announceAll(deps.events, traces.pending, actor.seatId)
  return output
}

/** What was refused has a line, too, written when its transaction has been taken back; no command stands behind it. */
function noteRefusal(deps: DispatchDeps, { method, actor, caller, now, input }: Call, error: unknown): void {
  if (method.internal || (caller.kind === 'host' && caller.within)) return
  const known = mapSqliteError(error)
  const result = known instanceof AppError ? known.reason : 'internal'
  // What kept the act out of the file would keep its line out of it as well.
  if (result.startsWith('database.')) return
  const { commandId: _id, ...said } = input as { commandId?: string }
  const line = { now, actor, method: method.name, commandId: null, input: method.log().text(said), result }
  try {
    writeAudit(deps.database.write, line)
  } catch (failure) {
    deps.log.warn({ err: failure, method: method.name }, 'a refusal could not be written into the log')
  }
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

import type { InputOf, MethodName, NamesOfKind, OutputOf } from '#contract/method-types.ts'
import type { Actor } from './context.ts'
import { createDispatch, type Admitted, type Caller, type NotedAct } from './dispatch.ts'
import type { OpenDatabase } from './db/open.ts'
import { createEventHub, type AppEvent } from './events.ts'
import type { Clock } from './kernel/clock.ts'
import type { Logger } from './kernel/logger.ts'
import type { SecretBox } from './kernel/secret-box.ts'

// What the host needs of core besides the app itself; core's inside stays its own.
export { AppError, fieldError } from './kernel/app-error.ts'
export { systemClock, manualClock, type Clock, type ManualClock } from './kernel/clock.ts'
export { newUid } from './kernel/ids.ts'
export { addDays, dayOf, daysBetween, startOfDay } from './kernel/days.ts'
export { secretBox, type SecretBox } from './kernel/secret-box.ts'
export type { Logger } from './kernel/logger.ts'
export type { Actor } from './context.ts'
export type { Admitted, Caller } from './dispatch.ts'
export type { AppEvent } from './events.ts'
export { verifyShop } from './audit/queries.ts'

export interface AppDeps {
  readonly database: OpenDatabase
  readonly clock: Clock
  readonly log: Logger
  readonly box: SecretBox
  /** Tests check every answer against the contract. */
  readonly checkOutputs?: boolean
}

type Sync = NamesOfKind<'query' | 'command'>
type Task = NamesOfKind<'task' | 'stream'>
/** A call's input as the caller writes it; parsed in dispatch. */
type Given<N extends MethodName> = InputOf<N>

export interface App {
  /** Any query or command by name, from a transport. Throws AppError only. */
  dispatch(name: string, input: unknown, caller: Caller): unknown
  /** Session, permission and parsing for a task the host runs. */
  admit<N extends Task>(name: N, input: unknown, caller: Caller): { actor: Actor; input: InputOf<N> }
  /** A query or command on behalf of the host (typed); `actor` when a person asked for it. */
  run<N extends Sync>(name: N, input: Given<N>, actor?: Actor, tokenHash?: string): OutputOf<N>
  /** Writes a task's act into the audit log; what commands do is there by itself. */
  note(name: MethodName, act: NotedAct): void
  subscribe(listener: (event: AppEvent) => void): () => void
  /** Announces something that is no database change (progress of a task). */
  announce(topic: string, ids: readonly number[]): void
  readonly clock: Clock
  readonly log: Logger
  readonly schemaVersion: number
  close(): void
}

/** The only door to the business: one file, one order of writes. */
export function createApp(deps: AppDeps): App {
  const events = createEventHub((error) => deps.log.error({ err: error }, 'an event listener failed'))
  const inner = createDispatch({ ...deps, events, checkOutputs: deps.checkOutputs ?? false })
  return {
    dispatch: inner.dispatch,
    admit: (name, input, caller) =>
      inner.admit(name, input, caller) as Admitted & { input: InputOf<typeof name> },
    run: (name, input, actor, tokenHash) =>
      inner.dispatch(name, input, {
        kind: 'host',
        within: true,
        ...(actor ? { actor } : {}),
        ...(tokenHash ? { tokenHash } : {}),
      }) as OutputOf<typeof name>,
    note: inner.note,
    subscribe: events.subscribe,
    announce: (topic, ids) => events.publish(topic, ids, null),
    clock: deps.clock,
    log: deps.log,
    schemaVersion: deps.database.schemaVersion,
    close: () => deps.database.close(),
  }
}

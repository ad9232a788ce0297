import type { Logger } from './kernel/logger.ts'
import type { ErrorCode } from '#contract/errors.ts'
import type { Permission } from '#contract/permissions.ts'
import type { InputOf, KindOf, ModuleName, Methods, MethodName, OutputOf } from '#contract/method-types.ts'
import type { ShopSettings } from '#contract/settings.ts'
import type { ReadDb, WriteDb } from './db/handles.ts'
import type { SecretBox } from './kernel/secret-box.ts'

/** Who is acting: a person at a seat, or the program itself (`userId` null). */
export interface Actor {
  readonly userId: number | null
  readonly seatId: number | null
  readonly permissions: ReadonlySet<Permission>
}

/** What every handler may know. Moments come from `now`, never from the clock, so one act has one time. */
/** Where a seat calls from: its address in figures, and its browser as that names itself. */
export interface SeatOrigin {
  readonly address: string
  readonly agent: string
}

export interface QueryContext {
  readonly db: ReadDb
  /** UTC epoch ms at which the act began. */
  readonly now: number
  /** The shop's calendar day of `now`. */
  readonly today: string
  readonly settings: ShopSettings
  readonly actor: Actor
  /** The hash of the token the caller came with; only sessions' own methods look at it. */
  readonly tokenHash: string | null
  /** Opens what was sealed with the shop's key; a command also seals. */
  readonly box: SecretBox
}

/** One change of an aggregate: goes to the outbox in the same transaction and is announced after commit. */
export interface Change {
  /** Event topic and outbox entity: `repairs`, `customers` … */
  readonly entity: string
  readonly id: number
  readonly uid: string
  readonly version: number
  /** `repair.received`, `customer.merged` … */
  readonly type: string
  readonly payload: object
}

export interface LoggedAs {
  readonly result?: ErrorCode
  readonly actor?: Pick<Actor, 'userId' | 'seatId'>
  /** The fields of the input as they stood before: the log then says of personal ones whether they changed. */
  readonly before?: object
  /** A round of the program's own, each minute: one that changes nothing leaves no line and no answer. */
  readonly ifChanged?: true
}

export interface CommandContext extends QueryContext {
  readonly db: WriteDb
  readonly log: Logger
  /** A UUIDv7 of this act. */
  newUid(): string
  /** Writes the outbox row and announces the change after commit. */
  record(change: Change): void
  /**
   * How the act stands in the audit log, where that is not as it looks: what a person tried by it was refused (a
   * wrong password is counted), or who acts is known only now (who signs in).
   */
  logAs(as: LoggedAs): void
  /** Announces without an outbox row: progress, drafts, presence. */
  announce(topic: string, ids: readonly number[]): void
}

type ContextOf<N extends MethodName> = KindOf<N> extends 'command' ? CommandContext : QueryContext

/** null stays null; an object may not be a Promise. */
type Synchronous<T> = T extends object ? T & { readonly then?: never } : T

/**
 * A handler is synchronous: better-sqlite3 is, so a command cannot be interleaved. A Promise has `then`,
 * hence an `async` handler does not compile.
 */
export type Handler<N extends MethodName> = (ctx: ContextOf<N>, input: InputOf<N>) => Synchronous<OutputOf<N>>

type InCore<M extends ModuleName> = {
  [V in keyof Methods[M] & string]: KindOf<`${M}.${V}` & MethodName> extends 'query' | 'command' ? V : never
}[keyof Methods[M] & string]

/** The handlers a module must have: one per query and command of its contract, none missing, none more. */
export type HandlersOf<M extends ModuleName> = {
  readonly [V in InCore<M>]: Handler<`${M}.${V}` & MethodName>
}

import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { MethodPermission } from './permissions.ts'

/**
 * The kinds of method (architecture §4). `stream` is the event feed.
 * query: synchronous read; command: one IMMEDIATE transaction, idempotent, audited;
 * task: asynchronous, holds no transaction.
 */
export type MethodKind = 'query' | 'command' | 'task' | 'stream'

/** What dispatch needs to know of a method beyond its schemas. */
export interface MethodMeta {
  readonly kind: MethodKind
  readonly permission: MethodPermission
  /** The answer is a secret: it is not kept for a resent command, which runs again instead. */
  readonly secretResult?: boolean
  /** Input paths never written to the audit log or a log file (passwords, PINs, passcodes). */
  readonly secret?: readonly string[]
  /**
   * Fields of an input of the host's own that are long and say nothing new once the others are known; a resent
   * command is told from another one without them.
   */
  readonly bulk?: readonly string[]
}

function ofKind<K extends MethodKind, P extends object>(kind: K, procedure: P): P & { readonly kind: K } {
  // The kind stands on the procedure itself too, so that types can tell methods apart (method-types.ts).
  return Object.assign(procedure, { kind })
}

const base = oc.$meta<MethodMeta>({ kind: 'query', permission: 'signed_in' })

/** Identifies one act of a person, so that a resent command is done once. Any UUID. */
export const commandId = z.uuid()

/** A read: synchronous, on a read-only handle, never audited. */
export function query<I extends z.ZodRawShape, O extends z.ZodType>(
  permission: MethodPermission,
  input: I,
  output: O,
) {
  return ofKind('query', base.meta({ kind: 'query', permission }).input(z.strictObject(input)).output(output))
}

/** A change: exactly one transaction. Adds `commandId` to the input. */
export function command<I extends z.ZodRawShape, O extends z.ZodType>(
  permission: MethodPermission,
  input: I,
  output: O,
  options: Pick<MethodMeta, 'secret' | 'secretResult' | 'bulk'> = {},
) {
  return ofKind(
    'command',
    base
      .meta({ kind: 'command', permission, ...options })
      .input(z.strictObject({ commandId, ...input }))
      .output(output),
  )
}

/** Asynchronous work of the host: documents, files, password hashing. */
export function task<I extends z.ZodRawShape, O extends z.ZodType>(
  permission: MethodPermission,
  input: I,
  output: O,
  options: Pick<MethodMeta, 'secret' | 'secretResult'> = {},
) {
  return ofKind(
    'task',
    base
      .meta({ kind: 'task', permission, ...options })
      .input(z.strictObject(input))
      .output(output),
  )
}

/** A feed of events; its output schema describes one event. */
export function stream<I extends z.ZodRawShape, O extends z.ZodType>(
  permission: MethodPermission,
  input: I,
  _event: O,
) {
  return ofKind(
    'stream',
    base
      .meta({ kind: 'stream', permission })
      .input(z.strictObject(input))
      .output(z.custom<AsyncIterable<z.output<O>>>()),
  )
}

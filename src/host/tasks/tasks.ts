import type { ErrorCode } from '#contract/errors.ts'
import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { Actor, App, Caller } from '#core/app.ts'
import { AppError } from '#core/app.ts'
import { createFetches, isNoted, type TaskName } from './noted.ts'
import type { Connection } from '../transport/connection.ts'
import type { FileStore } from '../file-store.ts'
import type { LoginLimits } from '../login-limits.ts'
import type { DataFolder } from '../data-folder.ts'

/** What a task may use: the app's methods, never the database. */
export interface TaskContext {
  readonly app: App
  readonly actor: Actor
  readonly connection: Connection
  readonly tokenHash: string | undefined
  readonly files: FileStore
  readonly folder: DataFolder
  readonly root: string
  /** Wrong passwords by where they come from. */
  readonly limits: LoginLimits
}

export type TaskHandler<N extends TaskName> = (ctx: TaskContext, input: InputOf<N>) => Promise<OutputOf<N>>
/** One function per task of the contract: a missing one is a compile error. */
export type TaskHandlers = { readonly [N in TaskName]: TaskHandler<N> }

export interface TaskRunner {
  run(name: string, input: unknown, caller: Caller, connection: Connection): Promise<unknown>
}

/** Lets a task in (session, permission, parsing), runs it, and writes into the audit log what came of it. */
export function createTaskRunner(
  handlers: TaskHandlers,
  parts: Pick<TaskContext, 'app' | 'files' | 'folder' | 'root' | 'limits'>,
): TaskRunner {
  const table: Partial<Record<string, TaskHandler<never>>> = handlers
  const goesOn = createFetches()
  return {
    async run(name, raw, caller, connection) {
      const handle = table[name]
      if (!handle) throw new AppError('not_found', { entity: 'method' })
      const { actor, input } = parts.app.admit(name as TaskName, raw, caller)
      const tokenHash = connection.tokenHash() ?? undefined
      const note = (result: 'ok' | ErrorCode): void => {
        if (!isNoted(name as TaskName, result)) return
        if (result === 'ok' && goesOn(name as TaskName, input, tokenHash)) return
        parts.app.note(name as TaskName, { actor, input, result })
      }
      try {
        const output = await handle({ ...parts, actor, connection, tokenHash }, input as never)
        note('ok')
        return output
      } catch (error) {
        note(error instanceof AppError ? error.reason : 'internal')
        throw error
      }
    },
  }
}

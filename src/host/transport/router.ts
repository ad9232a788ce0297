import { ORPCError, os } from '@orpc/server'
import { contract } from '#contract/index.ts'
import { AppError, type App, type AppEvent } from '#core/app.ts'
import type { CallContext } from './connection.ts'
import { transportError } from './refusals.ts'
import type { TaskRunner } from '../tasks/tasks.ts'

interface Parts {
  readonly app: App
  readonly tasks: TaskRunner
  /** Aborts when the host closes: open event streams end. */
  readonly closing: AbortSignal
  /** Runs when a call was answered `database.damaged`. */
  readonly onDamage?: () => void
}

/** Every method of the contract as an oRPC procedure. Validation and permission are dispatch's; this only carries. */
export function createRouter(parts: Parts) {
  const base = os.$context<CallContext>()
  const call = (name: string, kind: string) =>
    base.handler(async ({ input, context, signal }) => {
      try {
        // A call without an argument is the same as one with an empty object.
        const given: unknown = input ?? {}
        const { connection } = context
        const tokenHash = connection.tokenHash()
        const from = connection.origin
        const caller = { kind: 'seat', tokenHash, ...(from ? { from } : {}) } as const
        if (kind === 'task') return await parts.tasks.run(name, given, caller, connection)
        if (kind === 'stream') {
          parts.app.admit('session.events', given, caller)
          return eventStream(parts, AbortSignal.any([parts.closing, ...(signal ? [signal] : [])]), tokenHash)
        }
        return parts.app.dispatch(name, given, caller)
      } catch (error) {
        if (error instanceof AppError && error.code === 'database.damaged') parts.onDamage?.()
        throw toTransportError(parts.app, name, error)
      }
    })
  const tree = Object.entries(contract).map(([module, procedures]) => {
    const verbs = Object.entries(procedures).map(([verb, procedure]) => [
      verb,
      call(`${module}.${verb}`, procedure.kind),
    ])
    return [module, Object.fromEntries(verbs) as Record<string, ReturnType<typeof call>>] as const
  })
  return Object.fromEntries(tree)
}

function toTransportError(app: App, name: string, error: unknown): ORPCError<string, unknown> {
  if (error instanceof AppError) {
    return new ORPCError(error.code, {
      status: error.status,
      message: error.code,
      data: error.data,
      defined: true,
    })
  }
  const traceId = crypto.randomUUID()
  app.log.error({ err: error, method: name, traceId }, 'a task failed')
  return transportError('internal', { traceId }, traceId)
}

/** A seat that was signed out elsewhere is told by its stream, at once, and hears nothing more. */
function stillSignedIn(app: App, tokenHash: string | null): void {
  if (tokenHash === null || !app.run('access.alive', { tokenHash })) throw transportError('session.expired')
}

/** A slow seat loses old announcements, never the connection: it asks anew when it sees a gap in `seq`. */
const queueLimit = 1000

/** After these the seat itself may no longer be signed in. */
const endsSessions = new Set(['seats', 'users', 'roles'])
/** A session that runs out ends its stream within this time. */
const lookMs = 60_000

async function* eventStream(
  parts: Parts,
  signal: AbortSignal,
  tokenHash: string | null,
): AsyncGenerator<AppEvent> {
  const queue: AppEvent[] = []
  let wake: (() => void) | undefined
  let due = false
  const timer = setInterval(() => {
    due = true
    wake?.()
  }, lookMs)
  const unsubscribe = parts.app.subscribe((event) => {
    if (queue.length >= queueLimit) queue.shift()
    queue.push(event)
    wake?.()
  })
  const onAbort = () => wake?.()
  signal.addEventListener('abort', onAbort)
  try {
    // The first event tells the seat that the stream is open.
    yield { seq: 0, topic: 'connected', ids: [], seatId: null }
    while (!signal.aborted) {
      const event = queue.shift()
      if (due || (event && endsSessions.has(event.topic))) stillSignedIn(parts.app, tokenHash)
      due = false
      if (event) yield event
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    clearInterval(timer)
    unsubscribe()
    signal.removeEventListener('abort', onAbort)
  }
}

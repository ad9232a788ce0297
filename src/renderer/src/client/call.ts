import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '#contract/index.ts'
import type { InputOf, MethodName, NamesOfKind, OutputOf } from '#contract/method-types.ts'
import { deviceNow, hearHostTime } from './clock.ts'
import { CallError, isConnectionLoss, isSessionLoss, toCallError } from './call-error.ts'
import { reportLoss, setBeat, setProbe, watchCall } from './connection.ts'
import { dropLink, openLink } from './transport.ts'

/** The methods a window may call; the host's internal ones are not among them. */
export type PublicName = Extract<MethodName, `${keyof Contract & string}.${string}`>
export type QueryName = Extract<PublicName, NamesOfKind<'query'>>
/** Commands and tasks that carry a `commandId`: a resent one is done once. */
export type CommandName = {
  [N in Extract<PublicName, NamesOfKind<'command' | 'task'>>]: 'commandId' extends keyof InputOf<N>
    ? N
    : never
}[Extract<PublicName, NamesOfKind<'command' | 'task'>>]
/** Tasks without one: logging in, rendering a document, reading a file. */
export type TaskName = Exclude<Extract<PublicName, NamesOfKind<'task'>>, CommandName>

const sessionListeners = new Set<() => void>()

/** Runs the listener when the host says that it no longer knows this seat's session. */
export function onSessionLost(listener: () => void): () => void {
  sessionListeners.add(listener)
  return () => sessionListeners.delete(listener)
}

/** Tells everybody that nobody is signed in here any more. */
export function sessionLost(): void {
  for (const listener of sessionListeners) listener()
}

/** oRPC's typed client. Prefer `call`, `useQueryOf` and `useCommand`, which throw CallError and mind the connection. */
export const client: ContractRouterClient<Contract> = createORPCClient({
  call: async (path, input, options) => (await openLink()).call(path, input, options),
})

async function send(name: string, input: unknown, signal?: AbortSignal): Promise<unknown> {
  const link = await openLink()
  return link.call(name.split('.'), input, { context: {}, signal })
}

/** One call that is given up when the host was away meanwhile and is back: its answer will not come any more. */
async function sendWatched(name: string, input: unknown, given?: AbortSignal): Promise<unknown> {
  const abort = new AbortController()
  const giveUp = (): void => abort.abort()
  given?.addEventListener('abort', giveUp)
  const done = watchCall(giveUp)
  try {
    return await send(name, input, abort.signal)
  } catch (error) {
    // It is no new loss: the connection is there again, and a command is sent at once under its old id.
    if (abort.signal.aborted && !given?.aborted)
      throw new CallError({ code: 'connection.lost', params: {}, fields: [] })
    throw error
  } finally {
    done()
    given?.removeEventListener('abort', giveUp)
  }
}

/** Calls one method once. Throws CallError only, or the abort that the caller asked for itself. */
export async function call<N extends PublicName>(
  name: N,
  input: InputOf<N>,
  signal?: AbortSignal,
): Promise<OutputOf<N>> {
  return (await callLoosely(name, input, signal)) as OutputOf<N>
}

/** The same for helpers that put an input together themselves and answer for its shape. */
export async function callLoosely(name: PublicName, input: unknown, signal?: AbortSignal): Promise<unknown> {
  try {
    return await sendWatched(name, input, signal)
  } catch (error) {
    if (signal?.aborted) throw error
    const failure = toCallError(error)
    if (isConnectionLoss(failure) && failure !== error) {
      dropLink()
      void reportLoss()
    }
    if (isSessionLoss(failure)) sessionLost()
    throw failure
  }
}

setProbe(async () => {
  dropLink()
  await send('session.state', {}, AbortSignal.timeout(4000))
})

// The window of the desktop program hears of its own host from the shell, and both have one clock; every other seat,
// and the desktop program at another seat's host, has to look.
if (!window.benchside?.connect) {
  setBeat(async () => {
    const askedAt = deviceNow()
    const answer = await fetch('/health', { cache: 'no-store', signal: AbortSignal.timeout(5000) })
    if (!answer.ok) throw new Error(`the host answers ${answer.status}`)
    hearHostTime(answer.headers.get('date'), askedAt)
  })
}

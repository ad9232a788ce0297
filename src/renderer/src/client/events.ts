import { useQueryCache, type QueryCache } from '@pinia/colada'
import type { OutputOf } from '#contract/method-types.ts'
import { call, client, sessionLost } from './call.ts'
import { isSessionLoss, toCallError } from './call-error.ts'
import { gapWatch } from './gap-watch.ts'
import { backOff, onReconnected, pause, reportLoss } from './connection.ts'

export type HostEvent = OutputOf<'session.events'> extends AsyncIterable<infer E> ? E : never

/** Modules whose answers show rows of another module, besides the topic's own. */
const alsoShownIn: Readonly<Record<string, readonly string[]>> = {
  repairs: [
    'customers',
    'devices',
    'search',
    'users',
    'drafts',
    'quotes',
    'work',
    'stock',
    'loaners',
    'charges',
    'notices',
    'disposals',
  ],
  parts: ['stock'],
  places: ['stock'],
  quotes: ['repairs', 'charges'],
  charges: ['invoices', 'quotes'],
  invoices: ['charges', 'payments', 'shifts', 'repairs'],
  payments: ['charges', 'invoices', 'shifts', 'repairs', 'disposals'],
  disposals: ['charges', 'notices', 'repairs', 'payments'],
  shifts: ['payments'],
  ledgers: [],
  services: ['prices'],
  customers: ['devices', 'repairs', 'search'],
  devices: ['customers', 'repairs', 'search'],
  dictionaries: ['devices', 'repairs', 'search'],
  users: ['repairs', 'reviews', 'session'],
  roles: ['reviews', 'users', 'session'],
  settings: ['session'],
  attachments: ['repairs'],
  files: ['repairs', 'attachments'],
}

const listeners = new Set<(event: HostEvent) => void>()

/** Hears every event of the host while this window is signed in. */
export function onHostEvent(listener: (event: HostEvent) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Marks as old whatever an event of this topic may have changed; what is on the screen is asked again. */
export function modulesOf(topic: string): readonly string[] {
  const [module = topic] = topic.split('.')
  return [module, ...(alsoShownIn[module] ?? [])]
}

/**
 * Asks again whatever of these is on the screen. A newer event may take the place of an answer still on its way, which
 * is no fault; a query that failed says so itself.
 */
function askAgain(cache: QueryCache, key?: readonly string[]): void {
  cache.invalidateQueries(key ? { key: [...key] } : undefined).catch(() => undefined)
}

/** One turn of waiting gathers the events of one act, so that a bulk change of 200 repairs asks once. */
function createInvalidator(cache: QueryCache): (topic: string) => void {
  const due = new Set<string>()
  return (topic) => {
    if (due.size === 0) {
      setTimeout(() => {
        for (const module of due) askAgain(cache, [module])
        due.clear()
      }, 60)
    }
    for (const module of modulesOf(topic)) due.add(module)
  }
}

/**
 * Listens to the host while signed in. The stream is opened again with growing pauses; after each
 * re-opening everything is asked again, because events in between were missed, and so it is when the host had to drop
 * some for a seat that was too slow. Answers the function that ends it.
 */
export function listenToHost(cache: QueryCache = useQueryCache()): () => void {
  const abort = new AbortController()
  const invalidate = createInvalidator(cache)
  const everything = (): void => askAgain(cache)
  const stopHearing = onReconnected(everything)
  void follow(abort.signal, invalidate, everything)
  return () => {
    stopHearing()
    abort.abort()
  }
}

/**
 * Whether somebody is signed in here after all: a change of person ends the former one's stream, and only a seat without
 * anybody has lost its session. Without an answer it is not known, and the stream is tried again.
 */
async function stillSomebody(): Promise<boolean> {
  const state = await call('session.state', {}).catch(() => undefined)
  if (!state || state.session) return true
  sessionLost()
  return false
}

async function follow(
  signal: AbortSignal,
  invalidate: (topic: string) => void,
  everything: () => void,
): Promise<void> {
  let attempt = 0
  for (let opened = 0; !signal.aborted;) {
    // A stream whose connection died without a word would be silent for ever: each return of the host opens a new one.
    const attempted = new AbortController()
    const giveUp = (): void => attempted.abort()
    signal.addEventListener('abort', giveUp)
    const forget = onReconnected(giveUp)
    try {
      const stream = await client.session.events({}, { signal: attempted.signal })
      if (opened++ > 0) everything()
      attempt = 0
      const isBehind = gapWatch()
      for await (const event of stream) {
        if (isBehind(event.seq)) everything()
        invalidate(event.topic)
        for (const listener of listeners) listener(event)
      }
    } catch (error) {
      if (signal.aborted) return
      const failure = toCallError(error)
      if (isSessionLoss(failure) && !(await stillSomebody())) return
      if (failure.code === 'connection.lost' && !attempted.signal.aborted) await reportLoss()
    } finally {
      signal.removeEventListener('abort', giveUp)
      forget()
    }
    if (!attempted.signal.aborted) await pause(backOff(attempt++))
  }
}

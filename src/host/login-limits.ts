import type { Clock } from '#core/app.ts'

/** Wrong passwords and PINs one address may give within the window; the fifth locks an account anyway. */
const failuresPerAddress = 20
/** The same for a person at a seat where they have signed in before. */
const failuresPerSeat = 5
const windowMs = 15 * 60_000
/** More keys than a shop has seats are somebody's attack: the oldest are forgotten first. */
const keysKept = 10_000

/**
 * Counts wrong passwords by where they come from, in memory: an address that keeps guessing waits by itself, and
 * nobody else does. Right ones are never counted, so a whole shop behind one address can sign in.
 */
export interface LoginLimits {
  /** Minutes until a try is let in again; null when it is now. */
  waits(kind: 'address' | 'seat', key: string): number | null
  failed(kind: 'address' | 'seat', key: string): void
  /** A person's own seat starts afresh; an address does not, or one known password would cover a thousand guesses. */
  succeeded(kind: 'seat', key: string): void
  /**
   * Runs a try when those before it under the same key are over, so that it sees what they counted: a thousand guesses
   * sent at once would otherwise all be looked at before the first of them was wrong.
   */
  inTurn<T>(kind: 'address' | 'person', key: string, attempt: () => Promise<T>): Promise<T>
}

export function createLoginLimits(clock: Clock): LoginLimits {
  const failures = new Map<string, number[]>()
  const turns = new Map<string, Promise<unknown>>()
  const recent = (key: string): number[] =>
    (failures.get(key) ?? []).filter((at) => clock.now() - at < windowMs && at <= clock.now())
  return {
    waits(kind, key) {
      const times = recent(`${kind} ${key}`)
      const limit = kind === 'seat' ? failuresPerSeat : failuresPerAddress
      const oldest = times.at(-limit)
      return oldest === undefined ? null : Math.max(1, Math.ceil((oldest + windowMs - clock.now()) / 60_000))
    },
    failed(kind, key) {
      const name = `${kind} ${key}`
      const times = [...recent(name), clock.now()]
      failures.delete(name)
      failures.set(name, times)
      const [oldest] = failures.keys()
      if (failures.size > keysKept && oldest !== undefined) failures.delete(oldest)
    },
    succeeded(kind, key) {
      failures.delete(`${kind} ${key}`)
    },
    async inTurn(kind, key, attempt) {
      const name = `${kind} ${key}`
      const own = (turns.get(name) ?? Promise.resolve()).then(attempt)
      const over = own.catch(() => undefined)
      turns.set(name, over)
      try {
        return await own
      } finally {
        if (turns.get(name) === over) turns.delete(name)
      }
    },
  }
}

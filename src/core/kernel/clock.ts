/** The only file that reads the clock (architecture §7). */
export interface Clock {
  /** UTC epoch milliseconds. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** A clock that stands where it is put; for tests and demo data. */
export interface ManualClock extends Clock {
  set(at: number): void
  advance(ms: number): void
}

/** A manual clock starting at `start` (UTC epoch ms). */
export function manualClock(start: number): ManualClock {
  let at = start
  return {
    now: () => at,
    set: (next) => {
      at = next
    },
    advance: (ms) => {
      at += ms
    },
  }
}

const firstDelayMs = 1000
const longestDelayMs = 30_000
/** A host that ran this long was well: what ends it now is a new trouble. */
const soundAfterMs = 60_000

export interface BackOff {
  /** Milliseconds to wait before the next start, after a host that ran for `ranMs`. */
  next(ranMs: number): number
}

/** 1 s, 2 s, 4 s … 30 s between starts that do not last. */
export function createBackOff(): BackOff {
  let delay = firstDelayMs
  return {
    next(ranMs) {
      if (ranMs >= soundAfterMs) delay = firstDelayMs
      const now = delay
      delay = Math.min(delay * 2, longestDelayMs)
      return now
    },
  }
}

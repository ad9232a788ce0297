/** The value below which the share `share` of the sorted or unsorted `values` lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** Milliseconds that one act takes. */
export function timed<T>(act: () => T): { took: number; answer: T } {
  const from = performance.now()
  const answer = act()
  return { took: performance.now() - from, answer }
}

export async function timedAsync(act: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await act()
  return performance.now() - from
}

/** A row of numbers that is the same in each run. */
export interface Random {
  /** 0 ≤ n < 1 */
  next(): number
  /** 0 ≤ n < `below`, whole. */
  int(below: number): number
  pick<T>(from: readonly T[]): T
}

export function random(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    // mulberry32: 32 bits of state are plenty for made-up customers.
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (below: number) => Math.floor(next() * below)
  return {
    next,
    int,
    pick<T>(from: readonly T[]): T {
      const one = from[int(from.length)]
      if (one === undefined) throw new Error('nothing to pick from')
      return one
    },
  }
}

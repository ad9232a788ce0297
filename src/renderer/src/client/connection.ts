import { readonly, ref } from 'vue'

/**
 * Whether the host answers. Calls report losing it; one loop then tries until it answers again. Nothing
 * typed depends on it: forms keep what they hold, commands wait here and are sent again with the same id.
 */
const lost = ref(false)
const listeners = new Set<() => void>()
let probe: (() => Promise<unknown>) | undefined
let beat: (() => Promise<unknown>) | undefined
let looking: Promise<void> | undefined
let waiting: Promise<void> | undefined

export const connectionLost = readonly(lost)

/** Sets the cheap call that shows whether the host is there. Called once, by the client. */
export function setProbe(call: () => Promise<unknown>): void {
  probe = call
}

/** A call without an answer for this long makes the seat look whether the host is there at all. */
const slowMs = 4000
/** A seat nobody uses looks this often, so that one who only types learns of a loss too. */
const idleLookMs = 15_000

/** Sets what shows in a moment, and without counting as use of the seat, that the host is there. */
export function setBeat(call: () => Promise<unknown>): void {
  beat = call
  const look = (): void => {
    if (document.visibilityState === 'visible') lookForHost()
  }
  look()
  setInterval(look, idleLookMs)
  for (const event of ['online', 'offline'] as const) window.addEventListener(event, look)
}

function lookForHost(): void {
  if (!beat || lost.value || looking) return
  looking = beat()
    .then(
      () => undefined,
      () => void reportLoss(),
    )
    .finally(() => {
      looking = undefined
    })
}

const underWay = new Map<number, () => void>()
let begun = 0

/**
 * Watches a call until the answered function ends it: a connection that died without a word would leave it waiting
 * for minutes. `interrupt` runs when the host is back and this call was begun before.
 */
export function watchCall(interrupt: () => void): () => void {
  const number = ++begun
  underWay.set(number, interrupt)
  const timer = setInterval(lookForHost, slowMs)
  return () => {
    clearInterval(timer)
    underWay.delete(number)
  }
}

/** Resolves when the host answers: at once unless it is known to be away. */
export function whenBack(): Promise<void> {
  return waiting ?? Promise.resolve()
}

/** Runs the listener each time the host is back, when anything may have been missed. */
export function onReconnected(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** To be called when a call got no answer. Resolves when the host answers again. */
export function reportLoss(): Promise<void> {
  lost.value = true
  waiting ??= untilBack().finally(() => {
    waiting = undefined
  })
  return waiting
}

async function untilBack(): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    await pause(backOff(attempt))
    const before = begun
    try {
      await probe?.()
      lost.value = false
      for (const [number, interrupt] of underWay) if (number <= before) interrupt()
      for (const listener of listeners) listener()
      return
    } catch {
      // Still away: the loop goes on.
    }
  }
}

/** Milliseconds before a try: 0.3 s at first, then doubling up to 5 s, spread so that seats do not come at once. */
export function backOff(attempt: number): number {
  return Math.min(5000, 300 * 2 ** attempt) * (0.75 + Math.random() * 0.5)
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}

import { readonly, ref } from 'vue'

/**
 * Whether the host answers. Calls report losing it; one loop then tries until it answers again. Nothing
 * typed depends on it: forms keep what they hold, commands wait here and are sent again with the same id.
 */
const lost = ref(false)
const listeners = new Set<() => void>()
let probe: (() => Promise<unknown>) | undefined
let waiting: Promise<void> | undefined

export const connectionLost = readonly(lost)

/** Sets the cheap call that shows whether the host is there. Called once, by the client. */
export function setProbe(call: () => Promise<unknown>): void {
  probe = call
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
    try {
      await probe?.()
      lost.value = false
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

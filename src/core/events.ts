/** One announcement after a commit. */
export interface AppEvent {
  /** Monotonic within one host process. */
  readonly seq: number
  readonly topic: string
  readonly ids: readonly number[]
  readonly seatId: number | null
}

export interface EventHub {
  publish(topic: string, ids: readonly number[], seatId: number | null): void
  /** Answers the function that ends the subscription. */
  subscribe(listener: (event: AppEvent) => void): () => void
}

/** Announces to every listener in order; a listener that throws is the listener's bug and stops nobody. */
export function createEventHub(onError: (error: unknown) => void): EventHub {
  const listeners = new Set<(event: AppEvent) => void>()
  let seq = 0
  return {
    publish(topic, ids, seatId) {
      const event = { seq: ++seq, topic, ids, seatId }
      for (const listener of listeners) {
        try {
          listener(event)
        } catch (error) {
          onError(error)
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}

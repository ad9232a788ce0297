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

/** What an act wants seats to hear of once it is done. */
export interface Announcement {
  readonly topic: string
  readonly ids: readonly number[]
}

/** Ids named in one announcement; more than this means "many", and seats reload the topic. */
const idsNamed = 200

/** One announcement per topic: an import of a thousand rows is one event, not a thousand. */
export function announceAll(events: EventHub, pending: readonly Announcement[], seatId: number | null): void {
  const byTopic = new Map<string, Set<number>>()
  for (const { topic, ids } of pending) {
    const known = byTopic.get(topic) ?? new Set<number>()
    for (const id of ids) known.add(id)
    byTopic.set(topic, known)
  }
  for (const [topic, ids] of byTopic) events.publish(topic, ids.size > idsNamed ? [] : [...ids], seatId)
}

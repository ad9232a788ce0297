import { ref, type Ref } from 'vue'
import type { OutputOf } from '#contract/method-types.ts'
import { call } from '@/client/call.ts'
import { onReconnected } from '@/client/connection.ts'
import { onHostEvent } from '@/client/events.ts'
import { usePreferences } from './preferences.ts'

type State = OutputOf<'session.state'>

export interface Restored {
  /** The shop's data was exchanged for a backup since somebody last signed in here. */
  readonly restored: Ref<boolean>
  /** Looks at what the host says of itself. */
  compare(state: State): void
  /** Asks it. Without an answer it is asked again once the host is back. */
  look(): void
}

/**
 * Whether what is on this seat's screen, and what it kept, is of other data than the shop's present one. A seat that
 * listens is told; one that was away, or was closed, compares with the data that somebody last signed in to here.
 */
export function useRestored(): Restored {
  const preferences = usePreferences()
  const restored = ref(false)
  let looking = false

  function compare(state: State): void {
    looking = false
    const now = String(state.restoredAt)
    if (state.session) preferences.shopData = now
    else if (preferences.shopData !== '' && preferences.shopData !== now) restored.value = true
  }
  function look(): void {
    looking = true
    void call('session.state', {}).then(compare, () => undefined)
  }

  onHostEvent(({ topic }) => {
    if (topic === 'restored') restored.value = true
  })
  onReconnected(() => {
    if (looking) look()
  })
  return { restored, compare, look }
}

import { onScopeDispose, watch } from 'vue'
import { deviceNow } from '@/client/clock.ts'
import { useSession } from './session.ts'

/** Locks a shared seat after the shop's minutes without a key or a touch. 0 minutes is never. */
export function useIdleLock(): void {
  const session = useSession()
  let lastUse = deviceNow()
  const used = (): void => {
    lastUse = deviceNow()
  }
  const look = (): void => {
    const minutes = session.shop?.seatIdleMinutes ?? 0
    if (minutes > 0 && session.signedIn && !session.locked && deviceNow() - lastUse >= minutes * 60_000)
      session.lock()
  }
  const timer = setInterval(look, 10_000)
  const kinds = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const
  for (const kind of kinds) window.addEventListener(kind, used, { passive: true, capture: true })
  // Coming back to a window that slept: lock at once, not after the next tick.
  document.addEventListener('visibilitychange', look)
  watch(() => session.locked, used)
  onScopeDispose(() => {
    clearInterval(timer)
    for (const kind of kinds) window.removeEventListener(kind, used, { capture: true })
    document.removeEventListener('visibilitychange', look)
  })
}

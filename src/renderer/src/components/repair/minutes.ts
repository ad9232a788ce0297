import { computed, type ComputedRef } from 'vue'
import { translate } from '@/app/i18n.ts'
import { useNow } from '@/client/index.ts'

/** Minutes of work as people say them. */
export function minutesText(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  return hours === 0
    ? translate('work.labour.minutes', { n: minutes })
    : translate('work.labour.hours', { h: hours, n: minutes % 60 })
}

/** Whole minutes a clock has run, renewed by itself; 0 while it does not. Call it in a component's setup. */
export function minutesSince(start: () => number | null): ComputedRef<number> {
  const now = useNow()
  return computed(() => {
    const began = start()
    return began === null ? 0 : Math.max(0, Math.floor((now.value - began) / 60_000))
  })
}

/** The same in words. */
export function timeSince(start: () => number | null): ComputedRef<string> {
  const minutes = minutesSince(start)
  return computed(() => minutesText(minutes.value))
}

import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** What "ago" and "today" on the screen are counted from, in UTC epoch ms. Rules are never decided by it. */
export function seatNow(): number {
  return Date.now()
}

const tick = ref(seatNow())
let users = 0
let timer: ReturnType<typeof setInterval> | undefined

/** The seat's time, renewed every half minute while somebody shows it; one timer for the whole window. */
export function useNow(): Readonly<Ref<number>> {
  if (users++ === 0) {
    tick.value = seatNow()
    timer = setInterval(() => {
      tick.value = seatNow()
    }, 30_000)
  }
  onScopeDispose(() => {
    if (--users === 0) clearInterval(timer)
  })
  return readonly(tick)
}

/** The calendar day `YYYY-MM-DD` that an instant has in a time zone. */
export function dayIn(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at)
}

/** The day `days` after (or before) a `YYYY-MM-DD`. */
export function addDays(on: string, days: number): string {
  const [year = 1970, month = 1, day = 1] = on.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10)
}

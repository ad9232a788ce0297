import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** What this device's own clock says, in UTC epoch ms: for spans of time at this seat only. */
export function deviceNow(): number {
  return Date.now()
}

/** By how much the host's clock is ahead of this device's. */
let aheadMs = 0
/** The host tells its time in whole seconds, and an answer takes its time: less than this is no wrong clock. */
const agreeMs = 3000

/** What "ago" and "today" on the screen are counted from, in UTC epoch ms. Rules are never decided by it. */
export function seatNow(): number {
  return deviceNow() + aheadMs
}

const tick = ref(seatNow())

/**
 * Goes by the host's clock where this device's own is wrong: a phone that is an hour slow would write yesterday into a
 * form. `text` is the time of an answer as HTTP tells it, `askedAt` when it was asked for by this device's clock.
 */
export function hearHostTime(text: string | null, askedAt: number): void {
  const hostAt = Date.parse(text ?? '')
  if (Number.isNaN(hostAt)) return
  // Somewhere within its second, and on the way there or back.
  const ahead = hostAt + 500 - (askedAt + deviceNow()) / 2
  const told = Math.abs(ahead) < agreeMs ? 0 : Math.round(ahead)
  if (told === aheadMs || (told !== 0 && Math.abs(told - aheadMs) < agreeMs)) return
  aheadMs = told
  tick.value = seatNow()
}
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

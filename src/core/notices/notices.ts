import type { ShopSettings } from '#contract/settings.ts'
import { addDays, dayOf, daysBetween } from '../kernel/days.ts'

/** The pure rules of notices: what is due for a device that stands ready, and when an e-mail is tried again. */

type Storage = ShopSettings['storage']

/** What the rules need to know of a device that stands ready. */
export interface Ready {
  readonly processedAt: number
  /** `on` is the shop's day. */
  readonly told: readonly { readonly kind: string; readonly on?: string }[]
}

export interface DueNotice {
  readonly kind: 'ready' | 'reminder' | 'final' | 'disposal'
  readonly dueOn: string
  readonly processedOn: string
}

/**
 * The first day a device may be disposed of: the shop's days after it was ready, and, because the owner is to have
 * the whole time between final notice and disposal, not sooner than so many days after the final notice was given.
 */
export function disposalDay(processedOn: string, finalOn: string | undefined, storage: Storage): string {
  const byReady = addDays(processedOn, storage.disposalDays)
  if (finalOn === undefined) return byReady
  const byNotice = addDays(finalOn, Math.max(0, storage.disposalDays - storage.finalDays))
  return byNotice > byReady ? byNotice : byReady
}

/**
 * What the shop owes the customer of a device nobody has collected (domain §3.2 "unclaimed"): the ready notice on
 * day 0, reminders on the shop's days, a final notice, then the disposal, which never comes before the final notice.
 * Only one thing is due at a time, the latest stage first: nobody writes three reminders in a row after a holiday.
 */
export function dueNotice(ready: Ready, storage: Storage, today: string, timeZone: string): DueNotice | null {
  const processedOn = dayOf(ready.processedAt, timeZone)
  const waited = daysBetween(processedOn, today)
  const count = (kind: string) => ready.told.filter((one) => one.kind === kind).length
  const due = (kind: DueNotice['kind'], days: number): DueNotice => ({
    kind,
    dueOn: addDays(processedOn, days),
    processedOn,
  })
  const final = ready.told.find((one) => one.kind === 'final')
  if (final) {
    const dueOn = disposalDay(processedOn, final.on, storage)
    return today >= dueOn ? { kind: 'disposal', dueOn, processedOn } : null
  }
  if (waited >= storage.finalDays) return due('final', storage.finalDays)
  if (ready.told.length === 0) return due('ready', 0)
  const passed = storage.reminderDays.toSorted((a, b) => a - b).filter((day) => day <= waited)
  const last = passed.at(-1)
  return last !== undefined && count('reminder') < passed.length ? due('reminder', last) : null
}

/** The first day a storage fee counts, null when the shop takes none. */
export function storageFrom(processedAt: number | null, storage: Storage, timeZone: string): string | null {
  if (processedAt === null || storage.perDayMinor === 0) return null
  return addDays(dayOf(processedAt, timeZone), storage.graceDays)
}

const minute = 60_000
/** A server that is away for a night is forgiven; after that a person has to look. */
const waitsMs = [1, 5, 30, 120, 480].map((minutes) => minutes * minute)

/** How long to wait before the next try after `tries` failed ones; null when it is given up. */
export function nextTryAfter(tries: number): number | null {
  return waitsMs[tries - 1] ?? null
}

import type { BackupSettings, BackupState } from '#contract/backups.ts'
import { addDays, dayOf, startOfDay } from '#core/app.ts'
import type { BackupKind } from './manifest.ts'

export interface Kept {
  readonly name: string
  readonly at: number
  readonly kind: BackupKind
  /** A damaged one is nobody's newest. */
  readonly state: BackupState
}

type Counts = Pick<BackupSettings, 'daily' | 'weekly' | 'monthly'>

/** Before an update or a migration is when things go wrong: the last ones of these stay beside the daily ones. */
const keptBeforeChanges = 3
/** What somebody asked for is not tidied away the same week. */
const keptByHand = 5

/** The calendar day of the Monday on or before a day. */
function weekOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return addDays(day, -((weekday + 6) % 7))
}

/**
 * Which backups go: all but the newest of each of the last days, weeks and months that have one, the last few before
 * changes and by hand, and always the newest one and the newest proved good. Damaged ones go as soon as there is a
 * newer one that is not. `files` are given the newest first, in the order they were made: a clock that was a month
 * ahead has left names that say otherwise.
 */
export function backupsToDrop(files: readonly Kept[], counts: Counts, timeZone: string): string[] {
  const sound = files.filter(({ state }) => state !== 'damaged')
  const proved = sound.filter(({ state }) => state === 'good')
  const keep = new Set([...sound.slice(0, 1), ...proved.slice(0, 1)].map(({ name }) => name))
  const keepNewestOf = (periodOf: (day: string) => string, count: number) => {
    const seen = new Set<string>()
    for (const { name, at } of sound) {
      const period = periodOf(dayOf(at, timeZone))
      if (seen.has(period)) continue
      if (seen.size >= count) break
      seen.add(period)
      keep.add(name)
    }
  }
  keepNewestOf((day) => day, counts.daily)
  keepNewestOf(weekOf, counts.weekly)
  keepNewestOf((day) => day.slice(0, 7), counts.monthly)
  const last = (count: number, kinds: readonly BackupKind[]) =>
    sound.filter(({ kind }) => kinds.includes(kind)).slice(0, count)
  for (const { name } of last(keptBeforeChanges, ['migration', 'update'])) keep.add(name)
  for (const { name } of last(keptByHand, ['manual'])) keep.add(name)
  const newest = files.findIndex(({ state }) => state !== 'damaged')
  return files
    .filter(
      ({ name, state }, place) => !keep.has(name) && (state !== 'damaged' || (newest >= 0 && place > newest)),
    )
    .map(({ name }) => name)
}

/**
 * Whether the day's backup is to be made: its time has come, today or while the host was off, and none was made since.
 * A newest one of a time that has not come says that the clock was ahead, and nothing about today.
 */
export function dailyIsDue(now: number, newestAt: number | null, time: string, timeZone: string): boolean {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const momentOn = (day: string) => startOfDay(day, timeZone) + (hours * 60 + minutes) * 60_000
  const today = dayOf(now, timeZone)
  const due = momentOn(today) <= now ? momentOn(today) : momentOn(addDays(today, -1))
  return newestAt === null || newestAt < due || newestAt > now
}

/** Setting a clock right by some minutes moves no backup. */
const setBackMs = 3_600_000

/** Notices that the clock was set back: then the newest backup is older than its time says, and the day's is due. */
export interface ClockWatch {
  /** Whether it was set back since the last `settled`, while the program ran or before it was started. */
  wasSetBack(now: number): boolean
  settled(): void
}

/** `lastActAt`: the moment of the newest act in the shop's file, which a clock set right since may lie before. */
export function watchClock(lastActAt: number): ClockWatch {
  let seenAt = lastActAt
  let setBack = false
  return {
    wasSetBack(now) {
      if (now < seenAt - setBackMs) setBack = true
      seenAt = now
      return setBack
    },
    settled() {
      setBack = false
    },
  }
}

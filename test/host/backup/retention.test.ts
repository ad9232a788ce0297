import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backupKinds, backupStates } from '#contract/backups.ts'
import { dayOf } from '#core/app.ts'
import { backupsToDrop, dailyIsDue, watchClock, type Kept } from '#host/backup/retention.ts'

/* Which backups a shop still has, and when the next one is made. */
const zone = 'Asia/Shanghai'
const day = 86_400_000
const start = Date.UTC(2026, 0, 1)
const counts = { daily: 5, weekly: 3, monthly: 4 }

const someBackups = fc
  .array(
    fc.record({
      at: fc.integer({ min: start, max: start + 400 * day }),
      kind: fc.constantFrom(...backupKinds),
      state: fc.constantFrom(...backupStates),
    }),
    { maxLength: 80 },
  )
  .map((rows) => rows.map((row, index): Kept => ({ ...row, name: `backup ${index}` })))
const newestFirst = (files: readonly Kept[]) => files.toSorted((a, b) => b.at - a.at)

test('whatever lies there, the newest good backup and that of each of the last days stay', () => {
  fc.assert(
    fc.property(someBackups, (files) => {
      const lying = newestFirst(files)
      const gone = new Set(backupsToDrop(lying, counts, zone))
      const sound = lying.filter(({ state }) => state !== 'damaged')
      const days = [...new Set(sound.map(({ at }) => dayOf(at, zone)))].slice(0, counts.daily)
      for (const one of days) {
        const newest = sound.find(({ at }) => dayOf(at, zone) === one)
        expect(gone.has(newest?.name ?? '')).toBe(false)
      }
      // However many came after it that were not proved good.
      expect(gone.has(sound.find(({ state }) => state === 'good')?.name ?? '')).toBe(false)
      // Tidying again finds nothing more to do.
      const left = lying.filter(({ name }) => !gone.has(name))
      expect(backupsToDrop(left, counts, zone)).toEqual([])
      const mostKept = counts.daily + counts.weekly + counts.monthly + 3 + 5 + 2
      expect(left.filter(({ state }) => state !== 'damaged').length).toBeLessThanOrEqual(mostKept)
    }),
    { seed: Number(process.env['BENCHSIDE_SEED']) },
  )
})

test('a damaged backup goes only when there is a newer good one', () => {
  const one = (name: string, at: number, state: Kept['state']): Kept => ({ name, at, kind: 'daily', state })
  const damaged = one('a', start, 'damaged')
  expect(backupsToDrop([damaged], counts, zone)).toEqual([])
  expect(backupsToDrop([one('b', start + day, 'good'), damaged], counts, zone)).toEqual(['a'])
})

test('the day’s backup is due at its time, and afterwards when the computer was off', () => {
  const at = (text: string) => Date.parse(`${text}+08:00`)
  const due = (now: string, newest: string | null) =>
    dailyIsDue(at(now), newest === null ? null : at(newest), '03:30', zone)
  expect(due('2026-03-02T10:00', null)).toBe(true)
  expect(due('2026-03-02T03:29', '2026-03-01T03:30')).toBe(false)
  expect(due('2026-03-02T03:30', '2026-03-01T03:30')).toBe(true)
  expect(due('2026-03-02T18:00', '2026-03-01T03:30')).toBe(true)
  expect(due('2026-03-02T18:00', '2026-03-02T03:31')).toBe(false)
})

test('a clock set back by less than a day, also while the computer was off, makes the day’s backup due', () => {
  const at = (text: string) => Date.parse(`${text}+08:00`)
  // It ran 23 hours ahead, the backup was made, and people worked on until the evening.
  const made = at('2026-03-03T03:31')
  const lastAct = at('2026-03-03T18:00')
  // Set right overnight: the time of the backup has passed once more when the shop opens.
  const opened = at('2026-03-03T09:00')
  expect(dailyIsDue(opened, made, '03:30', zone)).toBe(false)
  const clock = watchClock(lastAct)
  expect(clock.wasSetBack(opened)).toBe(true)
  // Until one is made; then the days go on as ever.
  expect(clock.wasSetBack(opened + 60_000)).toBe(true)
  clock.settled()
  expect(clock.wasSetBack(opened + 120_000)).toBe(false)
  // Some minutes are no news, a jump while the program runs is.
  expect(clock.wasSetBack(opened - 600_000)).toBe(false)
  expect(clock.wasSetBack(opened - 8 * 3_600_000)).toBe(true)
})

test('a clock that jumps about neither stops the daily backup nor takes away those of the last days', () => {
  const by = fc.oneof(fc.integer({ min: -400, max: -2 }), fc.integer({ min: 2, max: 400 }))
  const jumps = fc.uniqueArray(fc.record({ on: fc.nat({ max: 59 }), by }), {
    maxLength: 4,
    selector: ({ on }) => on,
  })
  fc.assert(
    fc.property(jumps, (jumped) => {
      let files: Kept[] = []
      let off = 0
      // The days pass as they do; what the computer takes the time to be is off by so many.
      for (let passed = 0; passed < 60; passed++) {
        off += jumped.find(({ on }) => on === passed)?.by ?? 0
        const now = start + (400 + passed + off) * day
        expect([passed, dailyIsDue(now, files[0]?.at ?? null, '03:30', zone)]).toEqual([passed, true])
        expect(dailyIsDue(now + 1, now, '03:30', zone)).toBe(false)
        // Two days that the computer gave the same date share one place: the later has it.
        const one: Kept = { name: `day ${passed}`, at: now, kind: 'daily', state: 'good' }
        const before = files.filter(({ at }) => at !== now)
        files.unshift(one)
        const gone = backupsToDrop(files, counts, zone)
        files = files.filter(({ name }) => !gone.includes(name))
        expect(files.slice(0, counts.daily)).toEqual([one, ...before].slice(0, counts.daily))
      }
    }),
    { numRuns: 30, seed: Number(process.env['BENCHSIDE_SEED']) },
  )
})

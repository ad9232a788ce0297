import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backupKinds } from '#contract/backups.ts'
import { dayOf } from '#core/app.ts'
import { backupsToDrop, dailyIsDue, type Kept } from '#host/backup/retention.ts'

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
      damaged: fc.boolean(),
    }),
    { maxLength: 80 },
  )
  .map((rows) => rows.map((row, index): Kept => ({ ...row, name: `backup ${index}` })))

test('whatever lies there, the newest good backup and that of each of the last days stay', () => {
  fc.assert(
    fc.property(someBackups, (files) => {
      const gone = new Set(backupsToDrop(files, counts, zone))
      const good = files.filter(({ damaged }) => !damaged).toSorted((a, b) => b.at - a.at)
      const days = [...new Set(good.map(({ at }) => dayOf(at, zone)))].slice(0, counts.daily)
      for (const one of days) {
        const newest = good.find(({ at }) => dayOf(at, zone) === one)
        expect(gone.has(newest?.name ?? '')).toBe(false)
      }
      // Tidying again finds nothing more to do.
      const left = files.filter(({ name }) => !gone.has(name))
      expect(backupsToDrop(left, counts, zone)).toEqual([])
      const mostKept = counts.daily + counts.weekly + counts.monthly + 3 + 5 + 1
      expect(left.filter(({ damaged }) => !damaged).length).toBeLessThanOrEqual(mostKept)
    }),
    { seed: Number(process.env['BENCHSIDE_SEED']) },
  )
})

test('a damaged backup goes only when there is a newer good one', () => {
  const one = (name: string, at: number, damaged: boolean): Kept => ({ name, at, kind: 'daily', damaged })
  expect(backupsToDrop([one('a', start, true)], counts, zone)).toEqual([])
  expect(backupsToDrop([one('a', start, true), one('b', start + day, false)], counts, zone)).toEqual(['a'])
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

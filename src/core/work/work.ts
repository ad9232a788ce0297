import { splitByWeights, wholeBp } from '#contract/money.ts'
import { addDays, dayOf, startOfDay } from '../kernel/days.ts'

/** The pure rules of work at the bench. */

const minute = 60_000
/** No piece of work is longer; a timer forgotten for weeks must not become an impossible number. */
export const mostMinutes = 60_000

/**
 * Whole minutes of a timer by the shop's days on which they were worked, oldest first: credit goes to the day the
 * work was done (RD#593), also when it went on past midnight. The days add up to the whole, rounded once. A clock
 * that was set back gives nothing.
 */
export function minutesByDay(
  since: number,
  until: number,
  timeZone: string,
): { day: string; minutes: number }[] {
  if (until <= since) return []
  const total = Math.min(Math.round((until - since) / minute), mostMinutes)
  const result: { day: string; minutes: number }[] = []
  let given = 0
  for (let day = dayOf(since, timeZone); given < total; day = addDays(day, 1)) {
    const end = Math.min(startOfDay(addDays(day, 1), timeZone), until)
    const minutes = Math.min(Math.round((end - since) / minute), total) - given
    if (minutes > 0) result.push({ day, minutes })
    given += minutes
    if (end >= until) break
  }
  return result
}

/** Shares of credit are right when nobody is named twice and they add up to the whole (yida3). */
export function creditsAddUp(credits: readonly { userId: number; shareBp: number }[]): boolean {
  const people = new Set(credits.map(({ userId }) => userId))
  const total = credits.reduce((sum, { shareBp }) => sum + shareBp, 0)
  return people.size === credits.length && total === wholeBp
}

export interface WorkedLine {
  readonly labourId: number
  readonly doneOn: string
  readonly standardMinutes: number
  readonly actualMinutes: number
  readonly userId: number
  readonly userName: string
  readonly shareBp: number
}

export interface CreditRow {
  userId: number
  userName: string
  doneOn: string
  lines: number
  standardMinutes: number
  actualMinutes: number
}

/** Minutes by person and day; the parts of a split line add up to the line. Rows of one line stand together. */
export function creditRows(worked: readonly WorkedLine[]): CreditRow[] {
  const byLine = Map.groupBy(worked, ({ labourId }) => labourId)
  const rows = new Map<string, CreditRow>()
  for (const parts of byLine.values()) {
    const weights = parts.map(({ shareBp }) => shareBp)
    const standard = splitByWeights(parts[0]?.standardMinutes ?? 0, weights)
    const actual = splitByWeights(parts[0]?.actualMinutes ?? 0, weights)
    parts.forEach(({ userId, userName, doneOn }, index) => {
      const key = `${doneOn} ${userId}`
      const row = rows.get(key) ?? {
        userId,
        userName,
        doneOn,
        lines: 0,
        standardMinutes: 0,
        actualMinutes: 0,
      }
      row.lines += 1
      row.standardMinutes += standard[index] ?? 0
      row.actualMinutes += actual[index] ?? 0
      rows.set(key, row)
    })
  }
  return [...rows.values()].toSorted((a, b) =>
    a.doneOn === b.doneOn ? a.userId - b.userId : a.doneOn < b.doneOn ? -1 : 1,
  )
}

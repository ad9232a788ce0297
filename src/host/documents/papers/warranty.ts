import type { ChargeLine } from '#contract/charges.ts'

/** Waived lines were not done for the customer: nothing is promised on them. */
export function isBilled(line: ChargeLine): boolean {
  return line.waivedAt === null
}

/**
 * The day `months` months after `day` (both YYYY-MM-DD): the one with the same number, or the last of a month that is
 * too short for it.
 */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, number = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0))
  last.setUTCDate(Math.min(number, last.getUTCDate()))
  return last.toISOString().slice(0, 10)
}

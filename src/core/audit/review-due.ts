/** The day `months` after another, at the latest that month's last; null when no review is asked for. */
export function reviewDueOn(day: string, months: number): string | null {
  if (months === 0) return null
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const index = year * 12 + (month - 1) + months
  const then = { year: Math.floor(index / 12), month: (index % 12) + 1 }
  const lastDay = daysIn(then.year, then.month)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${then.year}-${two(then.month)}-${two(Math.min(date, lastDay))}`
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

const formatters = new Map<string, Intl.DateTimeFormat>()
const days = new Map<string, string>()

function format(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone)
  if (!formatter) {
    // en-CA writes YYYY-MM-DD.
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
    formatters.set(timeZone, formatter)
  }
  return formatter
}

/** The calendar day `YYYY-MM-DD` of a moment (UTC epoch ms) in a time zone. */
export function dayOf(at: number, timeZone: string): string {
  // A quarter of an hour never spans a day boundary of any zone (all offsets are multiples of 15 minutes),
  // so the answers for quarters are kept: formatting costs as much as a good part of a command.
  const quarter = `${timeZone} ${Math.floor(at / 900_000)}`
  let day = days.get(quarter)
  if (day === undefined) {
    if (days.size > 10_000) days.clear()
    day = format(timeZone).format(at)
    days.set(quarter, day)
  }
  return day
}

/** `day` plus a number of calendar days. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** UTC epoch ms of the first moment of a day in a time zone. */
export function startOfDay(day: string, timeZone: string): number {
  let at = Date.parse(`${day}T00:00:00Z`)
  // Two rounds settle every zone: the offset at the guess, then at the corrected guess.
  for (let round = 0; round < 2; round++) at = Date.parse(`${day}T00:00:00Z`) - offsetAt(at, timeZone)
  return at
}

const wallClocks = new Map<string, Intl.DateTimeFormat>()

function wallClock(timeZone: string): Intl.DateTimeFormat {
  let formatter = wallClocks.get(timeZone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    wallClocks.set(timeZone, formatter)
  }
  return formatter
}

function offsetAt(at: number, timeZone: string): number {
  const parts = wallClock(timeZone).formatToParts(at)
  const value = (type: string) => Number(parts.find((p) => p.type === type)?.value ?? 0)
  const wall = Date.UTC(
    value('year'),
    value('month') - 1,
    value('day'),
    value('hour'),
    value('minute'),
    value('second'),
  )
  return wall - Math.floor(at / 1000) * 1000
}

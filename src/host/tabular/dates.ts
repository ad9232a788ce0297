/**
 * Dates as people write them. A format is YYYY (or YY), M/MM and D/DD with separators, optionally H, m, s;
 * one or two digits are accepted for either spelling. A time after the date is accepted and, for a plain
 * date, ignored. ISO dates are always understood, because that is what a spreadsheet's date cells become.
 */
export interface DateParts {
  /** `YYYY-MM-DD`. */
  readonly on: string
  /** `HH:mm:ss`. */
  readonly time: string
}

const tokens = /YYYY|YY|MM?|DD?|HH?|mm?|ss?|[^]/g
const patterns: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  YY: '(?<year>\\d{2})',
  M: '(?<month>\\d{1,2})',
  D: '(?<day>\\d{1,2})',
  H: '(?<hour>\\d{1,2})',
  m: '(?<minute>\\d{1,2})',
  s: '(?<second>\\d{1,2})',
}
const trailingTime =
  '(?:[T\\s]+(?<hour>\\d{1,2})[:时](?<minute>\\d{1,2})分?(?::?(?<second>\\d{1,2})秒?(?:\\.\\d+)?)?(?:Z|[+-]\\d\\d:?\\d\\d)?)?'
const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function tokenPattern(token: string, compact: boolean): string {
  const pattern = patterns[token] ?? patterns[token.slice(0, 1)]
  // Without separators only a fixed number of digits tells where the month ends.
  if (pattern) return compact ? pattern.replace('{1,2}', '{2}') : pattern
  return token === ' ' ? '\\s+' : token.replace(/[^\p{L}\d]/u, '\\$&')
}

function compileFormat(format: string): RegExp {
  const compact = /^[A-Za-z]+$/.test(format)
  const body = (format.match(tokens) ?? []).map((token) => tokenPattern(token, compact)).join('')
  return new RegExp(`^${body}${/H/.test(format) ? '' : trailingTime}$`)
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

const two = (value: number): string => String(value).padStart(2, '0')

/** Two-digit years: 00 to 69 are this century, 70 to 99 the last. */
function fullYear(digits: string): number {
  const year = Number(digits)
  if (digits.length === 4) return year
  return year < 70 ? 2000 + year : 1900 + year
}

function toParts(groups: Record<string, string | undefined>): DateParts | null {
  const year = fullYear(groups['year'] ?? '')
  const [month, day] = [Number(groups['month']), Number(groups['day'])]
  const [hour, minute, second] = [
    Number(groups['hour'] ?? 0),
    Number(groups['minute'] ?? 0),
    Number(groups['second'] ?? 0),
  ]
  if (year < 1900 || year > 2200 || hour > 23 || minute > 59 || second > 59) return null
  if (day < 1 || day > (monthDays[month - 1] ?? 0) || (month === 2 && day === 29 && !isLeap(year)))
    return null
  return { on: `${year}-${two(month)}-${two(day)}`, time: `${two(hour)}:${two(minute)}:${two(second)}` }
}

/** A spreadsheet's day number (1 is 1 January 1900, with the 29 February 1900 that never was). */
function fromDayNumber(text: string): DateParts | null {
  if (!/^\d{4,5}(?:\.\d+)?$/.test(text)) return null
  const iso = new Date(Math.round((Number(text) - 25_569) * 86_400) * 1000).toISOString()
  return { on: iso.slice(0, 10), time: iso.slice(11, 19) }
}

/** Makes a reader of dates in any of the formats; it answers null for what is no real day of 1900 to 2200. */
export function compileDates(formats: readonly string[]): (text: string) => DateParts | null {
  const expressions = ['YYYY-MM-DD', ...formats.filter((format) => format !== 'EXCEL')].map(compileFormat)
  const numbered = formats.includes('EXCEL')
  return (text) => {
    const written = text.normalize('NFKC').trim()
    for (const expression of expressions) {
      const groups = expression.exec(written)?.groups
      const parts = groups && toParts(groups)
      if (parts) return parts
    }
    return numbered ? fromDayNumber(written) : null
  }
}

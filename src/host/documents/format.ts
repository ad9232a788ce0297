import type { Language } from '#contract/fields.ts'
import { currencyDecimals } from '#contract/money.ts'

/**
 * Dates and amounts as they are printed. English dates are day-month-year with the month in letters: the shop's
 * customers come from both sides of 03/04.
 */

const locales: Record<Language, string> = { 'zh-CN': 'zh-CN', en: 'en-GB' }

/** `at` (UTC epoch ms) as date and time of day in `timeZone`. */
export function formatMoment(at: number, timeZone: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], {
    timeZone,
    year: 'numeric',
    month: language === 'en' ? 'short' : '2-digit',
    day: language === 'en' ? 'numeric' : '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at)
}

/** `at` (UTC epoch ms) as the day it is in `timeZone`. */
export function formatDayOf(at: number, timeZone: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], {
    timeZone,
    year: 'numeric',
    month: language === 'en' ? 'short' : '2-digit',
    day: language === 'en' ? 'numeric' : '2-digit',
  }).format(at)
}

/** A calendar day `YYYY-MM-DD`; it belongs to no zone, so none may shift it. */
export function formatDay(on: string, language: Language): string {
  return formatDayOf(Date.parse(`${on}T00:00:00Z`), 'UTC', language)
}

/** An amount in minor units of `currency` (fen, cents; yen has none). */
export function formatMoney(minor: number, currency: string, language: Language): string {
  const format = new Intl.NumberFormat(locales[language], { style: 'currency', currency })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

/** An amount in minor units of `currency` without the currency's sign, for a column that names the currency at its head. */
export function formatAmount(minor: number, currency: string, language: Language): string {
  const digits = currencyDecimals(currency)
  return new Intl.NumberFormat(locales[language], {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(minor === 0 ? 0 : minor / 10 ** digits)
}

/** A quantity in thousandths: 2000 is 2, 1 is 0.001. */
export function formatQuantity(thousandths: number, language: Language): string {
  return new Intl.NumberFormat(locales[language], { maximumFractionDigits: 3 }).format(thousandths / 1000)
}

/** A rate in basis points: 1300 is 13%, 810 is 8.1%. */
export function formatRate(basisPoints: number, language: Language): string {
  const percent = new Intl.NumberFormat(locales[language], { maximumFractionDigits: 2 })
  return `${percent.format(basisPoints / 100)}%`
}

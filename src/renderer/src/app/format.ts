import type { Label } from '#contract/fields.ts'
import { currentLanguage } from './i18n.ts'

/** Everything on the screen that is a number, an amount or a time, in the window's language. Reads reactively. */

const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>()

function cached<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>(
  key: string,
  make: () => T,
): T {
  const found = cache.get(key) as T | undefined
  if (found) return found
  const made = make()
  cache.set(key, made)
  return made
}

/** The shop's time zone and currency, set once the shop is known. */
let zone = 'UTC'
let shopCurrency = 'CNY'

export function setShopFormat(timeZone: string, currency: string): void {
  zone = timeZone
  shopCurrency = currency
  cache.clear()
}

export function shopTimeZone(): string {
  return zone
}

/** Minor digits of a currency: 2 for CNY, 0 for JPY, 3 for KWD. */
export function minorDigits(currency = shopCurrency): number {
  const format = cached(
    `digits ${currency}`,
    () => new Intl.NumberFormat('en', { style: 'currency', currency }),
  )
  return format.resolvedOptions().maximumFractionDigits ?? 2
}

/** An amount in minor units with the currency's sign. */
export function formatMoney(amountMinor: number, currency = shopCurrency): string {
  const language = currentLanguage()
  const format = cached(
    `money ${language} ${currency}`,
    () => new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
  )
  return format.format(amountMinor / 10 ** minorDigits(currency))
}

export function formatNumber(value: number): string {
  const language = currentLanguage()
  return cached(`number ${language}`, () => new Intl.NumberFormat(language)).format(value)
}

/** A quantity in thousandths as units with up to three decimals. */
export function formatQuantity(thousandths: number): string {
  return formatNumber(thousandths / 1000)
}

/** `2026-11-22 14:05` style date and time in the shop's zone. */
export function formatAt(at: number): string {
  const language = currentLanguage()
  const format = cached(
    `at ${language}`,
    () => new Intl.DateTimeFormat(language, { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' }),
  )
  return format.format(at)
}

/** A calendar day; it has no zone, so it is read and shown as UTC. */
export function formatOn(on: string): string {
  const language = currentLanguage()
  const format = cached(
    `on ${language}`,
    () => new Intl.DateTimeFormat(language, { timeZone: 'UTC', dateStyle: 'medium' }),
  )
  return format.format(new Date(`${on}T00:00:00Z`))
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

/** `3 hours ago`, `in 2 days`. */
export function formatRelative(at: number, now: number): string {
  const language = currentLanguage()
  const format = cached(
    `relative ${language}`,
    () => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }),
  )
  const seconds = (at - now) / 1000
  const step = steps.find(([, size]) => Math.abs(seconds) >= size)
  if (!step) return format.format(0, 'second')
  return format.format(Math.trunc(seconds / step[1]), step[0])
}

/** `today`, `in 3 days`, `2 days ago` for a calendar day, seen from the day `today`. */
export function formatDayDistance(on: string, today: string): string {
  const language = currentLanguage()
  const format = cached(
    `relative ${language}`,
    () => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }),
  )
  return format.format(daysBetween(today, on), 'day')
}

/** Whole days from one `YYYY-MM-DD` to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** A dictionary's name in the window's language, or the other one where it has none. */
export function labelText(label: Label | null | undefined): string {
  if (!label) return ''
  return currentLanguage() === 'en' ? label.en || label.zh : label.zh || label.en
}

/** The sign of the shop's currency in the window's language. */
export function currencySign(currency = shopCurrency): string {
  const language = currentLanguage()
  const format = cached(
    `money ${language} ${currency}`,
    () => new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
  )
  return format.formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency
}

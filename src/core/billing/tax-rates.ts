import type { PricedLineInput } from '#contract/charges.ts'
import { documentAmounts, type DocumentAmounts, type LineAmounts } from '#contract/money.ts'
import type { ReadDb } from '../db/handles.ts'
import { fieldError } from '../kernel/app-error.ts'
import { firstRate, rateOfDay, taxCodeById } from './tax-store.ts'

/** A tax code's rate on a day, in basis points; null when none is valid yet (V-06). */
export function rateOn(db: ReadDb, taxCodeId: number, on: string): number | null {
  return rateOfDay(db, taxCodeId, on) ?? null
}

/** The same, or the refusal at `path`: `field.not_found` for no such code, `tax.rate_missing`. */
export function requireRate(db: ReadDb, taxCodeId: number, on: string, path: string): number {
  const rate = rateOfDay(db, taxCodeId, on)
  if (rate !== undefined) return rate
  const code = taxCodeById(db, taxCodeId)
  if (!code) throw fieldError(path, 'field.not_found')
  throw fieldError(path, 'tax.rate_missing', { code: code.code, on })
}

/** A rate to show a line with that cannot be invoiced today: a page must open all the same. */
export function shownRate(db: ReadDb, taxCodeId: number, on: string): number {
  return rateOfDay(db, taxCodeId, on) ?? firstRate(db, taxCodeId) ?? 0
}

type Priced = Pick<PricedLineInput, 'quantity' | 'unitMinor' | 'discountMinor' | 'taxCodeId'>

export interface PricedLines extends DocumentAmounts {
  readonly lines: readonly (LineAmounts & { readonly rateBp: number })[]
}

/**
 * Amounts of lines with the rates of a day: by V-10 when the prices are with tax, otherwise by V-09.
 * Errors at `lines.<n>.taxCodeId`: `field.not_found`, `tax.rate_missing`.
 */
export function priceLines(
  db: ReadDb,
  lines: readonly Priced[],
  includesTax: boolean,
  on: string,
  pathOf: (index: number) => string = (index) => `lines.${index}`,
): PricedLines {
  const rated = lines.map((line, index) => ({
    quantity: line.quantity,
    unitMinor: line.unitMinor,
    discountMinor: line.discountMinor,
    rateBp: requireRate(db, line.taxCodeId, on, `${pathOf(index)}.taxCodeId`),
  }))
  const amounts = documentAmounts(rated, includesTax)
  return {
    ...amounts,
    lines: amounts.lines.map((line, index) => ({ ...line, rateBp: rated[index]?.rateBp ?? 0 })),
  }
}

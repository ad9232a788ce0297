import { z } from 'zod'

/**
 * Money is an integer of minor units, quantity an integer of thousandths, a rate an integer of basis points
 * (1300 = 13 %). Everything here is exact: products go through BigInt and are rounded once, half away from zero.
 */

/** An amount that may be negative, at most 9 trillion minor units either way. */
export const signedMinor = z.int().min(-9_000_000_000_000).max(9_000_000_000_000)
/** A total that is never negative. */
export const totalMinor = z.int().min(0).max(9_000_000_000_000)
/** An amount that must be more than nothing: a payment, a deposit. */
export const positiveMinor = z.int().min(1).max(9_000_000_000)
/** Thousandths of the unit; 0.001 to 1,000,000 pieces. */
export const quantity = z.int().min(1).max(1_000_000_000)
/** 0 to 100 %. */
export const rateBp = z.int().min(0).max(10_000)

/** One piece. */
export const onePiece = 1000
export const wholeBp = 10_000

/** `numerator / denominator`, rounded half away from zero. Throws RangeError for a denominator below one. */
export function divideRounded(numerator: bigint, denominator: bigint): number {
  if (denominator < 1n) throw new RangeError('a denominator is positive')
  const negative = numerator < 0n
  const whole = negative ? -numerator : numerator
  const rounded = (whole * 2n + denominator) / (denominator * 2n)
  return Number(negative ? -rounded : rounded)
}

/** Price of a quantity in thousandths at a price per unit, in minor units. */
export function amountOf(quantityThousandths: number, unitMinor: number): number {
  return divideRounded(BigInt(quantityThousandths) * BigInt(unitMinor), 1000n)
}

/** A share of an amount in basis points. */
export function shareOf(amountMinor: number, bp: number): number {
  return divideRounded(BigInt(amountMinor) * BigInt(bp), BigInt(wholeBp))
}

/** Tax on a net amount (V-09, BR-CO-17). */
export function taxOnNet(netMinor: number, bp: number): number {
  return shareOf(netMinor, bp)
}

/** Net of a tax-inclusive amount: the gross stays, net = round(gross / (1 + r)), tax is the rest (V-10). */
export function netOfGross(grossMinor: number, bp: number): number {
  return divideRounded(BigInt(grossMinor) * BigInt(wholeBp), BigInt(wholeBp + bp))
}

/**
 * Splits a total by weights so that the parts add up to it exactly: what rounding down leaves goes, a unit each,
 * to the largest remainders, the earlier part first (T-17: 100.00 in three is 33.34 + 33.33 + 33.33).
 * Weights are not negative; when all are zero everything goes to the first part. An empty list gives an empty one.
 */
export function splitByWeights(totalMinor: number, weights: readonly number[]): number[] {
  if (weights.length === 0) return []
  const sum = weights.reduce((a, b) => a + BigInt(b), 0n)
  if (sum === 0n) return weights.map((_, index) => (index === 0 ? totalMinor : 0))
  const sign = totalMinor < 0 ? -1 : 1
  const total = BigInt(Math.abs(totalMinor))
  const parts = weights.map((weight, index) => {
    const product = total * BigInt(weight)
    return { index, floor: product / sum, rest: product % sum }
  })
  let left = total - parts.reduce((a, part) => a + part.floor, 0n)
  const byRest = parts.toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
  for (const part of byRest) {
    if (left === 0n) break
    part.floor += 1n
    left -= 1n
  }
  return parts.map((part) => sign * Number(part.floor) + 0)
}

/** What must be added to a total so that it can be paid in coins of `stepMinor` (5 for 0.05); 0 with step 0 or 1. */
export function cashRounding(totalMinor: number, stepMinor: number): number {
  if (stepMinor <= 1) return 0
  return divideRounded(BigInt(totalMinor), BigInt(stepMinor)) * stepMinor - totalMinor
}

/** Decimals of a currency's minor unit: 2 for CNY, 0 for JPY, 3 for KWD. */
export function currencyDecimals(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  )
}

/** What arithmetic needs to know of a line. */
export interface PricedLine {
  readonly quantity: number
  readonly unitMinor: number
  /** Taken off the line's price, in the same sense (net or gross) as the price. */
  readonly discountMinor: number
  readonly rateBp: number
}

export interface LineAmounts {
  readonly netMinor: number
  readonly taxMinor: number
  readonly grossMinor: number
}

export interface DocumentAmounts extends LineAmounts {
  readonly lines: readonly LineAmounts[]
  /** One row per rate, highest first. */
  readonly rates: readonly { rateBp: number; netMinor: number; taxMinor: number }[]
}

/**
 * Amounts of a document. Prices with tax (V-10): each line's gross is fixed and its net worked out of it, the
 * total is the sum of the gross lines. Prices without tax (V-09): the tax of a rate is worked out once over the
 * sum of its net lines, and given to the lines by largest remainder, so that lines always add up to the total.
 */
export function documentAmounts(lines: readonly PricedLine[], pricesIncludeTax: boolean): DocumentAmounts {
  const priced = lines.map((line) => ({
    rateBp: line.rateBp,
    amount: amountOf(line.quantity, line.unitMinor) - line.discountMinor,
  }))
  const each = pricesIncludeTax ? priced.map(ofGross) : ofNet(priced)
  const rates = [...new Set(priced.map((line) => line.rateBp))]
    .toSorted((a, b) => b - a)
    .map((bp) => {
      const own = each.filter((_, index) => priced[index]?.rateBp === bp)
      return { rateBp: bp, netMinor: sum(own, 'netMinor'), taxMinor: sum(own, 'taxMinor') }
    })
  return {
    lines: each,
    rates,
    netMinor: sum(each, 'netMinor'),
    taxMinor: sum(each, 'taxMinor'),
    grossMinor: sum(each, 'grossMinor'),
  }
}

interface PricedAmount {
  readonly rateBp: number
  readonly amount: number
}

function ofGross({ rateBp: bp, amount }: PricedAmount): LineAmounts {
  const netMinor = netOfGross(amount, bp)
  return { netMinor, taxMinor: amount - netMinor, grossMinor: amount }
}

function ofNet(priced: readonly PricedAmount[]): LineAmounts[] {
  const taxes = new Map<number, number>()
  for (const bp of new Set(priced.map((line) => line.rateBp))) {
    const own = priced.flatMap((line, index) => (line.rateBp === bp ? [{ index, amount: line.amount }] : []))
    const net = own.reduce((total, line) => total + line.amount, 0)
    // A document may mix charges and allowances; each side of the zero takes its part of the tax.
    const parts = splitSigned(
      taxOnNet(net, bp),
      own.map((line) => line.amount),
    )
    own.forEach((line, at) => taxes.set(line.index, parts[at] ?? 0))
  }
  return priced.map(({ amount }, index) => {
    const taxMinor = taxes.get(index) ?? 0
    return { netMinor: amount, taxMinor, grossMinor: amount + taxMinor }
  })
}

/** Gives the first line what exact shares of mixed signs leave over. */
function splitSigned(total: number, amounts: readonly number[]): number[] {
  if (amounts.every((amount) => amount >= 0)) return splitByWeights(total, amounts)
  const net = amounts.reduce((a, b) => a + b, 0)
  if (net === 0) return amounts.map((_, index) => (index === 0 ? total : 0))
  const sign = net < 0 ? -1n : 1n
  const parts = amounts.map((amount) =>
    divideRounded(BigInt(total) * BigInt(amount) * sign, BigInt(net) * sign),
  )
  const left = total - parts.reduce((a, b) => a + b, 0)
  return parts.map((part, index) => (index === 0 ? part + left : part))
}

function sum(rows: readonly LineAmounts[], key: keyof LineAmounts): number {
  return rows.reduce((total, row) => total + row[key], 0)
}

import type { PayerShare } from './charges.ts'
import { amountOf, onePiece, splitByWeights, type PricedLine } from './money.ts'

/** A line's price after discount, in the sense its price has. */
export function priceOf(line: Pick<PricedLine, 'quantity' | 'unitMinor' | 'discountMinor'>): number {
  return amountOf(line.quantity, line.unitMinor) - line.discountMinor
}

/** True when one payer bears all of a line. */
export function isPaidByOne(shares: readonly PayerShare[]): boolean {
  return shares.filter((share) => share.shareBp > 0).length === 1
}

/**
 * The part of a line one payer pays, as a line of its own (V-03). Who pays all of it sees quantity and price as
 * they are; a part of it is one piece at the amount of the share, so that quantity × price is always the line.
 */
export function partOfLine<L extends PricedLine>(line: L, shares: readonly PayerShare[], index: number): L {
  if (isPaidByOne(shares) && (shares[index]?.shareBp ?? 0) > 0) return line
  const weights = shares.map((share) => share.shareBp)
  const unitMinor = splitByWeights(priceOf(line), weights)[index] ?? 0
  return { ...line, quantity: onePiece, unitMinor, discountMinor: 0 }
}

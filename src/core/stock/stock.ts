import { divideRounded, onePiece } from '#contract/money.ts'
import type { PlaceKind, RepairPartState } from '#contract/stock-model.ts'

/** Pure rules of the goods ledger and of a repair's part lines. */

/** Part numbers, barcodes and serials are the same whatever their case and blanks. */
export function codeKey(code: string): string {
  return code.normalize('NFKC').replace(/\s+/gu, '').toUpperCase()
}

/** A name of a shelf in its comparable form. */
export function placeKey(name: string): string {
  return name.normalize('NFKC').replace(/\s+/gu, '').toLowerCase()
}

/** Places that goods come out of without having been put in: what stands there is no stock of the shop's. */
export const sourceKinds: ReadonlySet<PlaceKind> = new Set(['supplier', 'difference'])

export function isWhole(quantity: number): boolean {
  return quantity % onePiece === 0
}

/** A quantity in pieces, for the text of an error. */
export function pieces(quantity: number): number {
  return quantity / onePiece
}

/** Settled lines stay as they are; a mistake is a line of its own. */
const settledStates: ReadonlySet<RepairPartState> = new Set([
  'used',
  'returned',
  'dead_on_arrival',
  'broken_here',
  'lost',
  'cancelled',
])

export function isSettled(state: RepairPartState): boolean {
  return settledStates.has(state)
}

/**
 * Moving average per unit after a receipt: what was there at its cost and what came at its own. With nothing left,
 * or less than nothing, the new goods alone say what one costs.
 */
export function averageCost(
  held: { quantity: number; costMinor: number },
  came: { quantity: number; costMinor: number },
): number {
  if (held.quantity <= 0) return came.costMinor
  const value =
    BigInt(held.quantity) * BigInt(held.costMinor) + BigInt(came.quantity) * BigInt(came.costMinor)
  return divideRounded(value, BigInt(held.quantity + came.quantity))
}

/** The average before a receipt that was an error; unchanged where nothing is left to take an average of. */
export function averageWithout(
  held: { quantity: number; costMinor: number },
  gone: { quantity: number; costMinor: number },
): number {
  const left = held.quantity - gone.quantity
  const value =
    BigInt(held.quantity) * BigInt(held.costMinor) - BigInt(gone.quantity) * BigInt(gone.costMinor)
  return left <= 0 || value < 0n ? held.costMinor : divideRounded(value, BigInt(left))
}

export interface Shelf {
  readonly placeId: number
  /** On hand less reserved, thousandths. */
  readonly available: number
}

/**
 * From which shelves a quantity is taken: the usual one first, then those with most, so that few are touched. Takes
 * what there is; serialised parts in whole pieces.
 */
export function allocate(
  shelves: readonly Shelf[],
  quantity: number,
  usualId: number | null,
  serialised: boolean,
): { placeId: number; quantity: number }[] {
  const order = shelves
    .filter(({ available }) => available > 0)
    .toSorted(
      (a, b) =>
        Number(b.placeId === usualId) - Number(a.placeId === usualId) ||
        b.available - a.available ||
        a.placeId - b.placeId,
    )
  // One shelf that has all of it is better than the usual one with a part of it.
  const whole = order.find(({ available }) => available >= quantity)
  if (whole) return [{ placeId: whole.placeId, quantity }]
  const taken: { placeId: number; quantity: number }[] = []
  let left = quantity
  for (const { placeId, available } of order) {
    const some = Math.min(left, serialised ? available - (available % onePiece) : available)
    if (some <= 0) continue
    taken.push({ placeId, quantity: some })
    left -= some
    if (left === 0) break
  }
  return taken
}

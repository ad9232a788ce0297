import type { Payer, PayerShare } from '#contract/charges.ts'
import { partOfLine } from '#contract/payer-parts.ts'
import type { ReadDb } from '../db/handles.ts'
import { billAmounts, ownCustomer, payerKey, type PayerKey, type SensedLine } from './charge-bill.ts'
import { linesOfRepair, type ChargeRow } from './charge-store.ts'
import { shownRate } from './tax-rates.ts'
import { billedShares, billedTotals, livingCustomer } from './views.ts'

/** What of a repair's lines is not invoiced yet, payer by payer. */

export interface BillPart extends SensedLine {
  readonly key: PayerKey
  readonly line: ChargeRow
  readonly share: PayerShare
}

/** Who pays, seen from a repair: its own customer in whatever record of a merge is `customer`. */
export function keyFor(db: ReadDb, ownId: number | null, payer: Payer, customerId: number | null): PayerKey {
  if (payer !== 'customer' || customerId === null || customerId === ownId) return payerKey(payer, null)
  const living = livingCustomer(db, customerId)
  return ownId !== null && living === livingCustomer(db, ownId) ? ownCustomer : payerKey(payer, living)
}

/** Which payers' shares of which lines stand on documents. */
function billedKeys(
  db: ReadDb,
  repair: { readonly id: number; readonly customerId: number | null },
): string[] {
  return billedShares(db, repair.id).map(
    ({ chargeLineId, payer, customerId }) =>
      `${chargeLineId} ${keyFor(db, repair.customerId, payer as Payer, customerId)}`,
  )
}

type RateOf = (taxCodeId: number) => number

/** Shares of lines that no invoice has; waived lines are nobody's. */
export function unbilledParts(
  db: ReadDb,
  repair: { readonly id: number; readonly customerId: number | null },
  rateOf: RateOf,
  lines: readonly ChargeRow[] = linesOfRepair(db, repair.id),
): BillPart[] {
  // A line that any document has knows one of them, so that a bill nobody has invoiced yet is not looked up.
  const isBilled = lines.some((line) => line.invoiceId !== null)
  const billed = new Set(isBilled ? billedKeys(db, repair) : [])
  return lines.flatMap((line) => {
    if (line.waivedAt !== null) return []
    const { quantity, unitMinor, discountMinor, includesTax } = line
    const whole = { quantity, unitMinor, discountMinor, includesTax, rateBp: rateOf(line.taxCodeId) }
    return line.shares.flatMap((share, index) => {
      const key = keyFor(db, repair.customerId, share.payer, share.customerId)
      if (share.shareBp === 0 || billed.has(`${line.id} ${key}`)) return []
      return [{ ...partOfLine(whole, line.shares, index), key, line, share }]
    })
  })
}

/** What a payer's document of these parts comes to, with tax. */
export function grossOf(parts: readonly BillPart[]): number {
  return billAmounts(parts).grossMinor
}

/** What the repair's own customer has not been invoiced yet, with tax. */
export function ownUnbilled(
  db: ReadDb,
  repair: { readonly id: number; readonly customerId: number | null },
  on: string,
): number {
  const parts = unbilledParts(db, repair, (code) => shownRate(db, code, on))
  return grossOf(parts.filter((part) => part.key === ownCustomer))
}

/** What the repair's own customer was invoiced for it, less credits, with tax. */
export function ownBilled(
  db: ReadDb,
  repair: { readonly id: number; readonly customerId: number | null },
): number {
  return billedTotals(db, repair.id)
    .filter((row) => keyFor(db, repair.customerId, 'customer', row.customerId) === ownCustomer)
    .reduce((sum, row) => sum + row.grossMinor, 0)
}

import { shareRest, type Payer, type PayerShare } from '#contract/charges.ts'
import { documentAmounts, type DocumentAmounts, type LineAmounts, type PricedLine } from '#contract/money.ts'

/** The pure rules of a bill: who pays which part of a line, and what a document of such parts comes to. */

/** A line as it bills: its price stands in one sense, with tax or without. */
export interface SensedLine extends PricedLine {
  readonly includesTax: boolean
}

/**
 * Shares of the payers come to 100 %; people type 33.33 % three times (T-17), so half a basis point of each may be
 * missing or too much. Only a customer's share names a customer, and no payer stands twice.
 */
export function shareFault(
  shares: readonly PayerShare[],
): 'charge.shares' | 'charge.payer_customer' | undefined {
  if (shareRest(shares) !== 0) return 'charge.shares'
  if (shares.some((share) => share.payer !== 'customer' && share.customerId !== null))
    return 'charge.payer_customer'
  const keys = shares.map((share) => `${share.payer} ${share.customerId}`)
  return new Set(keys).size === keys.length ? undefined : 'charge.shares'
}

/**
 * Amounts of lines whose prices may stand in different senses: each sense by its own rule (V-09, V-10), the totals
 * and the rates together.
 */
export function billAmounts(lines: readonly SensedLine[]): DocumentAmounts {
  const first = lines[0]?.includesTax ?? true
  if (lines.every((line) => line.includesTax === first)) return documentAmounts(lines, first)
  const withTax = documentAmounts(
    lines.filter((line) => line.includesTax),
    true,
  )
  const without = documentAmounts(
    lines.filter((line) => !line.includesTax),
    false,
  )
  const [inner, outer] = [withTax.lines.values(), without.lines.values()]
  const nothing: LineAmounts = { netMinor: 0, taxMinor: 0, grossMinor: 0 }
  const rates = new Map<number, { rateBp: number; netMinor: number; taxMinor: number }>()
  for (const { rateBp, netMinor, taxMinor } of [...withTax.rates, ...without.rates]) {
    const kept = rates.get(rateBp)
    rates.set(rateBp, {
      rateBp,
      netMinor: netMinor + (kept?.netMinor ?? 0),
      taxMinor: taxMinor + (kept?.taxMinor ?? 0),
    })
  }
  return {
    lines: lines.map((line) => (line.includesTax ? inner : outer).next().value ?? nothing),
    rates: [...rates.values()].toSorted((a, b) => b.rateBp - a.rateBp),
    netMinor: withTax.netMinor + without.netMinor,
    taxMinor: withTax.taxMinor + without.taxMinor,
    grossMinor: withTax.grossMinor + without.grossMinor,
  }
}

/** Who pays, in one word: a customer other than the repair's own has its id in it. */
export type PayerKey = 'customer' | 'warranty' | 'agreement' | 'goodwill' | `customer ${number}`

export const ownCustomer: PayerKey = 'customer'

export function payerKey(payer: Payer, customerId: number | null): PayerKey {
  return payer === 'customer' && customerId !== null ? `customer ${customerId}` : payer
}

export function payerOfKey(key: PayerKey): { payer: Payer; customerId: number | null } {
  const [payer, id] = key.split(' ')
  return { payer: payer as Payer, customerId: id === undefined ? null : Number(id) }
}

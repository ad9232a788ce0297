import type { ChargeKind, ChargeLine, PayerShare, PricedLineInput } from '#contract/charges.ts'
import { amountOf, documentAmounts, onePiece, shareOf, type LineAmounts } from '#contract/money.ts'

/** A line of the bill as it is typed. */
export interface ChargeForm {
  kind: ChargeKind
  serviceId: number | null
  partId: number | null
  description: string
  quantity: number | null
  unitMinor: number | null
  discountBy: 'amount' | 'percent'
  discountMinor: number | null
  /** Thousandths of a per cent. */
  discountPercent: number | null
  taxCodeId: number | null
  shares: PayerShare[]
  standardMinutes: number
  warrantyMonths: number | null
}

export function blankCharge(taxCodeId: number | null, shares: readonly PayerShare[]): ChargeForm {
  return {
    kind: 'labour',
    serviceId: null,
    partId: null,
    description: '',
    quantity: onePiece,
    unitMinor: null,
    discountBy: 'amount',
    discountMinor: null,
    discountPercent: null,
    taxCodeId,
    shares: shares.map((share) => ({ ...share })),
    standardMinutes: 0,
    warrantyMonths: 0,
  }
}

export function chargeForm(line: ChargeLine): ChargeForm {
  return {
    kind: line.kind,
    serviceId: line.serviceId,
    partId: line.partId,
    description: line.description,
    quantity: line.quantity,
    unitMinor: line.unitMinor,
    discountBy: 'amount',
    discountMinor: line.discountMinor === 0 ? null : line.discountMinor,
    discountPercent: null,
    taxCodeId: line.taxCodeId,
    shares: line.shares.map((share) => ({ ...share })),
    standardMinutes: line.standardMinutes,
    warrantyMonths: line.warrantyMonths,
  }
}

/** The price of the whole line before the discount. */
export function priceOf(form: ChargeForm): number {
  return amountOf(form.quantity ?? 0, form.unitMinor ?? 0)
}

/** What the discount comes to. */
export function discountOf(form: ChargeForm): number {
  if (form.discountBy === 'amount') return form.discountMinor ?? 0
  return shareOf(priceOf(form), Math.round((form.discountPercent ?? 0) / 10))
}

/** What the line comes to while it is typed. */
export function amountsOf(form: ChargeForm, rateBp: number, includesTax: boolean): LineAmounts {
  const { quantity, unitMinor } = form
  const line = { quantity: quantity ?? 0, unitMinor: unitMinor ?? 0, discountMinor: discountOf(form), rateBp }
  return documentAmounts([line], includesTax)
}

/** What is sent; undefined while something that must be there is missing: its path. */
export function chargeInput(form: ChargeForm): PricedLineInput | { readonly missing: string } {
  const { quantity, unitMinor, taxCodeId } = form
  if (quantity === null) return { missing: 'quantity' }
  if (unitMinor === null) return { missing: 'unitMinor' }
  if (taxCodeId === null) return { missing: 'taxCodeId' }
  return {
    kind: form.kind,
    serviceId: form.kind === 'labour' ? form.serviceId : null,
    partId: form.kind === 'part' ? form.partId : null,
    description: form.description,
    quantity,
    unitMinor,
    discountMinor: discountOf(form),
    taxCodeId,
    shares: form.shares.map((share) => ({ ...share })),
    standardMinutes: form.kind === 'labour' ? form.standardMinutes : 0,
    warrantyMonths: form.warrantyMonths ?? 0,
  }
}

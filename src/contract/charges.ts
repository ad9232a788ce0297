import { z } from 'zod'
import { amountMinor, at, id, name, uid } from './fields.ts'
import { quantity, rateBp, shareOf, signedMinor } from './money.ts'

/** Who pays (V-03): the customer, the manufacturer's warranty, a service agreement, or the shop's goodwill. */
export const payers = ['customer', 'warranty', 'agreement', 'goodwill'] as const
export type Payer = (typeof payers)[number]

/** What a priced line is for. `bench_fee` is waived by an approval (domain §1a-16). */
export const chargeKinds = [
  'labour',
  'part',
  'external',
  'fee',
  'bench_fee',
  'storage_fee',
  'cancellation_fee',
] as const
export type ChargeKind = (typeof chargeKinds)[number]

/**
 * One payer's share of a line. The shares of a line add up to 10,000, give or take what rounding each of them to
 * two decimals leaves: 33.33 % three times is the whole (T-17).
 */
export const payerShare = z.strictObject({
  payer: z.enum(payers),
  /** Another customer who pays (an insurer, an employer); null is the repair's own customer. Only with `customer`. */
  customerId: id.nullable(),
  shareBp: rateBp,
})
export type PayerShare = z.output<typeof payerShare>

/** Whether a discount is larger than the shop lets everybody give: `limitBp` of the price of the whole line. */
export function isOverDiscountLimit(discountMinor: number, priceMinor: number, limitBp: number): boolean {
  return discountMinor > shareOf(priceMinor, limitBp)
}

/**
 * What the shares of a line leave unpaid of its 10,000, below zero when they come to too much; 0 within what rounding
 * each of them to two decimals leaves.
 */
export function shareRest(shares: readonly Pick<PayerShare, 'shareBp'>[]): number {
  const rest = 10_000 - shares.reduce((sum, { shareBp }) => sum + shareBp, 0)
  return Math.abs(rest) > Math.floor(shares.length / 2) ? rest : 0
}

export const onlyCustomer: readonly PayerShare[] = [{ payer: 'customer', customerId: null, shareBp: 10_000 }]

/**
 * Who pays for the work on a repair when nobody says otherwise: the customer, but for a rework (返修) the shop, until
 * a technician has found that the fault is another one.
 */
export function defaultShares(isRework: boolean, reworkKind: 'same' | 'different' | null): PayerShare[] {
  return isRework && reworkKind !== 'different'
    ? [{ payer: 'goodwill', customerId: null, shareBp: 10_000 }]
    : [...onlyCustomer]
}

/** Fields of a priced line, in a quote as in a repair's charges. */
export const pricedLineFields = {
  kind: z.enum(chargeKinds),
  /** A labour item of the price list. */
  serviceId: id.nullable(),
  partId: id.nullable(),
  description: name(200),
  quantity,
  unitMinor: amountMinor,
  discountMinor: amountMinor,
  taxCodeId: id,
  shares: z.array(payerShare).min(1).max(10),
  /** Standard time of a labour line; 0 for others. */
  standardMinutes: z.int().min(0).max(60_000),
  /** Warranty the shop gives on this line. */
  warrantyMonths: z.int().min(0).max(120),
}
export const pricedLineInput = z.strictObject(pricedLineFields)
export type PricedLineInput = z.output<typeof pricedLineInput>

/** Whether two lines say the same: what, how much, at which price, paid by whom. */
function isSameLine(a: PricedLineInput, b: PricedLineInput): boolean {
  const paid = ({ shares }: PricedLineInput): string =>
    JSON.stringify(
      shares
        .filter(({ shareBp }) => shareBp > 0)
        .map(({ payer, customerId, shareBp }) => [payer, customerId, shareBp]),
    )
  const fields = Object.keys(pricedLineFields) as (keyof PricedLineInput)[]
  return fields.every((field) => (field === 'shares' ? paid(a) === paid(b) : a[field] === b[field]))
}

/**
 * For each line of a quote the line of a bill that says the same, each used once: it is on the bill already, and an
 * approval does not charge it a second time.
 */
export function pairSame<T extends PricedLineInput>(
  lines: readonly PricedLineInput[],
  billed: readonly T[],
): (T | undefined)[] {
  const free = [...billed]
  return lines.map((line) => {
    const at = free.findIndex((one) => isSameLine(one, line))
    return at < 0 ? undefined : free.splice(at, 1)[0]
  })
}

export const pricedAmounts = { netMinor: signedMinor, taxMinor: signedMinor, grossMinor: signedMinor }

export const chargeSources = ['quote', 'work', 'counter', 'storage', 'cancellation', 'bench_fee'] as const

/** A line of a repair's bill before it is invoiced. */
export const chargeLine = z.object({
  id,
  uid,
  ...pricedLineFields,
  description: z.string(),
  source: z.enum(chargeSources),
  rateBp,
  ...pricedAmounts,
  /** Set once an invoice has the line; it is locked then. */
  invoiceId: id.nullable(),
  invoiceNumber: z.string().nullable(),
  waivedAt: at.nullable(),
  waiveReason: z.string(),
})
export type ChargeLine = z.output<typeof chargeLine>

/** What each payer owes of a repair's lines, with tax. */
export const payerTotal = z.object({
  payer: z.enum(payers),
  customerId: id.nullable(),
  customerName: z.string().nullable(),
  grossMinor: signedMinor,
})
export const taxRow = z.object({ rateBp, netMinor: signedMinor, taxMinor: signedMinor })

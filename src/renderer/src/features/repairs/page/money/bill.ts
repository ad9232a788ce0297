import type { RepairMoney } from '#contract/billing.ts'
import type { ChargeLine, Payer, PayerShare } from '#contract/charges.ts'
import {
  amountOf,
  documentAmounts,
  onePiece,
  splitByWeights,
  type DocumentAmounts,
  type LineAmounts,
  type PricedLine,
} from '#contract/money.ts'

/** What an invoice for one payer would hold, worked out as the host does (V-03, V-09, V-10). */

export interface PayerOf {
  readonly payer: Payer
  readonly customerId: number | null
}

export interface BillLine {
  readonly line: ChargeLine
  /** In per cent of the line where it is not the whole; else null. */
  readonly shareBp: number | null
  readonly amounts: LineAmounts
}

export interface Bill {
  readonly lines: readonly BillLine[]
  readonly amounts: Pick<DocumentAmounts, 'netMinor' | 'taxMinor' | 'grossMinor' | 'rates'>
}

interface Part extends PricedLine {
  readonly line: ChargeLine
  readonly share: PayerShare
  readonly whole: boolean
  readonly includesTax: boolean
}

function partOf(line: ChargeLine, payer: PayerOf): Part | undefined {
  const index = line.shares.findIndex(
    (share) => share.shareBp > 0 && share.payer === payer.payer && share.customerId === payer.customerId,
  )
  const share = line.shares[index]
  if (!share) return undefined
  const price = amountOf(line.quantity, line.unitMinor) - line.discountMinor
  // A line says in which sense its price is: with tax its gross is the price.
  const includesTax = line.grossMinor === price
  const whole = line.shares.filter(({ shareBp }) => shareBp > 0).length === 1
  const { quantity, unitMinor, discountMinor, rateBp } = line
  if (whole) return { line, share, whole, includesTax, quantity, unitMinor, discountMinor, rateBp }
  const weights = line.shares.map(({ shareBp }) => shareBp)
  const own = splitByWeights(price, weights)[index] ?? 0
  return { line, share, whole, includesTax, quantity: onePiece, unitMinor: own, discountMinor: 0, rateBp }
}

function merged(rates: readonly DocumentAmounts['rates'][number][]): DocumentAmounts['rates'] {
  const groups = Map.groupBy(rates, ({ rateBp }) => rateBp)
  return [...groups]
    .map(([rateBp, rows]) => ({
      rateBp,
      netMinor: rows.reduce((sum, row) => sum + row.netMinor, 0),
      taxMinor: rows.reduce((sum, row) => sum + row.taxMinor, 0),
    }))
    .toSorted((a, b) => b.rateBp - a.rateBp)
}

/** The unbilled lines of one or several repairs as they would stand on one payer's invoice. */
export function billOf(lines: readonly ChargeLine[], payer: PayerOf): Bill {
  const parts = lines
    .filter((line) => line.invoiceId === null && line.waivedAt === null)
    .flatMap((line) => partOf(line, payer) ?? [])
  const senses = [true, false].map((sense) => {
    const own = parts.filter(({ includesTax }) => includesTax === sense)
    return { own, amounts: documentAmounts(own, sense) }
  })
  const shown = senses.flatMap(({ own, amounts }) =>
    own.map((part, index) => ({
      line: part.line,
      shareBp: part.whole ? null : part.share.shareBp,
      amounts: amounts.lines[index] ?? { netMinor: 0, taxMinor: 0, grossMinor: 0 },
    })),
  )
  const total = (key: keyof LineAmounts): number => senses.reduce((sum, { amounts }) => sum + amounts[key], 0)
  return {
    lines: shown,
    amounts: {
      netMinor: total('netMinor'),
      taxMinor: total('taxMinor'),
      grossMinor: total('grossMinor'),
      rates: merged(senses.flatMap(({ amounts }) => [...amounts.rates])),
    },
  }
}

/** Customers who owe something that is not invoiced yet; the repair's own comes first. */
export function customersToBill(money: RepairMoney): (PayerOf & { customerName: string | null })[] {
  return money.unbilled.payers
    .filter(({ payer, grossMinor }) => payer === 'customer' && grossMinor !== 0)
    .toSorted((a, b) => Number(a.customerId !== null) - Number(b.customerId !== null))
}

import type { PayerShare } from './charges.ts'
import { documentAmounts, type PricedLine } from './money.ts'
import { partOfLine } from './payer-parts.ts'
import type { QuoteOption } from './quotes.ts'

/** What an option of a quote comes to, and for whom: for the host that keeps it and the window that writes it. Pure. */

export interface SharedLine extends PricedLine {
  readonly shares: readonly PayerShare[]
}

export type OptionPrice = Pick<
  QuoteOption,
  'netMinor' | 'taxMinor' | 'grossMinor' | 'taxes' | 'payers' | 'customerMinor'
> & { readonly lines: readonly Pick<QuoteOption, 'netMinor' | 'taxMinor' | 'grossMinor'>[] }

/**
 * Prices an option with the rates its lines have. Each payer's total is what a document of their parts alone comes
 * to, so that the quote says to the cent what the invoice will (V-03, V-09, V-10). `nameOf` names other customers.
 */
export function priceOption(
  lines: readonly SharedLine[],
  includesTax: boolean,
  nameOf: (customerId: number) => string | null,
): OptionPrice {
  const { netMinor, taxMinor, grossMinor, rates, lines: each } = documentAmounts(lines, includesTax)
  const payers = payersOf(lines).map(({ payer, customerId }) => ({
    payer,
    customerId,
    customerName: customerId === null ? null : nameOf(customerId),
    grossMinor: documentAmounts(partsOf(lines, { payer, customerId }), includesTax).grossMinor,
  }))
  const own = payers.find(({ payer, customerId }) => payer === 'customer' && customerId === null)
  return {
    netMinor,
    taxMinor,
    grossMinor,
    taxes: [...rates],
    lines: each,
    payers,
    customerMinor: own?.grossMinor ?? 0,
  }
}

type Payer = Pick<PayerShare, 'payer' | 'customerId'>

function isPayer(share: PayerShare, { payer, customerId }: Payer): boolean {
  return share.payer === payer && share.customerId === customerId
}

/** Everybody who pays something, in the order they are named. */
function payersOf(lines: readonly SharedLine[]): Payer[] {
  const shares = lines.flatMap((line) => line.shares.filter(({ shareBp }) => shareBp > 0))
  return shares.filter((share, index) => shares.findIndex((other) => isPayer(other, share)) === index)
}

/** One payer's part of each line they pay something of. */
function partsOf(lines: readonly SharedLine[], payer: Payer): PricedLine[] {
  return lines.flatMap((line) => {
    const index = line.shares.findIndex((share) => share.shareBp > 0 && isPayer(share, payer))
    if (index < 0) return []
    return [partOfLine(line, line.shares, index)]
  })
}

import { onePiece, type DocumentAmounts } from '#contract/money.ts'
import { isPaidByOne } from '#contract/payer-parts.ts'
import type { BillPart } from './charge-parts.ts'
import type { NewInvoiceLine } from './invoice-store.ts'

/** How parts of charge lines stand on a document. */

/** A document speaks in one sense; where its lines do not agree, in net prices. */
export function documentSense(parts: readonly BillPart[]): boolean {
  return parts.every((part) => part.includesTax)
}

/** What a share is called: its line, with the part of it in per cent when it is not the whole. */
function descriptionOf({ line, share }: BillPart): string {
  return isPaidByOne(line.shares) ? line.description : `${line.description} (${share.shareBp / 100} %)`
}

/** Lines of a document; quantity × price − discount is always the line's amount in the document's sense. */
export function invoiceLinesOf(parts: readonly BillPart[], amounts: DocumentAmounts): NewInvoiceLine[] {
  const sense = documentSense(parts)
  return parts.map((part, index) => {
    const own = amounts.lines[index] ?? { netMinor: 0, taxMinor: 0, grossMinor: 0 }
    const price =
      part.includesTax === sense
        ? { quantity: part.quantity, unitMinor: part.unitMinor, discountMinor: part.discountMinor }
        : { quantity: onePiece, unitMinor: own.netMinor, discountMinor: 0 }
    return {
      chargeLineId: part.line.id,
      repairId: part.line.repairId,
      description: descriptionOf(part),
      ...price,
      rateBp: part.rateBp,
      netMinor: own.netMinor,
      taxMinor: own.taxMinor,
      grossMinor: own.grossMinor,
      warrantyMonths: part.line.warrantyMonths,
    }
  })
}

import { isPaidByOne } from '#contract/payer-parts.ts'
import type { Handler } from '../context.ts'
import { depositHeld } from './deposit-money.ts'
import { draftOf, isOwn } from './invoice-draft.ts'

/**
 * The invoice as `invoices.issue` would write it now, with the deposits it would take; empty when this payer owes
 * nothing that is not invoiced. Errors: those of `draftOf`.
 */
export const previewInvoice: Handler<'invoices.preview'> = (ctx, input) => {
  const { repairs, party, parts, amounts, roundingMinor } = draftOf(ctx, input)
  const { netMinor, taxMinor, grossMinor, rates } = amounts
  const held = repairs
    .filter((repair) => isOwn(ctx, repair, party))
    .reduce((sum, { id }) => sum + depositHeld(ctx.db, id), 0)
  const dueMinor = grossMinor + roundingMinor
  return {
    customerName: party.name,
    lines: parts.map(({ line, share, rateBp }, index) => ({
      chargeLineId: line.id,
      kind: line.kind,
      description: line.description,
      quantity: line.quantity,
      shareBp: isPaidByOne(line.shares) ? null : share.shareBp,
      rateBp,
      grossMinor: amounts.lines[index]?.grossMinor ?? 0,
    })),
    netMinor,
    taxMinor,
    grossMinor,
    taxes: [...rates],
    roundingMinor,
    depositMinor: Math.min(held, Math.max(0, dueMinor)),
  }
}

import { onePiece } from '#contract/money.ts'
import type { InputOf } from '#contract/method-types.ts'
import type { CommandContext, Handler } from '../context.ts'
import { fieldError } from '../kernel/app-error.ts'
import { moveNow, recordMoved } from './ledger.ts'
import { requirePieces } from './lines.ts'
import { onShelves } from './move-store.ts'
import { partById, setCost, type PartRow } from './part-store.ts'
import { placeOfKind, requireBin } from './places.ts'
import { comingPieces, heldSerials } from './serials.ts'
import { averageCost } from './stock.ts'

type Input = InputOf<'stock.adjust'>

/**
 * A difference found on a shelf, with its reason; negative takes away. What was found may have a cost of its own,
 * otherwise it is worth what the others are. A piece that was lost may be found again. Answers the (last) move.
 * Errors: `field.not_found` at partId, those of the shelf, `field.out_of_range` at differenceThousandths for none,
 * `part.whole_pieces`, those of serials, and `stock.short` when more is taken than is there and not set aside, which
 * who holds `stock.override` passes.
 */
export const adjustStock: Handler<'stock.adjust'> = (ctx, input) => {
  const { differenceThousandths, reason } = input
  const part = partById(ctx.db, input.partId)
  if (!part) throw fieldError('partId', 'field.not_found')
  if (differenceThousandths === 0) {
    throw fieldError('differenceThousandths', 'field.out_of_range', { min: null, max: null })
  }
  requirePieces(part, differenceThousandths, 'differenceThousandths')
  const { id: binId } = requireBin(ctx, input.binId, 'binId')
  const uid = differenceThousandths > 0 ? found(ctx, part, binId, input) : missing(ctx, part, binId, input)
  recordMoved(ctx, part, { adjusted: differenceThousandths, reason })
  return { uid }
}

function found(ctx: CommandContext, part: PartRow, binId: number, input: Input): string {
  const quantity = input.differenceThousandths
  const unitCostMinor = input.unitCostMinor ?? part.costMinor
  const held = { quantity: onShelves(ctx.db, part.id), costMinor: part.costMinor }
  const move = { reason: 'adjustment', part, toPlaceId: binId, note: input.reason, unitCostMinor } as const
  const difference = placeOfKind(ctx, 'difference')
  let uid = ''
  if (!part.serialised) uid = moveNow(ctx, { ...move, quantity, fromPlaceId: difference }).uid
  // A piece whose receipt was reversed stands with its supplier; one that was lost may be found again.
  const sources = ['supplier', 'difference', 'lost'] as const
  const { serials } = input
  for (const { serial, placeId } of comingPieces(ctx, part, {
    quantity,
    serials,
    path: 'serials',
    sources,
  })) {
    uid = moveNow(ctx, { ...move, serial, quantity: onePiece, fromPlaceId: placeId ?? difference }).uid
  }
  const costMinor = averageCost(held, { quantity, costMinor: unitCostMinor })
  if (input.unitCostMinor !== null && costMinor !== part.costMinor) setCost(ctx.db, part.id, costMinor)
  return uid
}

function missing(ctx: CommandContext, part: PartRow, binId: number, input: Input): string {
  const quantity = -input.differenceThousandths
  const toPlaceId = placeOfKind(ctx, 'difference')
  const { reason } = input
  const move = { reason: 'adjustment', part, fromPlaceId: binId, toPlaceId, note: reason } as const
  const serials = heldSerials(ctx, part, quantity, input.serials)
  if (!part.serialised) return moveNow(ctx, { ...move, quantity, overrideReason: reason }).uid
  let uid = ''
  serials.forEach((serial, index) => {
    uid = moveNow(ctx, { ...move, serial, quantity: onePiece, serialPath: `serials.${index}` }).uid
  })
  return uid
}

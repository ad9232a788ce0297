import { onePiece } from '#contract/money.ts'
import type { Handler } from '../context.ts'
import { fieldError } from '../kernel/app-error.ts'
import { moveNow, recordMoved } from './ledger.ts'
import { requirePart, requirePieces } from './lines.ts'
import { requireBin } from './places.ts'
import { heldSerials } from './serials.ts'

/**
 * From shelf to shelf. What is set aside stays where it is. Answers the (last) move. Errors: those of the part and
 * the shelves, `field.not_an_option` at toBinId for the same shelf, `part.whole_pieces` at quantity,
 * `part.serial_count`, `field.duplicate` and `part.serial_unknown` at the serials, `stock.short`.
 */
export const transferGoods: Handler<'stock.transfer'> = (ctx, input) => {
  const { quantity, fromBinId, toBinId, note } = input
  const part = requirePart(ctx, input.partId, 'partId')
  requirePieces(part, quantity, 'quantity')
  const from = requireBin(ctx, fromBinId, 'fromBinId')
  const to = requireBin(ctx, toBinId, 'toBinId')
  if (from.id === to.id) throw fieldError('toBinId', 'field.not_an_option')
  const move = { reason: 'transfer', part, fromPlaceId: from.id, toPlaceId: to.id, note } as const
  const serials = heldSerials(ctx, part, quantity, input.serials)
  if (!part.serialised) {
    const { uid } = moveNow(ctx, { ...move, quantity })
    recordMoved(ctx, part, { transferred: quantity, from: from.name, to: to.name })
    return { uid }
  }
  let uid = ''
  serials.forEach((serial, index) => {
    uid = moveNow(ctx, { ...move, serial, quantity: onePiece, serialPath: `serials.${index}` }).uid
  })
  recordMoved(ctx, part, { transferred: quantity, from: from.name, to: to.name })
  return { uid }
}

import type { Handler } from '../context.ts'
import { AppError, assert, found } from '../kernel/app-error.ts'
import { moveNow, recordMoved } from './ledger.ts'
import { isReversed, moveByUid, onShelves } from './move-store.ts'
import { partById, setCost } from './part-store.ts'
import { averageWithout } from './stock.ts'

const reversible: ReadonlySet<string> = new Set(['receipt', 'transfer', 'adjustment'])

/**
 * The same goods back the same way: the only correction of a receipt, a transfer or an adjustment, and once. Moves
 * of a repair are settled at the repair (`stock.not_reversible`). Errors besides: `not_found`,
 * `stock.already_reversed`, `part.serial_unknown` when the piece went on, `stock.short` when the goods did.
 */
export const reverseMove: Handler<'stock.reverse'> = (ctx, { moveUid, reason }) => {
  const move = found(moveByUid(ctx.db, moveUid), 'move')
  if (move.kind !== 'direct' || !reversible.has(move.reason)) throw new AppError('stock.not_reversible')
  if (isReversed(ctx.db, move.id)) throw new AppError('stock.already_reversed')
  assert(move.partId !== null, 'receipts, transfers and adjustments are of parts')
  const part = found(partById(ctx.db, move.partId), 'part')
  const held = { quantity: onShelves(ctx.db, part.id), costMinor: part.costMinor }
  const { quantity, serial, unitCostMinor } = move
  const { uid } = moveNow(ctx, {
    reason: 'reversal',
    part,
    serial,
    quantity,
    fromPlaceId: move.toPlaceId,
    toPlaceId: move.fromPlaceId,
    reversesId: move.id,
    document: move.document,
    note: reason,
    unitCostMinor,
    overrideReason: reason,
  })
  if (move.reason === 'receipt') {
    const costMinor = averageWithout(held, { quantity, costMinor: unitCostMinor })
    if (costMinor !== part.costMinor) setCost(ctx.db, part.id, costMinor)
  }
  recordMoved(ctx, part, { reversed: moveUid, reason })
  return { uid }
}

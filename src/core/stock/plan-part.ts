import type { CommandContext, Handler } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { noteWork } from '../repairs/steps.ts'
import {
  addLine,
  lineDetail,
  recordLine,
  requireOpenRepair,
  requirePart,
  requirePieces,
  reserveLine,
} from './lines.ts'
import { partById } from './part-store.ts'
import { repairStanding } from './views.ts'

/**
 * A part the repair will need. With `reserve`, what is on a shelf is set aside and the rest stays planned on a line
 * of its own. Errors: `not_found`, `repair.not_allowed_in_state`, `repair.locked`; `field.not_found` or
 * `part.inactive` at partId; `part.whole_pieces` at quantity.
 */
export const planPart: Handler<'stock.plan'> = (ctx, { repairId, partId, quantity, reserve }) => {
  const repair = requireOpenRepair(ctx, repairId)
  const part = requirePart(ctx, partId, 'partId')
  requirePieces(part, quantity, 'quantity')
  const planned = addLine(ctx, { repairId, part, quantity, chargeLineId: null })
  const line = reserve ? reserveLine(ctx, part, planned) : planned
  noteWork(ctx, repairId, '', lineDetail(part, { ...line, quantity }))
  recordLine(ctx, part, line, repair)
  const { id, uid, version, state } = line
  return { id, uid, version, state }
}

/**
 * A part of an approved quote: planned, and set aside as far as it is on a shelf. The approval is what the history
 * tells of, so nothing is noted here; the window hears of the repair from it.
 */
export function planQuotedPart(
  ctx: CommandContext,
  given: { repairId: number; partId: number; quantity: number; chargeLineId: number },
): void {
  const part = found(partById(ctx.db, given.partId), 'part')
  const repair = found(repairStanding(ctx.db, given.repairId), 'repair')
  const planned = addLine(ctx, { ...given, part })
  recordLine(ctx, part, reserveLine(ctx, part, planned), repair)
}

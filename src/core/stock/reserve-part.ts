import type { Handler } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'
import { noteWork } from '../repairs/steps.ts'
import { shortOf } from './ledger.ts'
import { lineDetail, recordLine, requireLine, requireOpenRepair, reserveLine } from './lines.ts'

/**
 * Sets aside what is on shelves for a planned line. Errors: `stale`, `stock.line_settled` for a line that is not
 * planned (any more), `stock.short` when nothing is there, `repair.not_allowed_in_state`, `repair.locked`.
 */
export const reservePart: Handler<'stock.reserve'> = (ctx, { repairPartId, version }) => {
  const { line, part } = requireLine(ctx, repairPartId, version)
  const repair = requireOpenRepair(ctx, line.repairId)
  if (line.state !== 'planned') throw new AppError('stock.line_settled')
  const reserved = reserveLine(ctx, part, line)
  if (reserved.state === 'planned') throw shortOf(part, 0, line.quantity)
  noteWork(ctx, line.repairId, '', lineDetail(part, reserved))
  recordLine(ctx, part, reserved, repair)
  return { id: reserved.id, version: reserved.version }
}

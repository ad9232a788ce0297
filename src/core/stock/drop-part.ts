import type { Handler } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'
import { noteWork } from '../repairs/steps.ts'
import { cancelLine, lineDetail, recordLine, requireLine } from './lines.ts'
import { isSettled } from './stock.ts'

/**
 * Takes a line off a repair before anything was issued for it; what was set aside is free again. Errors: `stale`,
 * `stock.line_settled`, and for an issued part `stock.parts_unsettled`: it has to be said where it went.
 */
export const dropPart: Handler<'stock.drop'> = (ctx, { repairPartId, version, reason }) => {
  const { line, part, repair } = requireLine(ctx, repairPartId, version)
  if (isSettled(line.state)) throw new AppError('stock.line_settled')
  if (line.state === 'issued') throw new AppError('stock.parts_unsettled', { count: 1 })
  const dropped = cancelLine(ctx, part, line, reason)
  noteWork(ctx, line.repairId, reason, lineDetail(part, dropped))
  recordLine(ctx, part, dropped, repair)
  return { id: dropped.id, version: dropped.version }
}

import type { CommandContext, QueryContext } from '../context.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { cancelLine, recordLine } from './lines.ts'
import { lineById, lineIds } from './line-store.ts'
import { loanOfRepair } from './loaner-store.ts'
import { partById } from './part-store.ts'
import { repairStanding } from './views.ts'

/** What other modules may do with goods. */
export { seedPlaces } from './places.ts'
export { planQuotedPart } from './plan-part.ts'
export { adoptPart, isPartTaken, replanPart } from './replan-part.ts'
export { verifyGoods } from './verify-goods.ts'
export { goodsMark, verifyGoodsSince, type GoodsMark } from './verify-since.ts'

type Reading = Pick<QueryContext, 'db'>

/** No part of the repair is set aside or out on the bench any more. Error: `stock.parts_unsettled` { count }. */
export function requirePartsSettled(ctx: Reading, repairId: number): void {
  const { length: count } = lineIds(ctx.db, repairId, ['reserved', 'issued'])
  if (count > 0) throw new AppError('stock.parts_unsettled', { count })
}

/** No loaner of the repair is out (domain §1a-13). Error: `loaner.still_out` { name }. */
export function requireLoanerBack(ctx: Reading, repairId: number): void {
  const out = loanOfRepair(ctx.db, repairId)
  if (out) throw new AppError('loaner.still_out', { name: out.loanerName })
}

/**
 * A repair that comes to nothing gives free what was planned or set aside for it; of what is out on the bench a
 * person has to say first where it went (RD#572). Error: `stock.parts_unsettled` { count }. The caller's own line in
 * the history tells of it.
 */
export function releaseParts(ctx: CommandContext, repairId: number, reason: string): void {
  const { length: count } = lineIds(ctx.db, repairId, ['issued'])
  if (count > 0) throw new AppError('stock.parts_unsettled', { count })
  const repair = found(repairStanding(ctx.db, repairId), 'repair')
  for (const id of lineIds(ctx.db, repairId, ['planned', 'reserved'])) {
    const line = found(lineById(ctx.db, id), 'repair part')
    const part = found(partById(ctx.db, line.partId), 'part')
    recordLine(ctx, part, cancelLine(ctx, part, line, reason), repair)
  }
}

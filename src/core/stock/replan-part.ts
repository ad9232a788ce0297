import type { CommandContext } from '../context.ts'
import { sqlStatement } from '../db/handles.ts'
import { found } from '../kernel/app-error.ts'
import { lineById, type LineRow } from './line-store.ts'
import { cancelLine, changeLine, recordLine } from './lines.ts'
import { partById } from './part-store.ts'
import { repairStanding } from './views.ts'

/** What a later quote needs of the parts an earlier one planned. */

function linesOf(ctx: CommandContext, chargeLineId: number): LineRow[] {
  const text = `SELECT l.id FROM charge_lines c JOIN repair_parts l ON l.repair_id = c.repair_id
    WHERE c.id = ? AND l.charge_line_id = c.id ORDER BY l.id`
  const ids = sqlStatement(ctx.db, text).pluck().all(chargeLineId) as number[]
  return ids.map((id) => found(lineById(ctx.db, id), 'repair part'))
}

/** Whether a part planned with a line of the bill is on the bench or built in; one that was bad or returned is not. */
export function isPartTaken(ctx: CommandContext, chargeLineId: number): boolean {
  return linesOf(ctx, chargeLineId).some(({ state }) => state === 'issued' || state === 'used')
}

/**
 * A line of the bill gave way to another one: the part planned with it hangs on that one from now on, with what is
 * set aside or issued for it. null: to none, and what is not on the bench yet is taken back and its shelf is free.
 */
export function replanPart(ctx: CommandContext, fromChargeId: number, toChargeId: number | null): void {
  for (const line of linesOf(ctx, fromChargeId)) {
    const part = found(partById(ctx.db, line.partId), 'part')
    const repair = found(repairStanding(ctx.db, line.repairId), 'repair')
    const isWaiting = line.state === 'planned' || line.state === 'reserved'
    if (toChargeId === null && !isWaiting) continue
    const next =
      toChargeId === null
        ? cancelLine(ctx, part, line, 'requoted')
        : changeLine(ctx, line, { chargeLineId: toChargeId })
    recordLine(ctx, part, next, repair)
  }
}

/**
 * A part the customer agreed to may be at the repair already, planned or taken without a line of the bill: it hangs on
 * this one from now on. Answers whether there was one.
 */
export function adoptPart(
  ctx: CommandContext,
  given: {
    readonly repairId: number
    readonly partId: number
    readonly quantity: number
    readonly chargeLineId: number
  },
): boolean {
  const { repairId, partId, quantity, chargeLineId } = given
  const text = `SELECT id FROM repair_parts WHERE repair_id = ? AND part_id = ? AND quantity = ?
    AND charge_line_id IS NULL AND state IN ('planned', 'reserved', 'issued', 'used') ORDER BY id LIMIT 1`
  const id = sqlStatement(ctx.db, text).pluck().get(repairId, partId, quantity) as number | undefined
  if (id === undefined) return false
  const line = found(lineById(ctx.db, id), 'repair part')
  const part = found(partById(ctx.db, partId), 'part')
  const repair = found(repairStanding(ctx.db, repairId), 'repair')
  recordLine(ctx, part, changeLine(ctx, line, { chargeLineId }), repair)
  return true
}

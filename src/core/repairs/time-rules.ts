import type { CommandContext } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { endOpenAttempt } from './attempts.ts'
import { moveOf, saveRepair } from './change.ts'
import { closeUnreached } from './follow-up-repair.ts'
import { dueForRule, repairById, type RepairRow, type timeRuleQueries } from './store.ts'
import { notSuspended } from './suspend-repair.ts'

/** The time rules of the closed loop; each answers how many of at most `limit` repairs it moved. */

function eachDue(
  ctx: CommandContext,
  rule: keyof typeof timeRuleQueries,
  limit: number,
  act: (row: RepairRow) => void,
): number {
  if (limit <= 0) return 0
  const ids = dueForRule(ctx.db, rule, { today: ctx.today, limit, tries: ctx.settings.followUpTries })
  for (const id of ids) act(found(repairById(ctx.db, id), 'repair'))
  return ids.length
}

/** Suspended repairs whose day has come return to the state beneath (W3). */
export function wakeRepairs(ctx: CommandContext, limit: number): number {
  return eachDue(ctx, 'wake', limit, (row) => {
    const { line, to } = moveOf(row, 'wake')
    saveRepair(ctx, row, { state: to, ...notSuspended }, [line])
  })
}

/** Assigned and not started by the required resolution date: back to waiting, the attempt recorded as missed (W6). */
export function missRepairs(ctx: CommandContext, limit: number): number {
  return eachDue(ctx, 'miss', limit, (row) => {
    const { line, to } = moveOf(row, 'miss')
    endOpenAttempt(ctx, row, 'missed')
    saveRepair(ctx, row, { state: to, engineerId: null }, [
      { ...line, detail: { attempt: row.attempts, engineerId: row.engineerId, dueOn: row.dueOn } },
    ])
  })
}

/** Waiting with nobody assigned after the date the customer asked for: locked for the manager (W5). */
export function lockUnassigned(ctx: CommandContext, limit: number): number {
  return eachDue(ctx, 'lock', limit, (row) => {
    const { line } = moveOf(row, 'lock_unassigned')
    saveRepair(ctx, row, { lockReason: 'unassigned', lockNote: '', lockedAt: ctx.now }, [
      { ...line, detail: { requestedOn: row.requestedOn } },
    ])
  })
}

/**
 * Collected repairs with as many tries as the shop allows. The last try closes a repair itself; here it is
 * those for which the shop has lowered the number since.
 */
export function giveUpUnreached(ctx: CommandContext, limit: number): number {
  return eachDue(ctx, 'giveUp', limit, (row) => {
    const { line, patch } = closeUnreached(ctx, row)
    saveRepair(ctx, row, patch, [line])
  })
}

import { failuresBeforeLock } from '#contract/repair-states.ts'
import type { Handler } from '../context.ts'
import { stopTimersOf } from '../work/steps.ts'
import { requireCodes } from './attempts.ts'
import { moveOf, requireOwn, requireRepair, saveRepair, type Line } from './change.ts'
import { requestedOnAfterHandling } from './repairs.ts'
import { endAttempt, type RepairPatch, type RepairRow } from './store.ts'
import type { CommandContext } from '../context.ts'

/** The handling ends without success (W6): back to waiting; the second time the manager has to decide (W5). */
export const failRepair: Handler<'repairs.fail'> = (ctx, input) => {
  const row = requireRepair(ctx, input.repairId, input.version)
  const { line, to } = moveOf(row, 'fail')
  requireOwn(ctx, row)
  const codeIds = requireCodes(ctx, row, input.codeIds)
  const { findings } = input
  stopTimersOf(ctx, row.id)
  endAttempt(ctx.db, row.id, row.attempts, { at: ctx.now, result: 'failed', findings, codeIds })
  const requestedOn = requestedOnAfterHandling(row.requestedOn, row.dueOn, ctx.today)
  const failure = countFailure(ctx, row)
  const detail = {
    attempt: row.attempts,
    failures: row.failedAttempts + 1,
    ...(requestedOn === row.requestedOn
      ? {}
      : { 'requestedOn.from': row.requestedOn, 'requestedOn.to': requestedOn }),
  }
  return saveRepair(ctx, row, { state: to, engineerId: null, requestedOn, ...failure.patch }, [
    { ...line, text: findings, detail },
    ...failure.lines,
  ])
}

/**
 * One more handling that did not help. From the second on the repair is locked: "handled twice and still
 * unresolved" (W5). The count starts again when somebody unlocks it.
 */
export function countFailure(ctx: CommandContext, row: RepairRow): { patch: RepairPatch; lines: Line[] } {
  const failedAttempts = row.failedAttempts + 1
  if (failedAttempts < failuresBeforeLock) return { patch: { failedAttempts }, lines: [] }
  const { line } = moveOf({ ...row, state: 'waiting' }, 'lock_failed')
  return {
    patch: { failedAttempts, lockReason: 'failed_twice', lockNote: '', lockedAt: ctx.now },
    lines: [{ ...line, detail: { failures: failedAttempts } }],
  }
}

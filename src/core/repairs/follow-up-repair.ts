import type { InputOf } from '#contract/method-types.ts'
import type { CommandContext, Handler } from '../context.ts'
import { addDays } from '../kernel/days.ts'
import { moveOf, requireRepair, saveRepair, type Changed, type Line } from './change.ts'
import { countFailure } from './fail-repair.ts'
import { requireFuture } from './repairs.ts'
import { fullRepairById, setPurgeDay, type RepairPatch, type RepairRow } from './store.ts'
import { openRepairOfDevice } from './views.ts'

type Result = InputOf<'repairs.followUp'>['result']
type Of<K extends Result['kind']> = Extract<Result, { kind: K }>

/**
 * The follow-up call (W7): satisfied ends the service; dissatisfied brings the repair back to waiting;
 * not reached is a dated try, and the last one closes the repair as not reached.
 */
export const followUpRepair: Handler<'repairs.followUp'> = (ctx, { repairId, version, result }) => {
  const row = requireRepair(ctx, repairId, version)
  switch (result.kind) {
    case 'satisfied':
      return satisfied(ctx, row, result)
    case 'dissatisfied':
      return dissatisfied(ctx, row, result)
    case 'not_reached':
      return notReached(ctx, row, result)
  }
}

function satisfied(ctx: CommandContext, row: RepairRow, result: Of<'satisfied'>): Changed {
  const { line, to } = moveOf(row, 'follow_up_satisfied')
  const { satisfaction } = result
  const patch = {
    state: to,
    satisfaction,
    closedAt: ctx.now,
    closeKind: 'satisfied',
    nextTryOn: null,
  } as const
  return saveRepair(ctx, row, patch, [{ ...line, text: result.note, detail: { satisfaction } }])
}

/**
 * Back to the queue with the customer's reason: no engineer, a new promise from today (`defaultDueDays`), and
 * a new date to be on it where the customer had asked for one, so that the clocks of the loop run again.
 * The handling did not resolve it, so it counts towards "handled twice and still unresolved" (W5).
 */
function dissatisfied(ctx: CommandContext, row: RepairRow, result: Of<'dissatisfied'>): Changed {
  const { line, to } = moveOf(row, 'follow_up_dissatisfied')
  const { satisfaction, reason } = result
  const dueOn = addDays(ctx.today, ctx.settings.defaultDueDays)
  const failure = countFailure(ctx, row)
  setPurgeDay(ctx.db, row.id, null)
  const patch: RepairPatch = {
    state: to,
    satisfaction,
    engineerId: null,
    dueOn,
    requestedOn: row.requestedOn === null ? null : dueOn,
    outcome: null,
    processedAt: null,
    collectedAt: null,
    collectedBy: '',
    followUpTries: 0,
    nextTryOn: null,
    overrideReason: overrideFor(ctx, row, reason),
    ...failure.patch,
  }
  const detail = {
    satisfaction,
    failures: row.failedAttempts + 1,
    'dueOn.from': row.dueOn,
    'dueOn.to': dueOn,
  }
  return saveRepair(ctx, row, patch, [{ ...line, text: reason, detail }, ...failure.lines])
}

/** The device may have come back as a new repair meanwhile: then the customer's reason is why two are open. */
function overrideFor(ctx: CommandContext, row: RepairRow, reason: string): string | null {
  if (openRepairOfDevice(ctx.db, row.deviceId)) return reason
  return fullRepairById(ctx.db, row.id)?.overrideReason ?? null
}

function notReached(ctx: CommandContext, row: RepairRow, result: Of<'not_reached'>): Changed {
  const { line } = moveOf(row, 'follow_up_unreached')
  const tries = row.followUpTries + 1
  if (tries >= ctx.settings.followUpTries) {
    const tried: Line = { ...line, kind: 'contact', text: result.note, detail: { try: tries } }
    const closing = closeUnreached(ctx, row)
    return saveRepair(ctx, row, { followUpTries: tries, ...closing.patch }, [tried, closing.line])
  }
  const { nextTryOn } = result
  requireFuture(nextTryOn, ctx.today, 'result.nextTryOn')
  return saveRepair(ctx, row, { followUpTries: tries, nextTryOn }, [
    { ...line, kind: 'contact', text: result.note, detail: { try: tries, nextTryOn } },
  ])
}

/** Closed without having reached the customer: counts against the coverage of follow-up. */
export function closeUnreached(ctx: CommandContext, row: RepairRow): { patch: RepairPatch; line: Line } {
  const { line, to } = moveOf(row, 'close_unreached')
  return { patch: { state: to, closedAt: ctx.now, closeKind: 'not_reached', nextTryOn: null }, line }
}

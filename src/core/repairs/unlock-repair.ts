import type { InputOf } from '#contract/method-types.ts'
import type { CommandContext, Handler } from '../context.ts'
import { endOpenAttempt, openAttempt, requireEngineer } from './attempts.ts'
import { clearBench } from './cancel-repair.ts'
import { moveOf, requireRepair, saveRepair, type Changed } from './change.ts'
import { dueOnForAssignment, requireNotPast } from './repairs.ts'
import type { RepairRow } from './store.ts'
import { notSuspended } from './suspend-repair.ts'

type Resolution = InputOf<'repairs.unlock'>['resolution']
type Of<K extends Resolution['kind']> = Extract<Resolution, { kind: K }>

/** The lock and its cause are gone: failures are counted anew. */
const unlocked = { lockReason: null, lockNote: '', lockedAt: null, failedAttempts: 0 } as const

/**
 * The three ways out of a lock (W5, domain §3.2 "Locks"): another engineer, a new date to which the customer
 * has agreed, or closing the repair. Errors: `repair.not_locked`, `repair.not_allowed_in_state`, at
 * `resolution.engineerId` and `resolution.dueOn` as for assigning; for closing `loaner.still_out` and
 * `stock.parts_unsettled`.
 */
export const unlockRepair: Handler<'repairs.unlock'> = (ctx, { repairId, version, resolution }) => {
  const row = requireRepair(ctx, repairId, version)
  switch (resolution.kind) {
    case 'reassign':
      return unlockReassigning(ctx, row, resolution)
    case 'new_date':
      return unlockWithNewDate(ctx, row, resolution)
    case 'close':
      return unlockClosing(ctx, row, resolution)
  }
}

function unlockReassigning(ctx: CommandContext, row: RepairRow, given: Of<'reassign'>): Changed {
  const { line, to } = moveOf(row, 'unlock_reassign')
  requireEngineer(ctx, given.engineerId, 'resolution.engineerId')
  const dueOn = dueOnForAssignment(row.dueOn, given.dueOn, ctx.today, 'resolution.dueOn')
  const patch = { state: to, ...openAttempt(ctx, row, given.engineerId), dueOn, ...unlocked }
  const detail = {
    lock: row.lockReason,
    engineerId: given.engineerId,
    attempt: row.attempts + 1,
    ...dates(row, { dueOn }),
  }
  return saveRepair(ctx, row, patch, [{ ...line, text: given.reason, detail }])
}

function unlockWithNewDate(ctx: CommandContext, row: RepairRow, given: Of<'new_date'>): Changed {
  const { line } = moveOf(row, 'unlock_new_date')
  requireNotPast(given.dueOn, ctx.today, 'resolution.dueOn')
  // The date by which somebody must be on it moves too when it was the cause, or would lock again at once.
  const passed = row.requestedOn !== null && row.requestedOn < ctx.today
  const requestedOn = row.lockReason === 'unassigned' || passed ? given.dueOn : row.requestedOn
  const detail = {
    lock: row.lockReason,
    consent: given.consent,
    ...dates(row, { dueOn: given.dueOn, requestedOn }),
  }
  return saveRepair(ctx, row, { dueOn: given.dueOn, requestedOn, ...unlocked }, [
    { ...line, text: given.consent, detail },
  ])
}

function unlockClosing(ctx: CommandContext, row: RepairRow, given: Of<'close'>): Changed {
  const { line, to } = moveOf(row, 'unlock_close')
  clearBench(ctx, row.id, given.reason)
  endOpenAttempt(ctx, row, 'closed')
  const patch = {
    state: to,
    closedAt: ctx.now,
    closeKind: 'by_manager',
    ...notSuspended,
    ...unlocked,
  } as const
  return saveRepair(ctx, row, patch, [{ ...line, text: given.reason, detail: { lock: row.lockReason } }])
}

/** Old and new of the dates that change, as the history shows an edit. */
function dates(
  row: RepairRow,
  next: { dueOn?: string | null; requestedOn?: string | null },
): Record<string, string | null> {
  const detail: Record<string, string | null> = {}
  for (const key of ['dueOn', 'requestedOn'] as const) {
    const to = next[key]
    if (to === undefined || to === row[key]) continue
    detail[`${key}.from`] = row[key]
    detail[`${key}.to`] = to
  }
  return detail
}

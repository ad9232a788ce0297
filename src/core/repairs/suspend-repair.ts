import type { Handler } from '../context.ts'
import { fieldError } from '../kernel/app-error.ts'
import { requireEntry } from '../dictionaries/steps.ts'
import { eachRepair, moveOf, saveRepair } from './change.ts'
import { requireFuture } from './repairs.ts'

/** What a suspension leaves behind when it ends. */
export const notSuspended = {
  suspendedFrom: null,
  suspendReasonId: null,
  suspendReason: '',
  wakeOn: null,
} as const

/**
 * A suspension has a reason, from the shop's list or in words, and a day on which it wakes up by itself,
 * tomorrow at the earliest. Errors: `repair.reason_required`, `repair.wake_date_required` at `wakeOn`.
 */
export function requireSuspension(
  ctx: Parameters<typeof requireEntry>[0] & { today: string },
  given: { reasonId: number | null; reason: string; wakeOn: string },
  path: string,
): void {
  if (given.reasonId === null && given.reason === '')
    throw fieldError(`${path}reason`, 'repair.reason_required')
  if (given.reasonId !== null) requireEntry(ctx, 'suspension_reason', given.reasonId, `${path}reasonId`)
  requireFuture(given.wakeOn, ctx.today, `${path}wakeOn`, 'repair.wake_date_required')
}

/** Puts repairs aside; a handling under way stays open and goes on when they return to the state beneath. */
export const suspendRepairs: Handler<'repairs.suspend'> = (ctx, { repairs, reasonId, reason, wakeOn }) => {
  requireSuspension(ctx, { reasonId, reason, wakeOn }, '')
  return eachRepair(ctx, repairs, (row) => {
    const { line, to } = moveOf(row, 'suspend')
    const patch = {
      state: to,
      suspendedFrom: row.state,
      suspendReasonId: reasonId,
      suspendReason: reason,
      wakeOn,
    }
    return saveRepair(ctx, row, patch, [{ ...line, text: reason, detail: { reasonId, wakeOn } }])
  })
}

/** Takes suspended repairs up again before their day, in the state beneath. */
export const resumeRepairs: Handler<'repairs.resume'> = (ctx, { repairs }) =>
  eachRepair(ctx, repairs, (row) => {
    const { line, to } = moveOf(row, 'resume')
    return saveRepair(ctx, row, { state: to, ...notSuspended }, [line])
  })

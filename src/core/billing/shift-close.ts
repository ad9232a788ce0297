import type { CommandContext, Handler } from '../context.ts'
import { AppError, fieldError } from '../kernel/app-error.ts'
import { stale } from '../system/views.ts'
import { balanceOf } from './ledger-store.ts'
import { post } from './ledger.ts'
import { requireOpenShift } from './shift-open.ts'
import { updateShift, type ShiftRow } from './shift-store.ts'
import { requireSoundLedgers } from './verify-steps.ts'

interface Count {
  readonly version: number
  readonly countedMinor: number
  readonly leftMinor: number
  readonly counting: ShiftRow['counting']
  readonly note: string
  readonly forced: boolean
}

/**
 * Closes a shift: both ledgers must be sound; the difference is booked, what stays is the next shift's float, the
 * rest lies in the safe.
 */
function closeWith(ctx: CommandContext, shift: ShiftRow, count: Count) {
  const { id, uid, number } = shift
  const { countedMinor, leftMinor, counting, note, forced } = count
  if (shift.version !== count.version) throw stale(ctx.db, 'shift', uid)
  if (leftMinor > countedMinor) throw new AppError('shift.left_too_large')
  requireSoundLedgers(ctx)
  const expectedMinor = balanceOf(ctx.db, 'cash', id)
  const differenceMinor = countedMinor - expectedMinor
  if (differenceMinor !== 0)
    post(ctx, { kind: 'shift_difference', shiftId: id, memo: note }, [
      { account: 'cash', subject: id, amountMinor: differenceMinor },
      { account: 'cash_difference', amountMinor: -differenceMinor },
    ])
  if (countedMinor !== leftMinor)
    post(ctx, { kind: 'shift_close', shiftId: id }, [
      { account: 'safe', amountMinor: countedMinor - leftMinor },
      { account: 'cash', subject: id, amountMinor: leftMinor - countedMinor },
    ])
  const version = shift.version + 1
  updateShift(ctx.db, id, {
    closedAt: ctx.now,
    closedById: ctx.actor.userId,
    forced,
    expectedMinor,
    countedMinor,
    leftMinor,
    counting,
    note,
    version,
  })
  const payload = { number, forced, expectedMinor, countedMinor, leftMinor, differenceMinor, note }
  ctx.record({ entity: 'shifts', id, uid, version, type: 'shift.closed', payload })
  return { id, uid, differenceMinor }
}

/**
 * Counts and closes this seat's shift. Errors: `shift.closed`, `shift.not_yours`, `stale`, `shift.left_too_large`,
 * `ledger.unbalanced` {rule, row}, `field.out_of_range` at `countedMinor` when coins and notes come to another sum.
 */
export const closeShift: Handler<'shifts.close'> = (ctx, input) => {
  const { version, countedMinor, counting, leftMinor, note } = input
  const shift = requireOpenShift(ctx, input.shiftId)
  if (shift.seatId !== ctx.actor.seatId) throw new AppError('shift.not_yours')
  const sum = counting.reduce((total, { valueMinor, count }) => total + valueMinor * count, 0)
  if (counting.length > 0 && sum !== countedMinor)
    throw fieldError('countedMinor', 'field.out_of_range', { min: sum, max: sum })
  return closeWith(ctx, shift, { version, countedMinor, leftMinor, counting, note, forced: false })
}

/** A manager closes a shift somebody forgot (RD#249), at whatever seat it is; it stays marked. */
export const forceCloseShift: Handler<'shifts.forceClose'> = (ctx, input) => {
  const { version, countedMinor, leftMinor, reason } = input
  const shift = requireOpenShift(ctx, input.shiftId)
  const count = { version, countedMinor, leftMinor, counting: null, note: reason, forced: true }
  return closeWith(ctx, shift, count)
}

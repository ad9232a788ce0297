import type { CommandContext, Handler } from '../context.ts'
import { AppError, fieldError, found } from '../kernel/app-error.ts'
import { drawNumber } from '../system/steps.ts'
import { balanceOf } from './ledger-store.ts'
import { post } from './ledger.ts'
import { insertShift, lastShiftOf, openShiftOf, shiftById, type ShiftRow } from './shift-store.ts'

/** One series of shifts a year. */
export function shiftSeries(year: string): string {
  return `shift ${year}`
}

/**
 * Opens the drawer of this seat. What the shift before left in it is taken over; what the float is more (or less)
 * came from (or went to) the safe. Errors: `shift.already_open`, `not_found` for an act from no seat.
 */
export const openShift: Handler<'shifts.open'> = (ctx, { floatMinor }) => {
  const seatId = found(ctx.actor.seatId, 'seat')
  if (openShiftOf(ctx.db, seatId) !== null) throw new AppError('shift.already_open')
  const before = lastShiftOf(ctx.db, seatId)
  const leftMinor = before ? balanceOf(ctx.db, 'cash', before.id) : 0
  const uid = ctx.newUid()
  const year = ctx.today.slice(0, 4)
  const number = `Z${year}-${String(drawNumber(ctx.db, shiftSeries(year))).padStart(4, '0')}`
  const id = insertShift(ctx.db, {
    uid,
    number,
    seatId,
    openedAt: ctx.now,
    openedById: ctx.actor.userId,
    floatMinor,
    version: 1,
  })
  if (floatMinor !== 0 || leftMinor !== 0)
    post(ctx, { kind: 'shift_open', shiftId: id }, [
      { account: 'cash', subject: id, amountMinor: floatMinor },
      { account: 'cash', subject: before?.id ?? 0, amountMinor: -leftMinor },
      { account: 'safe', amountMinor: leftMinor - floatMinor },
    ])
  ctx.record({
    entity: 'shifts',
    id,
    uid,
    version: 1,
    type: 'shift.opened',
    payload: { number, seatId, floatMinor },
  })
  return { id, uid, number }
}

/** An open shift. Errors: `not_found`, `shift.closed`. */
export function requireOpenShift(ctx: CommandContext, id: number): ShiftRow {
  const shift = found(shiftById(ctx.db, id), 'shift')
  if (shift.closedAt !== null) throw new AppError('shift.closed', { number: shift.number })
  return shift
}

/**
 * Money put in (positive) or taken out that is no payment: change fetched, a courier paid. The other side is the
 * safe. Answers the transaction. Errors: `shift.required`, `shift.cash_short` {available}, `field.out_of_range`.
 */
export const moveCash: Handler<'shifts.moveCash'> = (ctx, { amountMinor, reason }) => {
  if (amountMinor === 0) throw fieldError('amountMinor', 'field.out_of_range', { min: 1 })
  const shiftId = openShiftOf(ctx.db, ctx.actor.seatId)
  if (shiftId === null) throw new AppError('shift.required')
  const available = balanceOf(ctx.db, 'cash', shiftId)
  if (-amountMinor > available) throw new AppError('shift.cash_short', { available })
  const id = post(ctx, { kind: 'cash_move', shiftId, memo: reason }, [
    { account: 'cash', subject: shiftId, amountMinor },
    { account: 'safe', amountMinor: -amountMinor },
  ])
  const { uid, version } = requireOpenShift(ctx, shiftId)
  const payload = { amountMinor, reason }
  ctx.record({ entity: 'shifts', id: shiftId, uid, version, type: 'shift.cash_moved', payload })
  return { id }
}

import type { ShiftReport } from '#contract/shifts.ts'
import type { OutputOf } from '#contract/method-types.ts'
import type { Handler } from '../context.ts'
import type { ReadDb } from '../db/handles.ts'
import { found } from '../kernel/app-error.ts'
import { cursorOf, pageOf } from '../kernel/paging.ts'
import { balanceOf } from './ledger-store.ts'
import { openShiftOf, shiftById, shiftByUid, shiftPage, type ShiftRow } from './shift-store.ts'
import { cashMoves, methodTotals, shiftPeople, shiftSummaries, shiftTotals } from './shift-views.ts'

/** The Z-report of a shift: as counted once it is closed, as it stands while it is open. */
function reportOf(db: ReadDb, row: ShiftRow): ShiftReport {
  const { id, uid, version, number, openedAt, closedAt, forced, floatMinor, countedMinor, leftMinor, note } =
    row
  const expectedMinor = row.expectedMinor ?? balanceOf(db, 'cash', id)
  return {
    id,
    uid,
    version,
    number,
    openedAt,
    closedAt,
    forced,
    floatMinor,
    countedMinor,
    leftMinor,
    note,
    ...shiftPeople(db, id),
    methods: methodTotals(db, id),
    cashMoves: cashMoves(db, id),
    expectedMinor,
    differenceMinor: countedMinor === null ? null : countedMinor - expectedMinor,
    ...shiftTotals(db, id),
  }
}

/** This seat's open shift; null when none is. */
export const currentShift: Handler<'shifts.current'> = (ctx) => {
  const id = openShiftOf(ctx.db, ctx.actor.seatId)
  return id === null ? null : reportOf(ctx.db, found(shiftById(ctx.db, id), 'shift'))
}

export const getShift: Handler<'shifts.get'> = (ctx, { uid }): ShiftReport =>
  reportOf(ctx.db, found(shiftByUid(ctx.db, uid), 'shift'))

/** Shifts of all seats, the newest first. */
export const listShifts: Handler<'shifts.list'> = (ctx, input): OutputOf<'shifts.list'> => {
  const { afterId, limit } = cursorOf(input)
  const ids = shiftPage(ctx.db, input.only === 'open', afterId, limit + 1)
  return pageOf(shiftSummaries(ctx.db, ids), limit)
}

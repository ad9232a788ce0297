import type { HandlersOf } from '../context.ts'
import { closeShift, forceCloseShift } from './shift-close.ts'
import { moveCash, openShift } from './shift-open.ts'
import { currentShift, getShift, listShifts } from './shift-report.ts'

export const shiftsHandlers: HandlersOf<'shifts'> = {
  current: currentShift,
  list: listShifts,
  get: getShift,
  open: openShift,
  moveCash,
  close: closeShift,
  forceClose: forceCloseShift,
}

import { wholeBp } from '#contract/money.ts'
import type { CommandContext, Handler } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'
import { addLine, requireLabour, requireNotInvoiced, saveLine, timerRunning } from './labour.ts'
import { creditsOf, replaceCredits, runningOf, runningOn, type LabourRow } from './labour-store.ts'
import { minutesByDay, mostMinutes } from './work.ts'

/**
 * Starts a person's timer. They have one: another that runs is stopped first, with its minutes kept.
 * Errors: `stale`, `work.labour_invoiced`, `work.timer_running` when somebody's timer runs on this line.
 */
export const startTimer: Handler<'work.startTimer'> = (ctx, { labourId, version }) => {
  const row = requireLabour(ctx, labourId, version)
  if (row.runningById !== null) throw timerRunning(ctx, row)
  requireNotInvoiced(ctx, row)
  const userId = ctx.actor.userId
  const other = userId === null ? undefined : runningOf(ctx.db, userId)
  if (other) stopLine(ctx, other)
  return saveLine(ctx, row, { runningSince: ctx.now, runningById: userId }, 'labour.started')
}

/**
 * Stops the timer of a line: one's own, or a colleague's with `repairs.work_for_others`.
 * Errors: `stale`, `work.timer_not_running`, `forbidden`.
 */
export const stopTimer: Handler<'work.stopTimer'> = (ctx, { labourId, version }) => {
  const row = requireLabour(ctx, labourId, version)
  if (row.runningById === null) throw new AppError('work.timer_not_running')
  const mayStop = row.runningById === ctx.actor.userId || ctx.actor.permissions.has('repairs.work_for_others')
  if (!mayStop) throw new AppError('forbidden', { permission: 'repairs.work_for_others' })
  return stopLine(ctx, row)
}

/** Stops what runs on a repair: it leaves the bench. */
export function stopTimersOf(ctx: CommandContext, repairId: number): void {
  for (const row of runningOn(ctx.db, repairId)) stopLine(ctx, row)
}

/**
 * Ends a running timer. Its minutes go to the person who worked and to the day they worked on (RD#593): to the
 * line itself where it is theirs and of that day, otherwise, past midnight or on a colleague's line, to a line of
 * their own beside it, which hangs on the same line of the bill and carries no standard time of its own.
 */
function stopLine(ctx: CommandContext, row: LabourRow): { id: number; version: number } {
  const userId = row.runningById ?? 0
  const held = creditsOf(ctx.db, row.id)
  const isTheirs = held.length === 0 || held.some((credit) => credit.userId === userId)
  const credits = [{ userId, shareBp: wholeBp }]
  let { actualMinutes, doneOn } = row
  for (const { day, minutes } of minutesByDay(row.runningSince ?? ctx.now, ctx.now, ctx.settings.timeZone)) {
    if (isTheirs && (doneOn === null || doneOn === day)) {
      doneOn = day
      actualMinutes = Math.min(actualMinutes + minutes, mostMinutes)
      continue
    }
    const { repairId, serviceId, description, chargeLineId } = row
    const rest = { repairId, serviceId, description, chargeLineId, standardMinutes: 0 }
    addLine(ctx, { ...rest, actualMinutes: minutes, doneOn: day, credits })
  }
  if (held.length === 0 && doneOn !== null) replaceCredits(ctx.db, row.id, credits)
  const set = { runningSince: null, runningById: null, actualMinutes, doneOn }
  return saveLine(ctx, row, set, 'labour.stopped')
}

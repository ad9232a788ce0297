import type { InputOf } from '#contract/method-types.ts'
import { wholeBp } from '#contract/money.ts'
import type { CommandContext } from '../context.ts'
import { AppError, fieldError, found } from '../kernel/app-error.ts'
import { isEngineer, userName } from '../access/steps.ts'
import { stale } from '../system/views.ts'
import {
  insertLabour,
  labourById,
  replaceCredits,
  updateLabourRow,
  type Credit,
  type LabourRow,
} from './labour-store.ts'
import { isInvoiced, serviceKnown } from './views.ts'
import { creditsAddUp } from './work.ts'

/** What adding, changing and timing labour have in common. */

export type LabourInput = Omit<InputOf<'work.addLabour'>, 'commandId' | 'repairId'>

/** The labour line the person saw. Errors: `not_found`, `stale`. */
export function requireLabour(ctx: CommandContext, labourId: number, version: number): LabourRow {
  const row = found(labourById(ctx.db, labourId), 'labour')
  if (row.version !== version) throw stale(ctx.db, 'labour', row.uid)
  return row
}

/** What an invoice names is not changed afterwards: `work.labour_invoiced`. */
export function requireNotInvoiced(ctx: CommandContext, row: LabourRow): void {
  if (isInvoiced(ctx.db, row.chargeLineId)) throw new AppError('work.labour_invoiced')
}

/**
 * Checks what was typed and answers it with what goes without saying: work that was done is credited to the person
 * who writes it down, today. `heldServiceId`: what the line names already. Errors: `field.not_found` at serviceId
 * and credits, `field.in_future` at doneOn, `work.credit_shares` at credits.
 */
export function checkedLabour(
  ctx: CommandContext,
  input: LabourInput,
  heldServiceId: number | null,
): { doneOn: string | null; credits: readonly Credit[] } {
  const { serviceId, doneOn, credits, actualMinutes } = input
  if (serviceId !== null && serviceId !== heldServiceId && !serviceKnown(ctx.db, serviceId)) {
    throw fieldError('serviceId', 'field.not_found')
  }
  if (doneOn !== null && doneOn > ctx.today) throw fieldError('doneOn', 'field.in_future')
  credits.forEach(({ userId }, index) => {
    if (isEngineer(ctx.db, userId) === 'unknown')
      throw fieldError(`credits.${index}.userId`, 'field.not_found')
  })
  if (credits.length > 0 && !creditsAddUp(credits)) throw fieldError('credits', 'work.credit_shares')
  const isDone = doneOn !== null || actualMinutes > 0
  const own = isDone && ctx.actor.userId !== null ? [{ userId: ctx.actor.userId, shareBp: wholeBp }] : []
  return { doneOn: isDone ? (doneOn ?? ctx.today) : null, credits: credits.length > 0 ? credits : own }
}

export type NewLabour = Omit<Parameters<typeof insertLabour>[1], 'uid' | 'id'> & {
  credits: readonly Credit[]
}

/** Writes a new line with its credits. */
export function addLine(ctx: CommandContext, line: NewLabour): { id: number; uid: string; version: number } {
  const { credits, ...columns } = line
  const uid = ctx.newUid()
  const id = insertLabour(ctx.db, { ...columns, uid })
  replaceCredits(ctx.db, id, credits)
  ctx.record({ entity: 'work', id, uid, version: 1, type: 'labour.added', payload: { ...line } })
  return { id, uid, version: 1 }
}

/** Saves a change of a line; answers its new version. */
export function saveLine(
  ctx: CommandContext,
  row: LabourRow,
  set: Partial<LabourRow>,
  type: 'labour.changed' | 'labour.removed' | 'labour.started' | 'labour.stopped',
): { id: number; version: number } {
  const version = row.version + 1
  updateLabourRow(ctx.db, row.id, { ...set, version })
  ctx.record({
    entity: 'work',
    id: row.id,
    uid: row.uid,
    version,
    type,
    payload: { repairId: row.repairId, ...set },
  })
  ctx.announce('repairs', [row.repairId])
  return { id: row.id, version }
}

/** `work.timer_running`, saying whose. */
export function timerRunning(ctx: CommandContext, row: LabourRow): AppError {
  return new AppError('work.timer_running', { by: userName(ctx.db, row.runningById) })
}

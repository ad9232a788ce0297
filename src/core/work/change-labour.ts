import type { Handler } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { noteWork } from '../repairs/steps.ts'
import {
  addLine,
  checkedLabour,
  requireLabour,
  requireNotInvoiced,
  saveLine,
  timerRunning,
} from './labour.ts'
import { replaceCredits } from './labour-store.ts'
import { benchRepair } from './views.ts'

/** Work written down by hand, planned or done. Errors: `not_found`, and those of its fields (labour.ts). */
export const addLabour: Handler<'work.addLabour'> = (ctx, { commandId: _id, repairId, ...input }) => {
  found(benchRepair(ctx.db, repairId), 'repair')
  const checked = checkedLabour(ctx, input, null)
  const added = addLine(ctx, { ...input, ...checked, repairId })
  noteWork(ctx, repairId, input.note, { labour: input.description, minutes: input.actualMinutes })
  return added
}

/** Replaces what is written of a line. Errors: `stale`, `work.labour_invoiced`, `work.timer_running`. */
export const updateLabour: Handler<'work.updateLabour'> = (
  ctx,
  { commandId: _id, labourId, version, ...input },
) => {
  const row = requireLabour(ctx, labourId, version)
  requireNotInvoiced(ctx, row)
  if (row.runningById !== null) throw timerRunning(ctx, row)
  const { credits, ...checked } = checkedLabour(ctx, input, row.serviceId)
  const { credits: _given, ...columns } = input
  replaceCredits(ctx.db, row.id, credits)
  return saveLine(ctx, row, { ...columns, ...checked }, 'labour.changed')
}

/** Takes a line away; its line on the bill stays until it is taken off there. Errors: as for a change. */
export const removeLabour: Handler<'work.removeLabour'> = (ctx, { labourId, version }) => {
  const row = requireLabour(ctx, labourId, version)
  requireNotInvoiced(ctx, row)
  if (row.runningById !== null) throw timerRunning(ctx, row)
  const saved = saveLine(ctx, row, { removed: true }, 'labour.removed')
  noteWork(ctx, row.repairId, '', { labourRemoved: row.description, minutes: row.actualMinutes })
  return saved
}

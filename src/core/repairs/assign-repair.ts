import type { Handler } from '../context.ts'
import { fieldError } from '../kernel/app-error.ts'
import { openAttempt, requireEngineer } from './attempts.ts'
import { eachRepair, moveOf, saveRepair } from './change.ts'
import { dueOnForAssignment, requireNotPast } from './repairs.ts'

/**
 * Gives repairs to an engineer (W4): what waits becomes assigned by itself, what is assigned already goes to
 * the new engineer with a reason and the present handling ends as reassigned. A repair whose resolution date
 * has passed needs a new one. Errors: `field.not_found` or `repair.engineer_inactive` at `engineerId`,
 * `field.in_past` at `dueOn`; per repair `repair.due_date_passed`, `repair.reason_required`.
 */
export const assignRepairs: Handler<'repairs.assign'> = (ctx, input) => {
  const { engineerId, dueOn, reason = '' } = input
  requireEngineer(ctx, engineerId, 'engineerId')
  if (dueOn !== undefined) requireNotPast(dueOn, ctx.today, 'dueOn')
  return eachRepair(ctx, input.repairs, (row) => {
    const { line, to, needsReason } = moveOf(row, row.state === 'waiting' ? 'assign' : 'reassign')
    if (needsReason && reason === '') throw fieldError('reason', 'repair.reason_required')
    const due = dueOnForAssignment(row.dueOn, dueOn, ctx.today, 'dueOn')
    const detail = {
      engineerId,
      attempt: row.attempts + 1,
      ...(due === row.dueOn ? {} : { 'dueOn.from': row.dueOn, 'dueOn.to': due }),
    }
    const patch = { state: to, ...openAttempt(ctx, row, engineerId), dueOn: due }
    return saveRepair(ctx, row, patch, [{ ...line, text: reason, detail }])
  })
}

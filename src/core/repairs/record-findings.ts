import type { Handler } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'
import { requireCodes } from './attempts.ts'
import { requireOwn, requireRepair, saveRepair } from './change.ts'
import { benchStates } from '#contract/repair-states.ts'
import { stateBeneath } from './repairs.ts'
import { keepFindings } from './store.ts'

const onBench: ReadonlySet<string> = new Set(benchStates)

/**
 * What was found so far, in words and codes, kept with the handling under way: a quote is written from it (domain
 * §3.2 "Guards"). It is replaced whole each time; the end of the handling may say it anew. Errors: `stale`,
 * `repair.not_your_repair`, `repair.not_allowed_in_state` when nobody has begun, those of the codes.
 */
export const recordFindings: Handler<'work.recordFindings'> = (ctx, input) => {
  const row = requireRepair(ctx, input.repairId, input.version)
  requireOwn(ctx, row)
  if (!onBench.has(stateBeneath(row))) {
    const { number, state } = row
    throw new AppError('repair.not_allowed_in_state', { number, state, action: 'start' })
  }
  const codeIds = requireCodes(ctx, row, input.codeIds)
  keepFindings(ctx.db, row.id, row.attempts, { findings: input.findings, codeIds })
  return saveRepair(ctx, row, {}, [{ kind: 'edit', text: input.findings, detail: { codes: codeIds.length } }])
}

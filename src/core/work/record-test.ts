import { benchStates } from '#contract/repair-states.ts'
import type { Handler } from '../context.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { moveRepair, requireOwnRepair, saveWork } from '../repairs/steps.ts'
import { requireWholeTest, writeTest } from './test-run.ts'
import { benchRepair } from './views.ts'

const onBench: ReadonlySet<string> = new Set(benchStates)

/**
 * A whole test of the device: every item of its category's list has a result. One failed item fails the test and
 * sends a repair that is in test back to repair, with what failed as the reason. Errors: `stale`,
 * `repair.not_your_repair`, `repair.not_allowed_in_state`, those of `requireWholeTest` at results.
 */
export const recordTest: Handler<'work.recordTest'> = (ctx, { repairId, version, results, note }) => {
  const row = requireOwnRepair(ctx, repairId, version)
  const { number, state } = row
  if (!onBench.has(state))
    throw new AppError('repair.not_allowed_in_state', { number, state, action: 'test' })
  const { categoryId } = found(benchRepair(ctx.db, repairId), 'repair')
  requireWholeTest(ctx, categoryId, results, 'results')
  const { passed, text, detail } = writeTest(ctx, repairId, results, note)
  const saved =
    passed || state !== 'testing'
      ? saveWork(ctx, row, note, detail)
      : moveRepair(ctx, repairId, 'repair', {}, { text, detail })
  return { ...saved, passed }
}

import type { FieldError } from '#contract/errors.ts'
import type { InputOf } from '#contract/method-types.ts'
import { benchStates } from '#contract/repair-states.ts'
import type { CommandContext, Handler } from '../context.ts'
import { AppError, fieldError, found } from '../kernel/app-error.ts'
import { moveRepair, requireOwnRepair, saveWork } from '../repairs/steps.ts'
import { insertTestItem, insertTestRun } from './test-store.ts'
import { benchRepair, testItemsOf } from './views.ts'

const onBench: ReadonlySet<string> = new Set(benchStates)
type Results = InputOf<'work.recordTest'>['results']

/**
 * A whole test of the device: every item of its category's list has a result. One failed item fails the test and
 * sends a repair that is in test back to repair, with what failed as the reason. Errors: `stale`,
 * `repair.not_your_repair`, `repair.not_allowed_in_state`, `work.test_incomplete` at results, `field.not_found` and
 * `field.duplicate` at `results.<n>.itemId`.
 */
export const recordTest: Handler<'work.recordTest'> = (ctx, { repairId, version, results, note }) => {
  const row = requireOwnRepair(ctx, repairId, version)
  const { number, state } = row
  if (!onBench.has(state))
    throw new AppError('repair.not_allowed_in_state', { number, state, action: 'test' })
  const failed = checkResults(ctx, repairId, results)
  const passed = failed.length === 0
  const uid = ctx.newUid()
  const { userId } = ctx.actor
  const run = { uid, repairId, attemptNo: row.attempts, at: ctx.now, userId, passed, note }
  const runId = insertTestRun(ctx.db, run)
  for (const result of results) insertTestItem(ctx.db, { runId, ...result })
  ctx.record({
    entity: 'work',
    id: runId,
    uid,
    version: 1,
    type: 'test.recorded',
    payload: { ...run, results },
  })
  const detail = { test: passed ? 'passed' : 'failed', failed: failed.length }
  const saved =
    passed || state !== 'testing'
      ? saveWork(ctx, row, note, detail)
      : moveRepair(ctx, repairId, 'repair', {}, { text: reasonOf(failed, note), detail })
  return { ...saved, passed }
}

/** What failed by name, then the person's words. */
function reasonOf(failed: readonly string[], note: string): string {
  return [failed.join(', '), note].filter((text) => text !== '').join('\n')
}

/** Checks the results against the list; answers the names of what failed, in the shop's language. */
function checkResults(ctx: CommandContext, repairId: number, results: Results): string[] {
  const { categoryId } = found(benchRepair(ctx.db, repairId), 'repair')
  const list = new Map(testItemsOf(ctx.db, categoryId).map(({ itemId, label }) => [itemId, label]))
  const seen = new Set<number>()
  const wrong: FieldError[] = []
  results.forEach(({ itemId }, index) => {
    const path = `results.${index}.itemId`
    if (!list.has(itemId)) wrong.push({ path, code: 'field.not_found' })
    else if (seen.has(itemId)) wrong.push({ path, code: 'field.duplicate' })
    seen.add(itemId)
  })
  if (wrong.length > 0) throw new AppError('input.invalid', {}, wrong)
  const missing = list.size - seen.size
  if (missing > 0) throw fieldError('results', 'work.test_incomplete', { missing })
  const language = ctx.settings.defaultLanguage === 'zh-CN' ? 'zh' : 'en'
  return results
    .filter(({ result }) => result === 'failed')
    .map(({ itemId }) => list.get(itemId)?.[language] ?? '')
}

import type { FieldError } from '#contract/errors.ts'
import type { TestItemResult } from '#contract/work.ts'
import type { CommandContext } from '../context.ts'
import { AppError, fieldError, found } from '../kernel/app-error.ts'
import { insertTestItem, insertTestRun } from './test-store.ts'
import { benchRepair, testItemsOf } from './views.ts'

/** A whole test of a device, made at the bench or at the counter. It enters nothing of repairs, which leads here. */

/**
 * Every item of the category's list has one result, and nothing else has. Errors: `work.test_incomplete` {missing} at
 * `path`, `field.not_found` and `field.duplicate` at `<path>.<n>.itemId`.
 */
export function requireWholeTest(
  ctx: CommandContext,
  categoryId: number,
  results: readonly TestItemResult[],
  path: string,
): void {
  const list = new Set(testItemsOf(ctx.db, categoryId).map(({ itemId }) => itemId))
  const seen = new Set<number>()
  const wrong: FieldError[] = []
  results.forEach(({ itemId }, index) => {
    const at = `${path}.${index}.itemId`
    if (!list.has(itemId)) wrong.push({ path: at, code: 'field.not_found' })
    else if (seen.has(itemId)) wrong.push({ path: at, code: 'field.duplicate' })
    seen.add(itemId)
  })
  if (wrong.length > 0) throw new AppError('input.invalid', {}, wrong)
  const missing = list.size - seen.size
  if (missing > 0) throw fieldError(path, 'work.test_incomplete', { missing })
}

/** What a repair's history says of a test: the names of what failed, in the shop's language, then the person's words. */
export interface WrittenTest {
  readonly passed: boolean
  readonly text: string
  readonly detail: { readonly test: 'passed' | 'failed'; readonly failed: number }
}

/** Keeps a whole test of the handling under way; one failed item fails it. Error: `not_found`. */
export function writeTest(
  ctx: CommandContext,
  repairId: number,
  results: readonly TestItemResult[],
  note: string,
): WrittenTest {
  const failed = new Set(results.filter(({ result }) => result === 'failed').map(({ itemId }) => itemId))
  const passed = failed.size === 0
  const { attempts: attemptNo, categoryId } = found(benchRepair(ctx.db, repairId), 'repair')
  const uid = ctx.newUid()
  const run = { uid, repairId, attemptNo, at: ctx.now, userId: ctx.actor.userId, passed, note }
  const runId = insertTestRun(ctx.db, run)
  for (const result of results) insertTestItem(ctx.db, { runId, ...result })
  const payload = { ...run, results }
  ctx.record({ entity: 'work', id: runId, uid, version: 1, type: 'test.recorded', payload })
  const language = ctx.settings.defaultLanguage === 'zh-CN' ? 'zh' : 'en'
  const names = testItemsOf(ctx.db, categoryId)
    .filter(({ itemId }) => failed.has(itemId))
    .map(({ label }) => label[language])
  const text = [names.join(', '), note].filter((words) => words !== '').join('\n')
  return { passed, text, detail: { test: passed ? 'passed' : 'failed', failed: failed.size } }
}

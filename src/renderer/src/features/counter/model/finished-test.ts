import { isWorking } from '#contract/repair-states.ts'
import type { FinishedAtCounter } from '#contract/repair-model.ts'
import type { FinishedForm } from './form.ts'

/** The test of a device that is finished at the counter, as far as it is filled in. */
export interface FinishedTest {
  /** Items of the category's list; none for a device that goes back unrepaired. */
  readonly asked: readonly number[]
  readonly open: readonly number[]
  readonly failed: readonly number[]
  /** As the command takes it: answers to another category's list stay in the draft only. */
  readonly results: NonNullable<FinishedAtCounter['testResults']>
}

export function finishedTest(
  { outcome, results: given }: FinishedForm,
  testIds: ReadonlySet<number>,
): FinishedTest {
  const asked = isWorking(outcome) ? [...testIds] : []
  const results = asked.flatMap((itemId) => {
    const { result, note = '' } = given[itemId] ?? {}
    return result === undefined ? [] : [{ itemId, result, note }]
  })
  return {
    asked,
    open: asked.filter((itemId) => given[itemId]?.result === undefined),
    failed: results.filter(({ result }) => result === 'failed').map(({ itemId }) => itemId),
    results,
  }
}

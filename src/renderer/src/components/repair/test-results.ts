import type { TestRun } from '#contract/work.ts'
import type { IconName } from '../icons.ts'
import type { Tone } from '../tones.ts'

export type TestResult = TestRun['results'][number]['result']

export interface ResultLook {
  readonly value: TestResult
  readonly tone: Tone
  readonly icon: IconName
}

/** The three answers to an item, in the order of the buttons. */
export const testResults: readonly ResultLook[] = [
  { value: 'passed', tone: 'success', icon: 'CircleCheck' },
  { value: 'failed', tone: 'danger', icon: 'CircleClose' },
  { value: 'not_applicable', tone: 'muted', icon: 'Right' },
]

export function lookOf(result: TestResult): ResultLook {
  return testResults.find(({ value }) => value === result) ?? { value: result, tone: 'muted', icon: 'Right' }
}

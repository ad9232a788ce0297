import type { checkResults } from '#contract/repair-model.ts'
import type { IconName } from './icons.ts'

/** The answers of a check list in the order of their keys. */
export const checkAnswers: readonly {
  readonly key: string
  readonly result: (typeof checkResults)[number]
  readonly icon: IconName
}[] = [
  { key: '1', result: 'works', icon: 'Check' },
  { key: '2', result: 'faulty', icon: 'Close' },
  { key: '3', result: 'untestable', icon: 'Hide' },
]

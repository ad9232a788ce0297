import type { Scenario } from '../figures.ts'
import { measureReads } from '../reads.ts'

export const scenario: Scenario = {
  name: 'reads',
  order: 2,
  measure: ({ file, size, quick, report }) =>
    measureReads(file, size, quick ? 2 : 5, quick ? 20 : 60, report),
}

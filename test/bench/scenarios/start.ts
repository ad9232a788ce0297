import type { Scenario } from '../figures.ts'
import { measureStart } from '../host.ts'

export const scenario: Scenario = {
  name: 'start',
  order: 3,
  measure: ({ file, size, quick, report }) => measureStart(file, size, quick ? 3 : 9, report),
}

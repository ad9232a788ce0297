import type { Scenario } from '../figures.ts'
import { measureImport } from '../imports.ts'

export const scenario: Scenario = {
  name: 'import',
  order: 5,
  once: true,
  measure: ({ quick, report }) => measureImport(quick, report),
}

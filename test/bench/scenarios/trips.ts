import type { Scenario } from '../figures.ts'
import { measureTrips } from '../host.ts'

export const scenario: Scenario = {
  name: 'trips',
  order: 4,
  once: true,
  measure: ({ file, size, quick, report }) => measureTrips(file, size, quick ? 100 : 1000, report),
}

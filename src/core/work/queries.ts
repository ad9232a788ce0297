import type { Handler } from '../context.ts'
import { fieldError, found } from '../kernel/app-error.ts'
import {
  benchRepair,
  externalJobsOf,
  labourLinesOf,
  testItemsOf,
  testRunsOf,
  workedBetween,
} from './views.ts'
import { creditRows } from './work.ts'

/** Everything the bench keeps of a repair. Error: `not_found`. */
export const workOfRepair: Handler<'work.ofRepair'> = ({ db }, { repairId }) => {
  found(benchRepair(db, repairId), 'repair')
  return {
    labour: labourLinesOf(db, repairId),
    tests: testRunsOf(db, repairId),
    external: externalJobsOf(db, repairId),
  }
}

/** What to test on this repair's device; empty when the shop has no list for its category. */
export const testList: Handler<'work.testList'> = ({ db }, { repairId }) =>
  testItemsOf(db, found(benchRepair(db, repairId), 'repair').categoryId)

/** Time credited to each technician by the day the work was done. Error: `field.before` at `to`. */
export const labourCredits: Handler<'work.credits'> = ({ db }, { from, to, userId }) => {
  if (to < from) throw fieldError('to', 'field.before', { min: from })
  const rows = creditRows(workedBetween(db, from, to))
  return userId === undefined ? rows : rows.filter((row) => row.userId === userId)
}

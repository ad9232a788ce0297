import { insertInto } from '../db/row-statements.ts'
import { testRunItems, testRuns } from '../db/schema/work.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'

/** Rows of tests; a test that was made is never changed, the next one stands beside it. */

export const insertTestRun = insertInto(testRuns)
export const insertTestItem = insertInto(testRunItems)

export interface LastTest {
  readonly at: number
  readonly attemptNo: number
  readonly passed: number
}

export function lastTestOf(db: ReadDb, repairId: number): LastTest | undefined {
  return sqlStatement(
    db,
    `SELECT at, attempt_no AS attemptNo, passed FROM test_runs WHERE repair_id = ? ORDER BY id DESC LIMIT 1`,
  ).get(repairId) as LastTest | undefined
}

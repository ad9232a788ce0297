import { and, eq, isNull } from 'drizzle-orm'
import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { insertInto, updateOf } from '../db/row-statements.ts'
import { externalJobs } from '../db/schema/work.ts'

/** Rows of units away at a vendor or the factory. */

export type ExternalRow = typeof externalJobs.$inferSelect

export const insertJob = insertInto(externalJobs)
export const updateJob: (db: WriteDb, id: number, set: Partial<ExternalRow>) => void = updateOf(externalJobs)

/** The vendor a repair's device is away at; asked before each hand-over, so it is plain SQL. */
export function vendorOf(db: ReadDb, repairId: number): string | undefined {
  const text = 'SELECT vendor FROM external_jobs WHERE repair_id = ? AND back_at IS NULL'
  return sqlStatement(db, text).pluck().get(repairId) as string | undefined
}

/** The job a repair's device is away on; at most one. */
export function openJobOf(db: ReadDb, repairId: number): ExternalRow | undefined {
  return db
    .select()
    .from(externalJobs)
    .where(and(eq(externalJobs.repairId, repairId), isNull(externalJobs.backAt)))
    .get()
}

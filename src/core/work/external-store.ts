import { and, eq, isNull } from 'drizzle-orm'
import type { ReadDb, WriteDb } from '../db/handles.ts'
import { insertInto, updateOf } from '../db/row-statements.ts'
import { externalJobs } from '../db/schema/work.ts'

/** Rows of units away at a vendor or the factory. */

export type ExternalRow = typeof externalJobs.$inferSelect

export const insertJob = insertInto(externalJobs)
export const updateJob: (db: WriteDb, id: number, set: Partial<ExternalRow>) => void = updateOf(externalJobs)

/** The job a repair's device is away on; at most one. */
export function openJobOf(db: ReadDb, repairId: number): ExternalRow | undefined {
  return db
    .select()
    .from(externalJobs)
    .where(and(eq(externalJobs.repairId, repairId), isNull(externalJobs.backAt)))
    .get()
}

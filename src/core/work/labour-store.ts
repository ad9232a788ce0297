import { and, asc, eq, isNull } from 'drizzle-orm'
import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { insertInto, updateOf } from '../db/row-statements.ts'
import { labourCredits, labourLines } from '../db/schema/work.ts'

/** Rows of labour and of whom it is credited to. */

export type LabourRow = typeof labourLines.$inferSelect
export interface Credit {
  readonly userId: number
  readonly shareBp: number
}

export function labourById(db: ReadDb, id: number): LabourRow | undefined {
  return db
    .select()
    .from(labourLines)
    .where(and(eq(labourLines.id, id), eq(labourLines.removed, false)))
    .get()
}

/** Lines of a repair on which somebody's timer runs. */
export function runningOn(db: ReadDb, repairId: number): LabourRow[] {
  const text = `SELECT id FROM labour_lines WHERE repair_id = ? AND running_by_id IS NOT NULL AND removed = 0
    ORDER BY id`
  const ids = sqlStatement(db, text).pluck().all(repairId) as number[]
  return ids.flatMap((id) => labourById(db, id) ?? [])
}

/** The line a person's timer runs on. */
export function runningOf(db: ReadDb, userId: number): LabourRow | undefined {
  return db.select().from(labourLines).where(eq(labourLines.runningById, userId)).get()
}

export const insertLabour = insertInto(labourLines)
export const updateLabourRow: (db: WriteDb, id: number, set: Partial<LabourRow>) => void =
  updateOf(labourLines)

/** The larger share first. */
export function creditsOf(db: ReadDb, labourId: number): Credit[] {
  return sqlStatement(
    db,
    `SELECT user_id AS userId, share_bp AS shareBp FROM labour_credits WHERE labour_id = ?
     ORDER BY share_bp DESC, user_id`,
  ).all(labourId) as Credit[]
}

const insertCredit = insertInto(labourCredits)
export function replaceCredits(db: WriteDb, labourId: number, credits: readonly Credit[]): void {
  sqlStatement(db, 'DELETE FROM labour_credits WHERE labour_id = ?').run(labourId)
  for (const { userId, shareBp } of credits) insertCredit(db, { labourId, userId, shareBp })
}

/** Work of a repair, written down or planned, that stands on no line of its bill; the oldest first. */
export function unbilledLabour(db: ReadDb, repairId: number): LabourRow[] {
  return db
    .select()
    .from(labourLines)
    .where(
      and(
        eq(labourLines.repairId, repairId),
        isNull(labourLines.chargeLineId),
        eq(labourLines.removed, false),
      ),
    )
    .orderBy(asc(labourLines.id))
    .all()
}

/** The plan that came with a line of the bill, if there is one. */
export function labourOfCharge(db: ReadDb, chargeLineId: number): LabourRow[] {
  return db
    .select()
    .from(labourLines)
    .where(and(eq(labourLines.chargeLineId, chargeLineId), eq(labourLines.removed, false)))
    .all()
}

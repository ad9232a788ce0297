import { desc, eq } from 'drizzle-orm'
import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { insertInto, updateOf } from '../db/row-statements.ts'
import { shifts } from '../db/schema/billing.ts'

/** Rows of the cash shifts. */
export type ShiftRow = typeof shifts.$inferSelect

export const insertShift = insertInto(shifts)
export const updateShift: (db: WriteDb, id: number, patch: Partial<ShiftRow>) => void = updateOf(shifts)

const openText = 'SELECT id FROM shifts WHERE seat_id = ? AND closed_at IS NULL'

/** The shift that is open at a seat; null when none is, or the act comes from no seat. */
export function openShiftOf(db: ReadDb, seatId: number | null): number | null {
  if (seatId === null) return null
  return (sqlStatement(db, openText).pluck().get(seatId) as number | undefined) ?? null
}

export function shiftById(db: ReadDb, id: number): ShiftRow | undefined {
  return db.select().from(shifts).where(eq(shifts.id, id)).get()
}

export function shiftByUid(db: ReadDb, uid: string): ShiftRow | undefined {
  return db.select().from(shifts).where(eq(shifts.uid, uid)).get()
}

/** The shift that was opened last at a seat, open or closed. */
export function lastShiftOf(db: ReadDb, seatId: number): ShiftRow | undefined {
  return db.select().from(shifts).where(eq(shifts.seatId, seatId)).orderBy(desc(shifts.id)).limit(1).get()
}

/** Shifts, the newest first. */
export function shiftPage(
  db: ReadDb,
  onlyOpen: boolean,
  beforeId: number | undefined,
  limit: number,
): number[] {
  const text = `SELECT id FROM shifts WHERE (:before IS NULL OR id < :before)
    AND (:onlyOpen = 0 OR closed_at IS NULL) ORDER BY id DESC LIMIT :limit`
  const given = { before: beforeId ?? null, onlyOpen: onlyOpen ? 1 : 0, limit }
  return sqlStatement(db, text).pluck().all(given) as number[]
}

import type { Draft } from '#contract/intake.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'

const shown = `
  SELECT d.uid, d.version, d.title, d.step, u.name AS userName, s.name AS seatName, d.updated_at AS updatedAt
  FROM drafts d JOIN users u ON u.id = d.user_id JOIN seats s ON s.id = d.seat_id`

/** Unfinished intakes of all seats, the one touched last first. */
export function listDrafts(db: ReadDb): Omit<Draft, 'content'>[] {
  return sqlStatement(db, `${shown} ORDER BY d.updated_at DESC, d.id DESC`).all() as Omit<Draft, 'content'>[]
}

/** Who saved a draft last, where and when. */
export function draftHead(db: ReadDb, uid: string): Omit<Draft, 'content'> | undefined {
  return sqlStatement(db, `${shown} WHERE d.uid = ?`).get(uid) as Omit<Draft, 'content'> | undefined
}

import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { insertInto } from '../db/row-statements.ts'
import { disposals } from '../db/schema/disposals.ts'

/** Rows of disposals: the only file that names their table for writing. */

export const insertDisposal = insertInto(disposals)

export interface StoredDisposal {
  readonly id: number
  readonly uid: string
  readonly repairId: number
  readonly onDay: string
  readonly paymentId: number | null
  readonly voidedAt: number | null
}

const columns = `id, uid, repair_id AS repairId, on_day AS onDay, payment_id AS paymentId, voided_at AS voidedAt`

export function disposalById(db: ReadDb, id: number): StoredDisposal | undefined {
  const text = `SELECT ${columns} FROM disposals WHERE id = ?`
  return sqlStatement(db, text).get(id) as StoredDisposal | undefined
}

/** The disposal of a repair's device that stands. */
export function standingDisposal(db: ReadDb, repairId: number): StoredDisposal | undefined {
  const text = `SELECT ${columns} FROM disposals WHERE repair_id = ? AND voided_at IS NULL`
  return sqlStatement(db, text).get(repairId) as StoredDisposal | undefined
}

/** A disposal is written once; the only thing that ever happens to it is that it is declared void. */
export function markVoid(
  db: WriteDb,
  id: number,
  by: { readonly at: number; readonly userId: number | null; readonly reason: string },
): void {
  const text = 'UPDATE disposals SET voided_at = ?, voided_by = ?, void_reason = ? WHERE id = ?'
  sqlStatement(db, text).run(by.at, by.userId, by.reason, id)
}

import type { Disposal } from '#contract/disposals.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'

/** What a screen and a paper show of disposals; nothing here writes. */

const shownText = `
  SELECT d.id, d.uid, d.repair_id AS repairId, d.at, d.on_day AS "on", u.name AS "by", d.kind, d.buyer, d.note,
    d.proceeds_minor AS proceedsMinor, d.costs_minor AS costsMinor, p.uid AS receiptUid, p.number AS receiptNumber,
    d.voided_at AS voidedAt, v.name AS voidedBy, d.void_reason AS voidReason
  FROM disposals d
  LEFT JOIN users u ON u.id = d.user_id
  LEFT JOIN users v ON v.id = d.voided_by
  LEFT JOIN payments p ON p.id = d.payment_id
  WHERE d.repair_id = ? ORDER BY d.id DESC`

type Row = Omit<Disposal, 'receipt' | 'voided'> & {
  readonly receiptUid: string | null
  readonly receiptNumber: string | null
  readonly voidedAt: number | null
  readonly voidedBy: string | null
  readonly voidReason: string
}

/** Every disposal of a repair's device, the newest first. */
export function disposalsOf(db: ReadDb, repairId: number): Disposal[] {
  const rows = sqlStatement(db, shownText).all(repairId) as Row[]
  return rows.map(
    ({ receiptUid: uid, receiptNumber: number, voidedAt: at, voidedBy: by, voidReason, ...row }) => ({
      ...row,
      receipt: uid === null || number === null ? null : { uid, number },
      voided: at === null ? null : { at, by, reason: voidReason },
    }),
  )
}

export interface StandingRepair {
  readonly id: number
  readonly number: string
  readonly state: string
  readonly processedAt: number | null
}

export function standingRepair(db: ReadDb, id: number): StandingRepair | undefined {
  const text = 'SELECT id, number, state, processed_at AS processedAt FROM repairs WHERE id = ?'
  return sqlStatement(db, text).get(id) as StandingRepair | undefined
}

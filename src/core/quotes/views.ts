import { sqlStatement, type ReadDb } from '../db/handles.ts'

/** Reads across modules that quotes need (decision 005). Nothing here writes. */

export interface QuotedRepair {
  readonly id: number
  readonly uid: string
  readonly number: string
  readonly customerId: number | null
  /** "Repair up to this without asking", said at intake. */
  readonly ceilingMinor: number | null
}

export function quotedRepair(db: ReadDb, repairId: number): QuotedRepair | undefined {
  return sqlStatement(
    db,
    `SELECT id, uid, number, customer_id AS customerId, ceiling_minor AS ceilingMinor FROM repairs WHERE id = ?`,
  ).get(repairId) as QuotedRepair | undefined
}

/** Whether a symptom, cause or action code was found in any handling of the repair. */
export function hasCodes(db: ReadDb, repairId: number): boolean {
  const text = `SELECT 1 FROM repair_attempts WHERE repair_id = ? AND code_ids <> '[]' LIMIT 1`
  return sqlStatement(db, text).get(repairId) !== undefined
}

/** Whether a part of the repair is planned that no shelf has. */
export function hasMissingParts(db: ReadDb, repairId: number): boolean {
  const text = `SELECT 1 FROM repair_parts WHERE repair_id = ? AND state = 'planned' LIMIT 1`
  return sqlStatement(db, text).get(repairId) !== undefined
}

/** What the customer's shares of a repair's uninvoiced lines come to, as priced. */
export function customerTotal(db: ReadDb, repairId: number, _on: string): number {
  return sqlStatement(
    db,
    `SELECT coalesce(sum((c.quantity * c.unit_minor / 1000 - c.discount_minor)
       * (s.value ->> 'shareBp') / 10000), 0)
     FROM charge_lines c, json_each(c.shares) s
     WHERE c.repair_id = ? AND c.removed = 0 AND c.waived_at IS NULL AND s.value ->> 'payer' = 'customer'`,
  )
    .pluck()
    .get(repairId) as number
}

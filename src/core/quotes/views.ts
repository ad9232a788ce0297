import type { ChargeKind } from '#contract/charges.ts'
import type { RepairState } from '#contract/repair-states.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'

/** Reads across modules that quotes need (decision 005). Nothing here writes. */

export interface QuotedRepair {
  readonly id: number
  readonly uid: string
  readonly number: string
  readonly state: RepairState
  readonly lockReason: string | null
  readonly customerId: number | null
  /** "Repair up to this without asking", said at intake. */
  readonly ceilingMinor: number | null
}

export function quotedRepair(db: ReadDb, repairId: number): QuotedRepair | undefined {
  return sqlStatement(
    db,
    `SELECT id, uid, number, state, lock_reason AS lockReason, customer_id AS customerId,
       ceiling_minor AS ceilingMinor FROM repairs WHERE id = ?`,
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

export function customerName(db: ReadDb, customerId: number): string | null {
  const text = 'SELECT name FROM customers WHERE id = ?'
  return (sqlStatement(db, text).pluck().get(customerId) as string | undefined) ?? null
}

/** Whether a bench fee is on the bill already, invoiced or not. */
export function hasBenchFee(db: ReadDb, repairId: number): boolean {
  const text = `SELECT 1 FROM charge_lines
    WHERE repair_id = ? AND kind = 'bench_fee' AND removed = 0 AND waived_at IS NULL LIMIT 1`
  return sqlStatement(db, text).get(repairId) !== undefined
}

export interface AgreedCharge {
  readonly id: number
  readonly kind: ChargeKind
  readonly serviceId: number | null
  readonly partId: number | null
  readonly description: string
  readonly quantity: number
  readonly invoiceId: number | null
}

/** What approvals put on a repair's bill and still stands there. */
export function agreedCharges(db: ReadDb, repairId: number): AgreedCharge[] {
  return sqlStatement(
    db,
    `SELECT id, kind, service_id AS serviceId, part_id AS partId, description, quantity, invoice_id AS invoiceId
     FROM charge_lines
     WHERE repair_id = ? AND source = 'quote' AND removed = 0 AND waived_at IS NULL ORDER BY id`,
  ).all(repairId) as AgreedCharge[]
}

import type { ChargeKind, ChargeLine, PayerShare } from '#contract/charges.ts'
import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { chargeLines } from '../db/schema/billing.ts'
import { insertInto, updateOf } from '../db/row-statements.ts'

/** Rows of what is charged on repairs: the only file that names their table. */

type Row = typeof chargeLines.$inferSelect
export interface ChargeRow extends Omit<Row, 'kind' | 'source' | 'removed' | 'createdAt' | 'createdById'> {
  readonly kind: ChargeKind
  readonly source: ChargeLine['source']
}
type Raw = Omit<ChargeRow, 'shares' | 'includesTax'> & { shares: string; includesTax: number }

const columns = `id, uid, repair_id AS repairId, kind, source, service_id AS serviceId, part_id AS partId, description,
  quantity, unit_minor AS unitMinor, discount_minor AS discountMinor, includes_tax AS includesTax,
  tax_code_id AS taxCodeId, shares, standard_minutes AS standardMinutes, warranty_months AS warrantyMonths,
  invoice_id AS invoiceId, waived_at AS waivedAt, waive_reason AS waiveReason`

const parsed = new Map<string, PayerShare[]>()

/** Nearly every line has the same shares, so that the few texts there are are read once. */
function sharesOf(text: string): PayerShare[] {
  let shares = parsed.get(text)
  if (shares === undefined) {
    if (parsed.size > 1000) parsed.clear()
    shares = JSON.parse(text) as PayerShare[]
    parsed.set(text, shares)
  }
  return shares
}

function rowOf(raw: Raw): ChargeRow {
  return { ...raw, shares: sharesOf(raw.shares), includesTax: raw.includesTax === 1 }
}

/** Lines of a repair in the order they were written; taken out ones are not among them, waived ones are. */
export function linesOfRepair(db: ReadDb, repairId: number): ChargeRow[] {
  const text = `SELECT ${columns} FROM charge_lines WHERE repair_id = ? AND removed = 0 ORDER BY id`
  return (sqlStatement(db, text).all(repairId) as Raw[]).map(rowOf)
}

export function chargeById(db: ReadDb, id: number): ChargeRow | undefined {
  const raw = sqlStatement(db, `SELECT ${columns} FROM charge_lines WHERE id = ? AND removed = 0`).get(id)
  return raw === undefined ? undefined : rowOf(raw as Raw)
}

const handText = `SELECT ${columns} FROM charge_lines c
  WHERE repair_id = ? AND removed = 0 AND waived_at IS NULL AND source IN ('counter', 'work')
    AND kind IN ('labour', 'part', 'external', 'fee')
    AND (invoice_id IS NULL OR (SELECT i.issued_at FROM invoices i WHERE i.id = c.invoice_id) >= ?)
  ORDER BY id`

/**
 * Lines a person wrote on a bill: work, parts and fees no quote put there, neither waived nor on an invoice, or on one
 * that was issued since a moment (epoch ms).
 */
export function handWritten(db: ReadDb, repairId: number, invoicedSince: number): ChargeRow[] {
  return (sqlStatement(db, handText).all(repairId, invoicedSince) as Raw[]).map(rowOf)
}

export const insertCharge = insertInto(chargeLines)
export const updateCharge = updateOf(chargeLines)

/** An invoice has the line from now on; a line another invoice has already stays with that one. */
export function lockLine(db: WriteDb, id: number, invoiceId: number): void {
  sqlStatement(db, 'UPDATE charge_lines SET invoice_id = ? WHERE id = ? AND invoice_id IS NULL').run(
    invoiceId,
    id,
  )
}

const freeText = `UPDATE charge_lines SET invoice_id = (
    SELECT max(il.invoice_id) FROM invoice_lines il JOIN invoices i ON i.id = il.invoice_id
    WHERE il.repair_id = charge_lines.repair_id AND il.charge_line_id = charge_lines.id AND i.kind = 'invoice'
      AND NOT EXISTS (SELECT 1 FROM invoice_voids v WHERE v.invoice_id = i.id))
  WHERE invoice_id = ?`

/** Lines of an invoice that was made void: free again, or held by another invoice that bills a share of them. */
export function freeLines(db: WriteDb, invoiceId: number): void {
  sqlStatement(db, freeText).run(invoiceId)
}

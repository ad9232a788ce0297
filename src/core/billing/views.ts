import type { RepairState } from '#contract/repair-states.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'

/** What billing reads of repairs, customers and parts (decision 005). */

export interface BilledRepair {
  readonly id: number
  readonly uid: string
  readonly number: string
  readonly state: RepairState
  readonly customerId: number | null
  readonly benchFeeMinor: number | null
  readonly processedAt: number | null
  readonly collectedAt: number | null
  /** The repair this one does again (返修), and whether for the same fault. */
  readonly reworkOfId: number | null
  readonly reworkKind: string | null
  /** The day the device nobody collected was disposed of: storage ends with it. */
  readonly disposedOn: string | null
}

const repairText = `SELECT id, uid, number, state, customer_id AS customerId, bench_fee_minor AS benchFeeMinor,
  processed_at AS processedAt, collected_at AS collectedAt, rework_of_id AS reworkOfId, rework_kind AS reworkKind,
  (SELECT on_day FROM disposals d WHERE d.repair_id = repairs.id AND d.voided_at IS NULL) AS disposedOn
  FROM repairs WHERE id = ?`

export function billedRepair(db: ReadDb, id: number): BilledRepair | undefined {
  return sqlStatement(db, repairText).get(id) as BilledRepair | undefined
}

/** Who an invoice is made out to. */
export interface Party {
  readonly id: number
  readonly name: string
  readonly address: string
  readonly taxNumber: string
  readonly tier: string
  readonly onAccount: number
  readonly paymentDays: number
}

const partyText = `SELECT id, name, address, tax_number AS taxNumber, tier, on_account AS onAccount,
  payment_days AS paymentDays FROM customers WHERE id = ?`

export function partyById(db: ReadDb, id: number): Party | undefined {
  return sqlStatement(db, partyText).get(id) as Party | undefined
}

const livingText = `WITH RECURSIVE led(id, next) AS (
    SELECT id, merged_into_id FROM customers WHERE id = ?
    UNION SELECT c.id, c.merged_into_id FROM customers c JOIN led ON c.id = led.next)
  SELECT id FROM led WHERE next IS NULL`

/** Where a customer lives on after merges. */
export function livingCustomer(db: ReadDb, id: number): number {
  return (sqlStatement(db, livingText).pluck().get(id) as number | undefined) ?? id
}

export interface PartPrice {
  readonly priceMinor: number
  readonly taxCodeId: number
}

export function partPrice(db: ReadDb, partId: number): PartPrice | undefined {
  const text = 'SELECT price_minor AS priceMinor, tax_code_id AS taxCodeId FROM parts WHERE id = ?'
  return sqlStatement(db, text).get(partId) as PartPrice | undefined
}

/** Which payers' shares of a repair's lines stand on invoices that are not void. */
export interface BilledShare {
  readonly chargeLineId: number
  readonly payer: string
  readonly customerId: number | null
}

const billedText = `SELECT il.charge_line_id AS chargeLineId, i.payer, i.customer_id AS customerId
  FROM invoice_lines il JOIN invoices i ON i.id = il.invoice_id
  WHERE il.repair_id = ? AND il.charge_line_id IS NOT NULL AND i.kind = 'invoice'
    AND NOT EXISTS (SELECT 1 FROM invoice_voids v WHERE v.invoice_id = i.id)`

export function billedShares(db: ReadDb, repairId: number): BilledShare[] {
  return sqlStatement(db, billedText).all(repairId) as BilledShare[]
}

/** What customers were invoiced for a repair so far, less what was credited; one row per customer. */
export interface BilledTotal {
  readonly customerId: number
  readonly grossMinor: number
}

const billedTotalText = `SELECT i.customer_id AS customerId,
    sum(CASE i.kind WHEN 'invoice' THEN il.gross_minor ELSE -il.gross_minor END) AS grossMinor
  FROM invoice_lines il JOIN invoices i ON i.id = il.invoice_id
  WHERE il.repair_id = ? AND i.payer = 'customer'
    AND NOT EXISTS (SELECT 1 FROM invoice_voids v WHERE v.invoice_id = i.id)
  GROUP BY i.customer_id`

export function billedTotals(db: ReadDb, repairId: number): BilledTotal[] {
  return sqlStatement(db, billedTotalText).all(repairId) as BilledTotal[]
}

/** Customers' invoices that bill a repair, with what is open on each; newest first. */
export interface OpenInvoice {
  readonly id: number
  readonly customerId: number
  readonly openMinor: number
}

const openText = `SELECT i.id, i.customer_id AS customerId, coalesce(b.amount_minor, 0) AS openMinor
  FROM (SELECT DISTINCT invoice_id FROM invoice_lines WHERE repair_id = ?) il
  JOIN invoices i ON i.id = il.invoice_id
  LEFT JOIN money_balances b ON b.account = 'receivable' AND b.subject = i.id
  WHERE i.kind = 'invoice' AND i.payer = 'customer' ORDER BY i.id DESC`

export function invoicesBilling(db: ReadDb, repairId: number): OpenInvoice[] {
  return sqlStatement(db, openText).all(repairId) as OpenInvoice[]
}

/** Invoices and credit notes to customers that bill a repair, the newest first. */
export function documentsBilling(db: ReadDb, repairId: number): number[] {
  const text = `SELECT DISTINCT i.id FROM invoice_lines il JOIN invoices i ON i.id = il.invoice_id
    WHERE il.repair_id = ? AND i.payer = 'customer' ORDER BY i.id DESC`
  return sqlStatement(db, text).pluck().all(repairId) as number[]
}

/** The rate a customer was invoiced a line with; undefined when only others bear it. */
export function invoicedRate(db: ReadDb, repairId: number, chargeLineId: number): number | undefined {
  const text = `SELECT il.rate_bp FROM invoice_lines il JOIN invoices i ON i.id = il.invoice_id
    WHERE il.repair_id = ? AND il.charge_line_id = ? AND i.payer = 'customer' ORDER BY il.invoice_id DESC LIMIT 1`
  return sqlStatement(db, text).pluck().get(repairId, chargeLineId) as number | undefined
}

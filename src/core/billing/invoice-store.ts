import type { Payer } from '#contract/charges.ts'
import type { invoiceKinds } from '#contract/billing.ts'
import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { invoiceLines, invoices, invoiceVoids } from '../db/schema/billing.ts'
import { insertInto, insertRowsInto } from '../db/row-statements.ts'

/** Issued documents: the only file that names their tables for writing. Rows are never changed. */

export type NewInvoice = Omit<typeof invoices.$inferInsert, 'id'>
export type NewInvoiceLine = Omit<typeof invoiceLines.$inferInsert, 'invoiceId' | 'no'>

type Row = typeof invoices.$inferSelect
export interface InvoiceRow extends Omit<Row, 'kind' | 'payer' | 'pricesIncludeTax' | 'taxes'> {
  readonly kind: (typeof invoiceKinds)[number]
  readonly payer: Payer
  readonly pricesIncludeTax: boolean
  readonly taxes: readonly { rateBp: number; netMinor: number; taxMinor: number }[]
}
type Raw = Omit<InvoiceRow, 'pricesIncludeTax' | 'taxes'> & { pricesIncludeTax: number; taxes: string }

const columns = `id, uid, number, kind, original_id AS originalId, payer, customer_id AS customerId,
  customer_name AS customerName, customer_address AS customerAddress, customer_tax_number AS customerTaxNumber,
  repair_id AS repairId, currency, prices_include_tax AS pricesIncludeTax, net_minor AS netMinor, tax_minor AS taxMinor,
  rounding_minor AS roundingMinor, gross_minor AS grossMinor, taxes, issued_on AS issuedOn, issued_at AS issuedAt,
  issued_by_id AS issuedById, due_on AS dueOn, reason, note`

function rowOf(raw: unknown): InvoiceRow | undefined {
  if (raw === undefined) return undefined
  const row = raw as Raw
  return {
    ...row,
    pricesIncludeTax: row.pricesIncludeTax === 1,
    taxes: JSON.parse(row.taxes) as InvoiceRow['taxes'],
  }
}

export function invoiceById(db: ReadDb, id: number): InvoiceRow | undefined {
  return rowOf(sqlStatement(db, `SELECT ${columns} FROM invoices WHERE id = ?`).get(id))
}
export function invoiceByUid(db: ReadDb, uid: string): InvoiceRow | undefined {
  return rowOf(sqlStatement(db, `SELECT ${columns} FROM invoices WHERE uid = ?`).get(uid))
}
export function invoiceNumberOf(db: ReadDb, id: number | null): string | null {
  const text = 'SELECT number FROM invoices WHERE id = ?'
  return (sqlStatement(db, text).pluck().get(id) as string | undefined) ?? null
}

export interface InvoiceLineRow {
  readonly no: number
  readonly chargeLineId: number | null
  readonly repairId: number | null
  readonly originalNo: number | null
  readonly description: string
  readonly quantity: number
  readonly unitMinor: number
  readonly discountMinor: number
  readonly rateBp: number
  readonly netMinor: number
  readonly taxMinor: number
  readonly grossMinor: number
  readonly warrantyMonths: number
}

const linesText = `SELECT no, charge_line_id AS chargeLineId, repair_id AS repairId, original_no AS originalNo,
  description, quantity, unit_minor AS unitMinor, discount_minor AS discountMinor, rate_bp AS rateBp,
  net_minor AS netMinor, tax_minor AS taxMinor, gross_minor AS grossMinor, warranty_months AS warrantyMonths
  FROM invoice_lines WHERE invoice_id = ? ORDER BY no`

export function linesOfInvoice(db: ReadDb, invoiceId: number): InvoiceLineRow[] {
  return sqlStatement(db, linesText).all(invoiceId) as InvoiceLineRow[]
}

/** What credit notes took of each line of an invoice, by the line's number. */
export function creditedByLine(
  db: ReadDb,
  invoiceId: number,
): Map<number, { netMinor: number; grossMinor: number }> {
  const text = `SELECT l.original_no AS no, sum(l.net_minor) AS netMinor, sum(l.gross_minor) AS grossMinor
    FROM invoices c JOIN invoice_lines l ON l.invoice_id = c.id
    WHERE c.original_id = ? GROUP BY l.original_no`
  const rows = sqlStatement(db, text).all(invoiceId) as { no: number; netMinor: number; grossMinor: number }[]
  return new Map(rows.map(({ no, ...credited }) => [no, credited]))
}

/** What credit notes took of an invoice so far, rounding included: the part of its due amount. */
export function creditedOf(db: ReadDb, invoiceId: number): { grossMinor: number; dueMinor: number } {
  const text = `SELECT coalesce(sum(gross_minor), 0) AS grossMinor,
    coalesce(sum(gross_minor + rounding_minor), 0) AS dueMinor FROM invoices WHERE original_id = ?`
  return sqlStatement(db, text).get(invoiceId) as { grossMinor: number; dueMinor: number }
}

export interface VoidRow {
  readonly at: number
  readonly userId: number | null
  readonly reason: string
}

export function voidOf(db: ReadDb, invoiceId: number): VoidRow | undefined {
  const text = 'SELECT at, user_id AS userId, reason FROM invoice_voids WHERE invoice_id = ?'
  return sqlStatement(db, text).get(invoiceId) as VoidRow | undefined
}
export function isVoid(db: ReadDb, invoiceId: number): boolean {
  return voidOf(db, invoiceId) !== undefined
}

/** The day of the youngest document; undefined before the first. */
export function lastIssuedOn(db: ReadDb): string | undefined {
  return (sqlStatement(db, 'SELECT max(issued_on) FROM invoices').pluck().get() as string | null) ?? undefined
}

/** Documents of other payers that stand on the same lines, not void. */
export function sharedWith(db: ReadDb, invoiceId: number): number[] {
  const text = `SELECT DISTINCT o.id FROM invoice_lines l
    JOIN invoice_lines ol ON ol.repair_id = l.repair_id AND ol.charge_line_id = l.charge_line_id
    JOIN invoices o ON o.id = ol.invoice_id
    WHERE l.invoice_id = ? AND o.kind = 'invoice' AND o.payer <> 'customer'
      AND NOT EXISTS (SELECT 1 FROM invoice_voids v WHERE v.invoice_id = o.id)`
  return sqlStatement(db, text).pluck().all(invoiceId) as number[]
}

const insertInvoiceRow = insertInto(invoices)
const insertLines = insertRowsInto(invoiceLines)
export const insertVoid = insertInto(invoiceVoids)

/** Writes a document with its lines, numbered from 1; answers its id. */
export function insertInvoice(db: WriteDb, row: NewInvoice, lines: readonly NewInvoiceLine[]): number {
  const id = insertInvoiceRow(db, row)
  insertLines(
    db,
    lines.map((line, index) => ({ invoiceId: id, no: index + 1, ...line })),
  )
  return id
}

/** The transaction that booked a document on its account. */
export function bookingOf(db: ReadDb, account: string, invoiceId: number): number | undefined {
  const text = `SELECT transaction_id FROM money_entries WHERE account = ? AND subject = ? ORDER BY id LIMIT 1`
  return sqlStatement(db, text).pluck().get(account, invoiceId) as number | undefined
}

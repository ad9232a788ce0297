import type { Invoice, InvoiceState, InvoiceSummary } from '#contract/billing.ts'
import type { QueryContext } from '../context.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'

/** Documents as a screen shows them; how they stand is worked out from the ledger's balances (domain §3.7). */

interface SummaryRow extends Omit<InvoiceSummary, 'state'> {
  readonly voided: number
  readonly creditedMinor: number
  readonly dueMinor: number
}

const summaryText = `SELECT i.id, i.uid, i.number, i.kind, i.customer_id AS customerId,
    i.customer_name AS customerName, r.uid AS repairUid, r.number AS repairNumber, i.issued_on AS issuedOn,
    i.due_on AS dueOn, i.gross_minor AS grossMinor, i.gross_minor + i.rounding_minor AS dueMinor,
    CASE i.kind WHEN 'invoice' THEN coalesce(b.amount_minor, 0) ELSE 0 END AS openMinor,
    EXISTS (SELECT 1 FROM invoice_voids v WHERE v.invoice_id = i.id) AS voided,
    coalesce((SELECT sum(c.gross_minor + c.rounding_minor) FROM invoices c WHERE c.original_id = i.id), 0)
      AS creditedMinor
  FROM json_each(?) ids JOIN invoices i ON i.id = ids.value
  LEFT JOIN repairs r ON r.id = i.repair_id
  LEFT JOIN money_balances b ON b.account = 'receivable' AND b.subject = i.id
  ORDER BY ids.key`

/**
 * How a document stands. A credit note is settled by being issued. An invoice is credited when nothing of it is
 * left, paid when nothing is open, part-paid when less is open than is left of it.
 */
export function stateOf(row: {
  readonly kind: InvoiceSummary['kind']
  readonly voided: boolean
  readonly dueMinor: number
  readonly creditedMinor: number
  readonly openMinor: number
}): InvoiceState {
  if (row.voided) return 'void'
  if (row.kind === 'credit_note') return 'credited'
  const left = row.dueMinor - row.creditedMinor
  if (left === 0) return 'credited'
  if (row.openMinor <= 0) return 'paid'
  return row.openMinor < left ? 'part_paid' : 'open'
}

/** Summaries in the order of the ids. */
export function summariesOf(ctx: Pick<QueryContext, 'db'>, ids: readonly number[]): InvoiceSummary[] {
  const rows = sqlStatement(ctx.db, summaryText).all(JSON.stringify(ids)) as SummaryRow[]
  return rows.map(({ voided, creditedMinor, dueMinor, ...row }) => ({
    ...row,
    state: stateOf({ ...row, voided: voided === 1, creditedMinor, dueMinor }),
  }))
}

/** Payments and refunds on an invoice, the oldest first; what a refund gave back is negative. */
export function paymentsOn(db: ReadDb, invoiceId: number): Invoice['payments'] {
  const text = `SELECT p.uid, p.number, p.method, p.at, a.amount_minor AS amountMinor
    FROM payment_allocations a JOIN payments p ON p.id = a.payment_id WHERE a.invoice_id = ? ORDER BY a.id`
  return sqlStatement(db, text).all(invoiceId) as Invoice['payments']
}

/** Credit notes of an invoice, the oldest first. */
export function creditNotesOf(db: ReadDb, invoiceId: number): Invoice['creditNotes'] {
  const text = `SELECT uid, number, gross_minor AS grossMinor FROM invoices WHERE original_id = ? ORDER BY id`
  return sqlStatement(db, text).all(invoiceId) as Invoice['creditNotes']
}

export interface InvoiceFilter {
  readonly customerId?: number | undefined
  readonly repairId?: number | undefined
  readonly only?: 'open' | 'overdue' | undefined
  readonly kind?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

// Documents are never issued on an earlier day than the one before (T-18), so that days are spans of ids.
const firstFrom = 'SELECT id FROM invoices WHERE issued_on >= ? ORDER BY issued_on, id LIMIT 1'
const lastTo = 'SELECT id FROM invoices WHERE issued_on <= ? ORDER BY issued_on DESC, id DESC LIMIT 1'

/** Ids of documents to customers, the newest first; of those in `among`, when it is given. */
export function invoicePage(
  ctx: Pick<QueryContext, 'db' | 'today'>,
  filter: InvoiceFilter,
  beforeId: number | undefined,
  limit: number,
  among?: readonly number[],
): number[] {
  const { db, today } = ctx
  const { customerId, repairId, only, kind, from, to } = filter
  const edge = (text: string, day: string) => sqlStatement(db, text).pluck().get(day) as number | undefined
  const first = from === undefined ? 1 : edge(firstFrom, from)
  const last = to === undefined ? Number.MAX_SAFE_INTEGER : edge(lastTo, to)
  if (first === undefined || last === undefined) return []
  const where = [
    "i.payer = 'customer'",
    'i.id BETWEEN :first AND :last',
    beforeId === undefined ? '' : 'i.id < :beforeId',
    customerId === undefined ? '' : 'i.customer_id = :customerId',
    repairId === undefined
      ? ''
      : 'i.id IN (SELECT invoice_id FROM invoice_lines WHERE repair_id = :repairId)',
    kind === undefined ? '' : 'i.kind = :kind',
    // Only what is not settled: the partial index with its condition word for word, or every invoice ever is read.
    only === undefined
      ? ''
      : `i.id IN (SELECT subject FROM money_balances INDEXED BY money_balances_open
           WHERE account = 'receivable' AND amount_minor <> 0 AND amount_minor > 0)`,
    only === 'overdue' ? 'i.due_on < :today' : '',
    among === undefined ? '' : 'i.id IN (SELECT value FROM json_each(:among))',
  ].filter((part) => part !== '')
  const text = `SELECT i.id FROM invoices i WHERE ${where.join(' AND ')} ORDER BY i.id DESC LIMIT :limit`
  const given = {
    first,
    last,
    beforeId,
    customerId,
    repairId,
    kind,
    today,
    limit,
    among: JSON.stringify(among ?? []),
  }
  return sqlStatement(db, text).pluck().all(given) as number[]
}

const textText = `SELECT id FROM (SELECT id FROM invoices WHERE number >= :text AND number < :text || char(0x10ffff)
      ORDER BY number DESC LIMIT :limit)
  UNION SELECT i.id FROM repairs r JOIN invoice_lines il ON il.repair_id = r.id JOIN invoices i ON i.id = il.invoice_id
    WHERE r.number = :text
  UNION SELECT i.id FROM json_each(:customers) c JOIN invoices i ON i.customer_id = c.value
  ORDER BY id DESC LIMIT :limit`

/** Ids of documents whose number begins with the text, of the repair of that number, and of these customers. */
export function invoicesByText(
  db: ReadDb,
  text: string,
  customers: readonly number[],
  limit: number,
): number[] {
  const given = { text, customers: JSON.stringify(customers), limit }
  return sqlStatement(db, textText).pluck().all(given) as number[]
}

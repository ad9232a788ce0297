import type { CommandContext, Handler } from '../context.ts'
import { AppError, assert, found } from '../kernel/app-error.ts'
import { noteWork } from '../repairs/steps.ts'
import { freeLines } from './charge-store.ts'
import {
  bookingOf,
  creditedOf,
  insertVoid,
  invoiceById,
  isVoid,
  linesOfInvoice,
  sharedWith,
  type InvoiceRow,
} from './invoice-store.ts'
import { reverse } from './ledger.ts'
import { balanceOf } from './ledger-store.ts'

/** A customer's invoice that is not void. Errors: `not_found`, `invoice.not_an_invoice`, `invoice.void`. */
export function requireLiving(ctx: CommandContext, invoiceId: number): InvoiceRow {
  const row = found(invoiceById(ctx.db, invoiceId), 'invoice')
  if (row.kind !== 'invoice' || row.payer !== 'customer') throw new AppError('invoice.not_an_invoice')
  if (isVoid(ctx.db, row.id)) throw new AppError('invoice.void', { number: row.number })
  return row
}

/** Lines of a repair's history and the refresh of its page, for every repair an invoice bills. */
export function noteOnRepairs(
  ctx: CommandContext,
  invoice: InvoiceRow,
  text: string,
  detail: Readonly<Record<string, string | number>>,
): void {
  const ids = new Set(linesOfInvoice(ctx.db, invoice.id).map((line) => line.repairId))
  for (const id of ids) if (id !== null) noteWork(ctx, id, text, { ...detail, invoice: invoice.number })
}

/**
 * Takes an invoice back before any money went against it; afterwards it is a credit note's business (domain §3.7).
 * The number stays used, its lines may be changed and invoiced again, and what others bear of them is taken back
 * too. Errors: `invoice.void`, `invoice.has_payments`, `invoice.not_an_invoice`.
 */
export const voidInvoice: Handler<'invoices.void'> = (ctx, { invoiceId, reason }) => {
  const row = requireLiving(ctx, invoiceId)
  const untouched = balanceOf(ctx.db, 'receivable', row.id) === row.grossMinor + row.roundingMinor
  if (!untouched || creditedOf(ctx.db, row.id).grossMinor > 0)
    throw new AppError('invoice.has_payments', { number: row.number })
  for (const id of sharedWith(ctx.db, row.id))
    takeBack(ctx, found(invoiceById(ctx.db, id), 'invoice'), reason)
  takeBack(ctx, row, reason)
  noteOnRepairs(ctx, row, reason, { act: 'invoice_void' })
  return { id: row.id }
}

function takeBack(ctx: CommandContext, row: InvoiceRow, reason: string): void {
  const { id, uid, number, repairId, customerId } = row
  insertVoid(ctx.db, { invoiceId: id, at: ctx.now, userId: ctx.actor.userId, reason })
  const account = row.payer === 'customer' ? 'receivable' : row.payer
  const booked = bookingOf(ctx.db, account, id)
  assert(booked !== undefined || row.grossMinor === 0, `invoice ${number} was booked`)
  if (booked !== undefined)
    reverse(ctx, booked, { kind: 'void', invoiceId: id, repairId, customerId, memo: reason })
  freeLines(ctx.db, id)
  ctx.record({
    entity: 'invoices',
    id,
    uid,
    version: 2,
    type: 'invoice.void',
    payload: { number, reason },
  })
}

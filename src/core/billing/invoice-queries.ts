import type { Invoice } from '#contract/billing.ts'
import type { Handler } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { cursorOf, pageOf, pageOfAll } from '../kernel/paging.ts'
import { userName } from '../access/steps.ts'
import { customersFound } from '../search/queries.ts'
import { appliedOn } from './applied-views.ts'
import { creditNotesOf, invoicePage, invoicesByText, paymentsOn, summariesOf } from './invoice-views.ts'
import { creditedByLine, invoiceById, invoiceByUid, linesOfInvoice, voidOf } from './invoice-store.ts'

/** A text that finds more documents than these is not a useful one. */
const mostFound = 200

/** Invoices and credit notes, the newest first; with a text those of that number, repair or customer. */
export const listInvoices: Handler<'invoices.list'> = (ctx, input) => {
  const cursor = cursorOf(input)
  if (!input.text) {
    const ids = invoicePage(ctx, input, cursor.afterId, cursor.limit + 1)
    return pageOf(summariesOf(ctx, ids), cursor.limit)
  }
  const customers = customersFound(ctx, input.text, mostFound)
  const named = new Set(invoicesByText(ctx.db, input.text, customers, mostFound))
  const wanted = invoicePage(ctx, input, undefined, Number.MAX_SAFE_INTEGER, [...named])
  return pageOfAll(summariesOf(ctx, wanted), cursor)
}

/** One document, whole. Error: `not_found`; what others than customers bear has no document to show. */
export const getInvoice: Handler<'invoices.get'> = (ctx, { uid }): Invoice => {
  const { db } = ctx
  const row = invoiceByUid(db, uid)
  const shown = found(row?.payer === 'customer' ? row : undefined, 'invoice')
  const { id, originalId, issuedById } = shown
  const [summary] = summariesOf(ctx, [id])
  const credited = creditedByLine(db, id)
  const original = originalId === null ? undefined : invoiceById(db, originalId)
  const voided = voidOf(db, id)
  return {
    ...found(summary, 'invoice'),
    issuedAt: shown.issuedAt,
    issuedBy: issuedById === null ? null : userName(db, issuedById),
    currency: shown.currency,
    pricesIncludeTax: shown.pricesIncludeTax,
    customerAddress: shown.customerAddress,
    customerTaxNumber: shown.customerTaxNumber,
    lines: linesOfInvoice(db, id).map(({ repairId: _repair, originalNo: _no, ...line }) => ({
      ...line,
      creditedMinor: credited.get(line.no)?.grossMinor ?? 0,
    })),
    netMinor: shown.netMinor,
    taxMinor: shown.taxMinor,
    roundingMinor: shown.roundingMinor,
    taxes: [...shown.taxes],
    original: original ? { uid: original.uid, number: original.number } : null,
    creditNotes: creditNotesOf(db, id),
    reason: shown.reason,
    voided: voided
      ? {
          at: voided.at,
          by: voided.userId === null ? null : userName(db, voided.userId),
          reason: voided.reason,
        }
      : null,
    payments: paymentsOn(db, id),
    applied: appliedOn(db, id),
    note: shown.note,
  }
}

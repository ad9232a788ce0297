import type { Content } from 'pdfmake/interfaces.js'

import type { Invoice } from '#contract/billing.ts'

import { totals } from './grid.ts'
import type { Total } from './grid.ts'
import type { Composed } from './frame.ts'
import { lineGrid, taxTotals } from './lines.ts'
import { factsOf, paragraph, section } from './writer.ts'
import type { Writer } from './writer.ts'
import type { InvoiceData } from './types.ts'

/** Invoice and credit note: what was issued, never what the records say today (V-01). */

function standingOf(writer: Writer, { voided }: Invoice): string | undefined {
  if (!voided) return undefined
  const day = writer.dayOf(voided.at)
  return voided.by
    ? writer.say('invoice.voided_by', { day, name: voided.by, reason: voided.reason })
    : writer.say('invoice.voided', { day, reason: voided.reason })
}

/** What was done about the amount due so far. A deposit that was applied is a payment without a receipt of its own. */
function settlement(writer: Writer, invoice: Invoice): Total[] {
  if (invoice.voided) return []
  const { payments, creditNotes } = invoice
  const rows: Total[] = [
    ...creditNotes.map((note) => ({
      label: writer.say('total.credited', { number: note.number }),
      value: writer.amount(-note.grossMinor),
    })),
    ...payments.map((one) => ({
      label: writer.say('total.paid', {
        method: [writer.words[`method.${one.method}`], one.number].filter(Boolean).join(' '),
        day: writer.dayOf(one.at),
      }),
      value: writer.amount(-one.amountMinor),
    })),
  ]
  const due = invoice.grossMinor + invoice.roundingMinor
  const credited = creditNotes.reduce((sum, note) => sum + note.grossMinor, 0)
  const paid = payments.reduce((sum, one) => sum + one.amountMinor, 0)
  // Deposits and what was written off are booked without a payment: what is left between due and open.
  const other = invoice.kind === 'invoice' ? due - credited - paid - invoice.openMinor : 0
  if (other > 0) rows.push({ label: writer.words['total.deposit'], value: writer.amount(-other) })
  // A credit note of the whole takes back the cash rounding too.
  if (other < 0) rows.push({ label: writer.words['total.rounding'], value: writer.amount(-other) })
  const label = invoice.openMinor < 0 ? 'total.credit' : 'total.open'
  if (invoice.openMinor === 0 && invoice.kind === 'invoice') {
    return [...rows, { label: writer.words['total.settled'], value: writer.money(0), strong: true }]
  }
  if (invoice.openMinor === 0) return rows
  return [
    ...rows,
    { label: writer.words[label], value: writer.money(Math.abs(invoice.openMinor)), strong: true },
  ]
}

function sums(writer: Writer, invoice: Invoice): Content[] {
  const isRounded = invoice.roundingMinor !== 0
  const rows: Total[] = [
    ...taxTotals(writer, invoice),
    { label: writer.words['total.gross'], value: writer.money(invoice.grossMinor), strong: true },
    ...(isRounded
      ? [
          { label: writer.words['total.rounding'], value: writer.amount(invoice.roundingMinor) },
          {
            label: writer.words['total.due'],
            value: writer.money(invoice.grossMinor + invoice.roundingMinor),
            strong: true,
          },
        ]
      : []),
  ]
  return [...totals(writer, rows), ...totals(writer, settlement(writer, invoice))]
}

/** The foot: how to pay, what was said, and the shop's terms. */
function closing(writer: Writer, invoice: Invoice): Content[] {
  const { shop, setting } = writer
  const owed = invoice.kind === 'invoice' && !invoice.voided && invoice.openMinor > 0
  return [
    ...section(writer, writer.words['invoice.note'], invoice.note ? [paragraph(writer, invoice.note)] : []),
    ...section(
      writer,
      writer.words['invoice.bank'],
      owed && shop.bankAccount ? [paragraph(writer, shop.bankAccount)] : [],
    ),
    ...section(
      writer,
      writer.words['section.terms'],
      shop.terms.trim() === '' ? [] : [paragraph(writer, shop.terms, { size: setting.small })],
    ),
  ]
}

export function composeInvoice(writer: Writer, { invoice }: InvoiceData): Composed {
  const isCredit = invoice.kind === 'credit_note'
  const { words } = writer
  const standing = standingOf(writer, invoice)
  const tax = words[invoice.pricesIncludeTax ? 'invoice.includes_tax' : 'invoice.without_tax']
  return {
    title: words[isCredit ? 'title.credit_note' : 'title.invoice'],
    number: invoice.number,
    ...(standing ? { standing, across: words['invoice.void'] } : {}),
    facts: factsOf(
      [words['invoice.issued'], writer.day(invoice.issuedOn)],
      [words['invoice.due'], isCredit ? '' : writer.day(invoice.dueOn), true],
      [words['invoice.original'], invoice.original?.number, true],
      [words['invoice.repair'], invoice.repairNumber],
      [words['invoice.issued_by'], invoice.issuedBy],
    ),
    address: [
      invoice.customerName,
      invoice.customerAddress,
      invoice.customerTaxNumber && writer.say('invoice.tax_number', { number: invoice.customerTaxNumber }),
    ],
    body: [
      ...section(
        writer,
        words['invoice.reason'],
        isCredit && invoice.reason ? [paragraph(writer, invoice.reason)] : [],
      ),
      { stack: [lineGrid(writer, invoice.lines, invoice.pricesIncludeTax)], margin: [0, 8, 0, 0] },
      paragraph(writer, tax, { size: writer.setting.small, margin: [0, 3, 0, 0] }),
      ...sums(writer, invoice),
      ...closing(writer, invoice),
    ],
    at: invoice.issuedAt,
  }
}

import { divideRounded, onePiece } from '#contract/money.ts'
import type { InputOf } from '#contract/method-types.ts'
import type { CommandContext, Handler } from '../context.ts'
import { AppError, fieldError } from '../kernel/app-error.ts'
import { nextInvoiceNumber, requireClock } from './invoice-numbers.ts'
import {
  creditedByLine,
  creditedOf,
  insertInvoice,
  linesOfInvoice,
  type InvoiceLineRow,
  type InvoiceRow,
} from './invoice-store.ts'
import { post } from './ledger.ts'
import { balanceOf } from './ledger-store.ts'
import { noteOnRepairs, requireLiving } from './void-invoice.ts'

/** A line of the original and what is taken back of it. */
interface Credited {
  readonly line: InvoiceLineRow
  readonly netMinor: number
  readonly taxMinor: number
  readonly grossMinor: number
}

/**
 * Credits an invoice, whole or some of its lines, with the reason and a reference to it (V-05): never more of a line
 * than remains, so that the same credit twice is refused (T-13). Tax goes back in proportion, and the last credit of
 * a line takes exactly what the ones before left. The last credit of all takes the cash rounding back too. What was
 * paid already stands as an overpaid amount to be refunded.
 * Errors: `invoice.void`, `invoice.not_an_invoice`, `invoice.clock_behind`, `invoice.credit_too_large`; below
 * `lines.<n>`: `field.not_found`, `field.duplicate` at no, `invoice.credit_too_large` at grossMinor.
 */
export const creditInvoice: Handler<'invoices.credit'> = (ctx, { invoiceId, lines, reason }) => {
  const original = requireLiving(ctx, invoiceId)
  const credited = lines === null ? allOf(ctx, original) : someOf(ctx, original, lines)
  requireClock(ctx)
  const issued = writeCreditNote(ctx, original, credited, reason)
  noteOnRepairs(ctx, original, reason, {
    act: 'credit_note',
    creditNote: issued.number,
    amountMinor: issued.grossMinor,
  })
  return { ...issued, openMinor: balanceOf(ctx.db, 'receivable', original.id) }
}

function allOf(ctx: CommandContext, original: InvoiceRow): Credited[] {
  const before = creditedByLine(ctx.db, original.id)
  const rest = linesOfInvoice(ctx.db, original.id).flatMap((line) => {
    const gross = line.grossMinor - (before.get(line.no)?.grossMinor ?? 0)
    return gross > 0 ? [takenOf(line, before.get(line.no), gross)] : []
  })
  if (rest.length === 0) throw new AppError('invoice.credit_too_large', { remaining: 0 })
  return rest
}

function someOf(
  ctx: CommandContext,
  original: InvoiceRow,
  asked: NonNullable<InputOf<'invoices.credit'>['lines']>,
): Credited[] {
  const before = creditedByLine(ctx.db, original.id)
  const lines = new Map(linesOfInvoice(ctx.db, original.id).map((line) => [line.no, line]))
  return asked.map(({ no, grossMinor }, index) => {
    const line = lines.get(no)
    if (!line) throw fieldError(`lines.${index}.no`, 'field.not_found')
    if (asked.findIndex((other) => other.no === no) !== index)
      throw fieldError(`lines.${index}.no`, 'field.duplicate')
    const remaining = line.grossMinor - (before.get(no)?.grossMinor ?? 0)
    if (grossMinor > remaining)
      throw fieldError(`lines.${index}.grossMinor`, 'invoice.credit_too_large', { remaining })
    return takenOf(line, before.get(no), grossMinor)
  })
}

/** Net and tax of a part of a line: what all credits of it come to, less what the earlier ones took. */
function takenOf(
  line: InvoiceLineRow,
  before: { netMinor: number; grossMinor: number } | undefined,
  grossMinor: number,
): Credited {
  const upTo = (before?.grossMinor ?? 0) + grossMinor
  const netUpTo = divideRounded(BigInt(line.netMinor) * BigInt(upTo), BigInt(line.grossMinor))
  const netMinor = netUpTo - (before?.netMinor ?? 0)
  return { line, netMinor, taxMinor: grossMinor - netMinor, grossMinor }
}

function sumOf(rows: readonly Credited[], key: 'netMinor' | 'taxMinor' | 'grossMinor'): number {
  return rows.reduce((sum, row) => sum + row[key], 0)
}

function taxesOf(rows: readonly Credited[]) {
  const byRate = Map.groupBy(rows, (row) => row.line.rateBp)
  return [...byRate]
    .toSorted(([a], [b]) => b - a)
    .map(([rateBp, own]) => ({
      rateBp,
      netMinor: sumOf(own, 'netMinor'),
      taxMinor: sumOf(own, 'taxMinor'),
    }))
}

function writeCreditNote(
  ctx: CommandContext,
  original: InvoiceRow,
  rows: readonly Credited[],
  reason: string,
) {
  const grossMinor = sumOf(rows, 'grossMinor')
  const netMinor = sumOf(rows, 'netMinor')
  const taxMinor = grossMinor - netMinor
  const whole = creditedOf(ctx.db, original.id).grossMinor + grossMinor === original.grossMinor
  const roundingMinor = whole ? original.roundingMinor : 0
  const { customerId, repairId, pricesIncludeTax } = original
  const uid = ctx.newUid()
  const number = nextInvoiceNumber(ctx, 'customer')
  const row = {
    uid,
    number,
    kind: 'credit_note',
    originalId: original.id,
    payer: original.payer,
    customerId,
    customerName: original.customerName,
    customerAddress: original.customerAddress,
    customerTaxNumber: original.customerTaxNumber,
    repairId,
    currency: original.currency,
    pricesIncludeTax,
    netMinor,
    taxMinor,
    roundingMinor,
    grossMinor,
    taxes: taxesOf(rows),
    issuedOn: ctx.today,
    issuedAt: ctx.now,
    issuedById: ctx.actor.userId,
    dueOn: ctx.today,
    reason,
  }
  const id = insertInvoice(
    ctx.db,
    row,
    rows.map(({ line, ...amounts }) => ({
      chargeLineId: line.chargeLineId,
      repairId: line.repairId,
      originalNo: line.no,
      description: line.description,
      quantity: onePiece,
      unitMinor: pricesIncludeTax ? amounts.grossMinor : amounts.netMinor,
      discountMinor: 0,
      rateBp: line.rateBp,
      ...amounts,
      warrantyMonths: line.warrantyMonths,
    })),
  )
  post(ctx, { kind: 'credit_note', invoiceId: id, repairId, customerId, memo: reason }, [
    {
      account: 'receivable',
      subject: original.id,
      customerId,
      amountMinor: -(grossMinor + roundingMinor),
    },
    { account: 'revenue', amountMinor: netMinor },
    { account: 'tax', amountMinor: taxMinor },
    { account: 'rounding', amountMinor: roundingMinor },
  ])
  const payload = { number, original: original.number, grossMinor, reason }
  ctx.record({ entity: 'invoices', id, uid, version: 1, type: 'invoice.credited', payload })
  return { id, uid, number, grossMinor }
}

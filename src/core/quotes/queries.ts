import { priceOption } from '#contract/option-price.ts'
import type { Quote, QuoteOption } from '#contract/quotes.ts'
import type { Handler } from '../context.ts'
import type { ReadDb } from '../db/handles.ts'
import { found } from '../kernel/app-error.ts'
import { userName } from '../access/steps.ts'
import { handLines, lineView, sensedOf } from '../billing/steps.ts'
import { stateOn } from './quotes.ts'
import { approvalOf } from './steps.ts'
import { optionsOf, quotesOfRepair, type LineRow, type OptionRow, type QuoteRow } from './store.ts'
import { customerName, quotedRepair, type QuotedRepair } from './views.ts'

/** Every quote of a repair, newest revision first, and where the customer stands. Error: `not_found`. */
export const quotesOf: Handler<'quotes.ofRepair'> = (ctx, { repairId }) => {
  const repair = found(quotedRepair(ctx.db, repairId), 'repair')
  const quotes = quotesOfRepair(ctx.db, repairId).map((row) => quoteView(ctx.db, row, repair, ctx.today))
  const hand = handLines(ctx.db, repairId, ctx.now + 1).filter(({ invoiceId }) => invoiceId === null)
  return {
    quotes,
    standing: approvalOf(ctx, repairId),
    pricesIncludeTax: sensedOf(ctx, repair),
    handLines: hand.map((line) => lineView(ctx, line)),
  }
}

/** An option with everything worked out. */
export function optionView(
  db: ReadDb,
  { option, lines }: { option: OptionRow; lines: LineRow[] },
  includesTax: boolean,
): QuoteOption {
  const { lines: amounts, ...totals } = priceOption(lines, includesTax, (id) => customerName(db, id))
  const { no, title, days, quality } = option
  return {
    no,
    title,
    days,
    quality,
    lines: lines.map(({ optionId: _option, no: _no, ...line }, index) => ({
      ...line,
      netMinor: amounts[index]?.netMinor ?? 0,
      taxMinor: amounts[index]?.taxMinor ?? 0,
      grossMinor: amounts[index]?.grossMinor ?? 0,
    })),
    ...totals,
  }
}

function quoteView(db: ReadDb, row: QuoteRow, repair: QuotedRepair, today: string): Quote {
  const name = (id: number | null) => (id === null ? null : userName(db, id))
  return {
    id: row.id,
    uid: row.uid,
    version: row.version,
    repairId: row.repairId,
    repairUid: repair.uid,
    number: row.number,
    revision: row.revision,
    state: stateOn(row, today),
    pricesIncludeTax: row.pricesIncludeTax,
    validUntil: row.validUntil,
    note: row.note,
    benchFeeMinor: row.benchFeeMinor,
    options: optionsOf(db, row.id).map((each) => optionView(db, each, row.pricesIncludeTax)),
    createdAt: row.createdAt,
    createdBy: name(row.createdById),
    sentAt: row.sentAt,
    sentBy: name(row.sentById),
    sentWay: row.sentWay,
    decision: decisionOf(row, name(row.recordedById)),
  }
}

function decisionOf(row: QuoteRow, recordedBy: string | null): Quote['decision'] {
  const { approved, decidedWay: way, decidedAt: at } = row
  if (approved === null || way === null || at === null) return null
  const { optionNo, approvedMinor: amountMinor, decidedBy: by, signatureUid, decisionNote: note } = row
  return { approved, optionNo, amountMinor, by, way, at, recordedBy, signatureUid, note }
}

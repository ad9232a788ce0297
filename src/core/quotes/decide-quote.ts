import type { InputOf } from '#contract/method-types.ts'
import { onlyCustomer } from '#contract/charges.ts'
import { onePiece } from '#contract/money.ts'
import type { CommandContext, Handler } from '../context.ts'
import { AppError, fieldError } from '../kernel/app-error.ts'
import { addCharges, customerTotal, waiveCharges } from '../billing/steps.ts'
import { adoptDraftFiles } from '../files/steps.ts'
import { moveRepair, noteWork } from '../repairs/steps.ts'
import { replaceAgreed } from './agreed-lines.ts'
import { requireAsked, requireQuote, saveQuote } from './change.ts'
import { optionView } from './queries.ts'
import { stateOn } from './quotes.ts'
import { approvalHolds } from './steps.ts'
import { optionsOf, quotesOfRepair, type QuoteRow } from './store.ts'
import { takeOffRefused } from './refused-lines.ts'
import { hasBenchFee, hasCodes, hasMissingParts, type QuotedRepair } from './views.ts'

type Approval = InputOf<'quotes.approve'>

/**
 * The customer said yes to one option: its lines go on the bill, its parts and labour are planned, the bench fee is
 * waived (domain §1a-16) and the repair goes on, to wait where a part is missing. What an earlier approval put on the
 * bill gives way as `replaceAgreed` says; the amount kept is what both come to. Within the ceiling of intake
 * (`way` ceiling) nobody is asked, so the quote need not have been sent, but it needs its diagnosis all the same.
 * Errors: `stale`, `quote.not_sent`, `quote.codes_required`, `quote.decided`, `quote.expired`, `quote.over_ceiling`; `quote.option_unknown` at optionNo,
 * `quote.signature_required` and `attachment.missing` at signatureUid.
 */
export const approveQuote: Handler<'quotes.approve'> = (ctx, input) => {
  const { quote, repair } = requireQuote(ctx, input.quoteId, input.version)
  const { repairId, number, validUntil } = quote
  if (!(quote.state === 'draft' && input.way === 'ceiling')) requireAsked(quote)
  else if (!hasCodes(ctx.db, repairId)) throw new AppError('quote.codes_required')
  if (validUntil < ctx.today) throw new AppError('quote.expired', { number, validUntil })
  const chosen = optionsOf(ctx.db, quote.id).find(({ option }) => option.no === input.optionNo)
  if (!chosen) throw fieldError('optionNo', 'quote.option_unknown')
  keepSignature(ctx, repairId, input)
  waiveCharges(ctx, repairId, 'bench_fee', 'approved')
  const keptMinor = replaceAgreed(ctx, quote, chosen.lines)
  const approvedMinor = optionView(ctx.db, chosen, quote.pricesIncludeTax).customerMinor + keptMinor
  if (input.way === 'ceiling') requireWithinCeiling(ctx, repair)
  for (const older of quotesOfRepair(ctx.db, repairId)) {
    const gaveWay = older.id !== quote.id && (older.state === 'sent' || older.state === 'approved')
    if (gaveWay) saveQuote(ctx, older, { state: 'superseded' }, 'quote.superseded')
  }
  const answer = { ...answerOf(ctx, input), optionNo: input.optionNo, approvedMinor }
  const set = { ...answer, state: 'approved', approved: true, decisionNote: input.note } as const
  const saved = saveQuote(ctx, quote, set, 'quote.approved')
  const { by, way } = input
  const facts = { quote: number, quoteAct: 'approved', quoteWay: way, quoteBy: by, approvedMinor }
  goOn(ctx, repair, input.note, facts)
  return saved
}

/** The bench goes on by itself where it stood still for the answer; anywhere else the repair stays where it is. */
function goOn(
  ctx: CommandContext,
  repair: QuotedRepair,
  text: string,
  detail: Record<string, string | number>,
): void {
  const waits = repair.state === 'diagnosing' || repair.state === 'awaiting_approval'
  if (!waits || repair.lockReason !== null) return noteWork(ctx, repair.id, text, detail)
  const action = hasMissingParts(ctx.db, repair.id) ? 'wait_for_parts' : 'repair'
  moveRepair(ctx, repair.id, action, {}, { text, detail })
}

function requireWithinCeiling(ctx: CommandContext, { id, ceilingMinor }: QuotedRepair): void {
  const amount = customerTotal(ctx.db, id, ctx.today)
  if (amount > (ceilingMinor ?? 0)) {
    throw new AppError('quote.over_ceiling', { amount, ceiling: ceilingMinor ?? 0 })
  }
}

function answerOf(
  ctx: CommandContext,
  input: Pick<Approval, 'by' | 'way' | 'signatureUid'>,
): Partial<QuoteRow> {
  const { by, way, signatureUid } = input
  return {
    decidedBy: by,
    decidedWay: way,
    decidedAt: ctx.now,
    recordedById: ctx.actor.userId,
    signatureUid,
  }
}

function keepSignature(
  ctx: CommandContext,
  repairId: number,
  { way, signatureUid }: Pick<Approval, 'way' | 'signatureUid'>,
): void {
  if (signatureUid !== null) adoptDraftFiles(ctx, null, repairId, [signatureUid], 'signatureUid')
  else if (way === 'on_site') throw fieldError('signatureUid', 'quote.signature_required')
}

/**
 * The customer said no, also after the quote ran out. The bench fee of the quote goes on the bill where the shop's
 * rule for a declined repair says so; the repair stays where it is until it is finished as declined or returned
 * unrepaired. With an earlier approval in force only the extra work was refused, and there is no fee. What was written
 * on the bill by hand and asked about comes off as `takeOffRefused` says. Errors: `stale`,
 * `quote.not_sent`, `quote.decided`, `attachment.missing` at signatureUid.
 */
export const refuseQuote: Handler<'quotes.refuse'> = (ctx, input) => {
  const { quote, repair } = requireQuote(ctx, input.quoteId, input.version)
  requireAsked(quote)
  const { signatureUid, reason, by, way } = input
  if (signatureUid !== null) adoptDraftFiles(ctx, null, repair.id, [signatureUid], 'signatureUid')
  takeOffRefused(ctx, quote)
  if (!approvalHolds(ctx.db, repair.id)) chargeBenchFee(ctx, quote)
  const set = { ...answerOf(ctx, input), state: 'refused', approved: false, decisionNote: reason } as const
  const saved = saveQuote(ctx, quote, set, 'quote.refused')
  const isLate = stateOn(quote, ctx.today) === 'expired'
  const detail = { quote: quote.number, quoteAct: 'refused', quoteWay: way, quoteBy: by, quoteLate: isLate }
  noteWork(ctx, repair.id, reason, detail)
  return saved
}

function chargeBenchFee(ctx: CommandContext, quote: QuoteRow): void {
  const { repairId, benchFeeMinor, pricesIncludeTax } = quote
  const [first] = optionsOf(ctx.db, quote.id)
  const taxCodeId = first?.lines[0]?.taxCodeId
  const isDue = ctx.settings.feeRules.declined === 'bench_fee' && benchFeeMinor > 0
  if (!isDue || taxCodeId === undefined || hasBenchFee(ctx.db, repairId)) return
  // No words: a window and a document call the line by its kind.
  const what = { kind: 'bench_fee', serviceId: null, partId: null, description: '' } as const
  const price = { quantity: onePiece, unitMinor: benchFeeMinor, discountMinor: 0, taxCodeId }
  const rest = { shares: [...onlyCustomer], standardMinutes: 0, warrantyMonths: 0 }
  addCharges(ctx, repairId, 'bench_fee', pricesIncludeTax, [{ ...what, ...price, ...rest }])
}

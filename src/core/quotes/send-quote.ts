import type { Handler } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'
import { moveRepairIfAllowed, noteWork } from '../repairs/steps.ts'
import { requireDraft, requireQuote, saveQuote } from './change.ts'
import { quotesOfRepair } from './store.ts'
import { hasCodes } from './views.ts'

/**
 * A person says that the customer has the quote and how (the program never sends one by itself, RD#1531). An older
 * one they have not answered is superseded; an approved one holds until the new one is approved. The repair waits
 * for the answer where the state table lets it. Errors: `stale`, `quote.not_a_draft`, `quote.codes_required`
 * without a diagnosis (domain §3.2 "Guards"), `quote.expired`.
 */
export const sendQuote: Handler<'quotes.send'> = (ctx, { quoteId, version, way }) => {
  const { quote } = requireQuote(ctx, quoteId, version)
  requireDraft(quote)
  const { repairId, number, validUntil } = quote
  if (!hasCodes(ctx.db, repairId)) throw new AppError('quote.codes_required')
  if (validUntil < ctx.today) throw new AppError('quote.expired', { number, validUntil })
  for (const older of quotesOfRepair(ctx.db, repairId)) {
    if (older.state === 'sent') saveQuote(ctx, older, { state: 'superseded' }, 'quote.superseded')
  }
  const sent = { state: 'sent', sentAt: ctx.now, sentById: ctx.actor.userId, sentWay: way } as const
  const saved = saveQuote(ctx, quote, sent, 'quote.sent')
  const detail = { quote: number, quoteAct: 'sent', quoteWay: way, validUntil }
  // Going back from the bench to the customer needs a reason; the quote is it.
  const moved = moveRepairIfAllowed(ctx, repairId, 'request_approval', { text: number, detail })
  if (!moved) noteWork(ctx, repairId, '', detail)
  return saved
}

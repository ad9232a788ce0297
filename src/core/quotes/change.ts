import { openStates } from '#contract/repair-states.ts'
import type { CommandContext } from '../context.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { stale } from '../system/views.ts'
import { quoteById, updateQuote, type QuoteRow } from './store.ts'
import { quotedRepair, type QuotedRepair } from './views.ts'

/** What the commands of quotes have in common. */

/** Once a repair is ready its outcome is told, and no answer takes it back to the bench. */
const open: ReadonlySet<string> = new Set(openStates.filter((state) => state !== 'processed'))

/** A repair that can still be quoted. Errors: `not_found`, `repair.not_allowed_in_state`. */
export function requireQuotable(ctx: CommandContext, repairId: number): QuotedRepair {
  const repair = found(quotedRepair(ctx.db, repairId), 'repair')
  const { number, state } = repair
  if (!open.has(state)) {
    throw new AppError('repair.not_allowed_in_state', { number, state, action: 'request_approval' })
  }
  return repair
}

/** The quote as the person saw it, and its repair. Errors: `not_found`, `stale`. */
export function requireQuote(
  ctx: CommandContext,
  quoteId: number,
  version: number,
): { quote: QuoteRow; repair: QuotedRepair } {
  const quote = found(quoteById(ctx.db, quoteId), 'quote')
  if (quote.version !== version) throw stale(ctx.db, 'quote', quote.uid)
  return { quote, repair: requireQuotable(ctx, quote.repairId) }
}

/** Only a draft is changed, sent or thrown away: `quote.not_a_draft`. */
export function requireDraft(quote: QuoteRow): void {
  if (quote.state !== 'draft') throw new AppError('quote.not_a_draft', { number: quote.number })
}

/** A quote waits for an answer once: `quote.not_sent`, `quote.decided`. */
export function requireAsked(quote: QuoteRow): void {
  const { state, number } = quote
  if (state === 'draft' || state === 'superseded') throw new AppError('quote.not_sent', { number })
  if (state !== 'sent') throw new AppError('quote.decided', { number })
}

/** Saves a change of a quote; the page of its repair shows it. */
export function saveQuote(
  ctx: CommandContext,
  quote: QuoteRow,
  set: Partial<QuoteRow>,
  type: string,
): { id: number; version: number } {
  const { id, uid, repairId, number } = quote
  const version = quote.version + 1
  updateQuote(ctx.db, id, { ...set, version })
  ctx.record({ entity: 'quotes', id, uid, version, type, payload: { repairId, number, ...set } })
  ctx.announce('repairs', [repairId])
  return { id, version }
}

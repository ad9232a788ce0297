import type { InputOf } from '#contract/method-types.ts'
import type { CommandContext, Handler } from '../context.ts'
import { fieldError, found } from '../kernel/app-error.ts'
import { billedRepair, priceLines, requireGoodwill, requireLine, sensedOf } from '../billing/steps.ts'
import { stale } from '../system/views.ts'
import { requireDraft, requireQuotable, requireQuote, saveQuote } from './change.ts'
import { quoteNumber } from './quotes.ts'
import {
  clearOptions,
  deleteDraft,
  insertLine,
  insertOption,
  insertQuote,
  nextRevision,
  quoteById,
  quotesOfRepair,
  type QuoteRow,
} from './store.ts'

type Options = InputOf<'quotes.save'>['options']

/**
 * Writes a quote: a new revision, or the draft it names, replaced whole. A repair has one draft; who writes a new one
 * beside a colleague's is told (`stale`). A quote that left the shop is never changed (`quote.not_a_draft`): saving
 * without a draft makes the next revision, and sending that one supersedes the older. Prices are with today's rates.
 * Errors: `repair.not_allowed_in_state`, `field.in_past` at validUntil, and those of a line below
 * `options.<n>.lines.<n>` (billing's `requireLine` and `requireGoodwill`).
 */
export const saveQuoteDraft: Handler<'quotes.save'> = (ctx, input) => {
  const { repairId, draft, validUntil, note, benchFeeMinor, options } = input
  const repair = requireQuotable(ctx, repairId)
  if (validUntil < ctx.today) throw fieldError('validUntil', 'field.in_past', { min: ctx.today })
  checkOptions(ctx, repairId, options)
  const fields = { validUntil, note, benchFeeMinor, pricesIncludeTax: sensedOf(ctx, repair) }
  const held = draft === null ? undefined : heldDraft(ctx, repairId, draft)
  if (held) {
    clearOptions(ctx.db, held.id)
    writeOptions(ctx, held.id, options, fields.pricesIncludeTax)
    const { version } = saveQuote(ctx, held, fields, 'quote.changed')
    return { id: held.id, uid: held.uid, version, number: held.number }
  }
  const other = quotesOfRepair(ctx.db, repairId).find(({ state }) => state === 'draft')
  if (other) throw stale(ctx.db, 'quote', other.uid)
  const revision = nextRevision(ctx.db, repairId)
  const number = quoteNumber(repair.number, revision)
  const uid = ctx.newUid()
  const made = { uid, repairId, revision, number, state: 'draft', ...fields }
  const id = insertQuote(ctx.db, { ...made, createdAt: ctx.now, createdById: ctx.actor.userId })
  writeOptions(ctx, id, options, fields.pricesIncludeTax)
  ctx.record({ entity: 'quotes', id, uid, version: 1, type: 'quote.written', payload: { ...made, options } })
  ctx.announce('repairs', [repairId])
  return { id, uid, version: 1, number }
}

/** Throws a draft away; nobody outside the shop has seen it. Errors: `stale`, `quote.not_a_draft`. */
export const discardQuote: Handler<'quotes.discard'> = (ctx, { quoteId, version }) => {
  const { quote } = requireQuote(ctx, quoteId, version)
  requireDraft(quote)
  const saved = saveQuote(ctx, quote, {}, 'quote.discarded')
  deleteDraft(ctx.db, quoteId)
  return saved
}

function heldDraft(
  ctx: CommandContext,
  repairId: number,
  draft: { quoteId: number; version: number },
): QuoteRow {
  const quote = found(quoteById(ctx.db, draft.quoteId), 'quote')
  found(quote.repairId === repairId ? quote : undefined, 'quote')
  requireDraft(quote)
  return requireQuote(ctx, draft.quoteId, draft.version).quote
}

function checkOptions(ctx: CommandContext, repairId: number, options: Options): void {
  const repair = found(billedRepair(ctx.db, repairId), 'repair')
  options.forEach((option, index) =>
    option.lines.forEach((line, place) => {
      const path = `options.${index}.lines.${place}`
      requireLine(ctx, line, path)
      requireGoodwill(ctx, repair, line, path)
    }),
  )
}

function writeOptions(ctx: CommandContext, quoteId: number, options: Options, includesTax: boolean): void {
  options.forEach(({ title, days, quality, lines }, index) => {
    const optionId = insertOption(ctx.db, { quoteId, no: index + 1, title, days, quality })
    const priced = priceLines(ctx.db, lines, includesTax, ctx.today)
    lines.forEach((line, place) => {
      const rateBp = priced.lines[place]?.rateBp ?? 0
      insertLine(ctx.db, { ...line, optionId, no: place + 1, rateBp })
    })
  })
}

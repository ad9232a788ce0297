import { pairSame } from '#contract/charges.ts'
import type { QueryContext } from '../context.ts'
import { handLines, type HandLine } from '../billing/steps.ts'
import { stateOn } from './quotes.ts'
import { optionsOf, quotesOfRepair, type LineRow, type QuoteRow } from './store.ts'

/**
 * Lines written on a bill by hand that a quote names. A quote line that says the same as one of them is that line: the
 * customer is asked about it, and it is charged once, whatever they answer.
 */

/**
 * For each line of an option the line of the bill it is, each used once. One that was put on an invoice since the
 * quote was written is among them, or it would be charged on top of its invoice.
 */
export function namedLines(
  ctx: Pick<QueryContext, 'db'>,
  { repairId, pricesIncludeTax, createdAt }: QuoteRow,
  lines: readonly LineRow[],
): (HandLine | undefined)[] {
  const written = handLines(ctx.db, repairId, createdAt)
  return pairSame(
    lines,
    written.filter(({ includesTax }) => includesTax === pricesIncludeTax),
  )
}

/**
 * The number of the quote that waits for an answer about this line of the bill: until then it stays as the customer was
 * shown it.
 */
export function askedAbout(
  ctx: Pick<QueryContext, 'db' | 'today'>,
  line: { readonly id: number; readonly repairId: number },
): string | undefined {
  const waits = quotesOfRepair(ctx.db, line.repairId).find((quote) => stateOn(quote, ctx.today) === 'sent')
  if (!waits) return undefined
  const named = optionsOf(ctx.db, waits.id).flatMap(({ lines }) => namedLines(ctx, waits, lines))
  return named.some((one) => one?.id === line.id) ? waits.number : undefined
}

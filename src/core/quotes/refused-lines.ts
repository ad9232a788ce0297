import type { CommandContext } from '../context.ts'
import { customerPart, customerTotal, removeCharges } from '../billing/steps.ts'
import { noteWork } from '../repairs/steps.ts'
import { namedLines } from './named-lines.ts'
import { approvalOf } from './steps.ts'
import { optionsOf, type QuoteRow } from './store.ts'

/**
 * The customer refused: what the quote named of the bill comes off, the newest first, until they pay no more than
 * they had agreed to before (an approval with the shop's margin, the ceiling of intake, or nothing). What somebody
 * else pays, and what is within that, stays.
 */
export function takeOffRefused(ctx: CommandContext, quote: QuoteRow): void {
  const { repairId } = quote
  const limit = approvalOf(ctx, repairId).limitMinor ?? 0
  const options = optionsOf(ctx.db, quote.id)
  const named = new Map(
    options
      .flatMap(({ lines }) => namedLines(ctx, quote, lines))
      .flatMap((line) => (line === undefined || line.invoiceId !== null ? [] : [[line.id, line]])),
  )
  for (const line of [...named.values()].toSorted((a, b) => b.id - a.id)) {
    if (customerTotal(ctx.db, repairId, ctx.today) <= limit) return
    if (customerPart(ctx.db, repairId, [line.id], ctx.today) === 0) continue
    removeCharges(ctx, [line.id], 'refused')
    const { kind, description } = line
    noteWork(ctx, repairId, '', { act: 'charge_removed', chargeKind: kind, what: description })
  }
}

import { netOfGross, taxOnNet } from '#contract/money.ts'
import type { Handler, QueryContext } from '../context.ts'
import { fieldError, found } from '../kernel/app-error.ts'
import { linesOfRepair } from './charge-store.ts'
import { listedPrice, listForTier } from './price-store.ts'
import { serviceById } from './service-store.ts'
import { rateOn, shownRate } from './tax-rates.ts'
import { billedRepair, partPrice, partyById, type BilledRepair } from './views.ts'

function listOf(ctx: Pick<QueryContext, 'db'>, customerId: number | null) {
  const tier = customerId === null ? 'normal' : (partyById(ctx.db, customerId)?.tier ?? 'normal')
  return listForTier(ctx.db, tier)
}

/**
 * Whether prices on this repair's bill are with tax: as its lines are, else as the customer's price list says, else
 * as the shop's settings do. One bill speaks in one sense.
 */
export function sensedOf(
  ctx: Pick<QueryContext, 'db' | 'settings'>,
  repair: Pick<BilledRepair, 'id' | 'customerId'>,
): boolean {
  const [line] = linesOfRepair(ctx.db, repair.id)
  if (line) return line.includesTax
  const list = listOf(ctx, repair.customerId)
  return list === undefined ? ctx.settings.pricesIncludeTax : list.includesTax === 1
}

/** The price in the other sense: with today's tax put on it, or taken out of it. */
function converted(priceMinor: number, from: boolean, to: boolean, rateBp: number): number {
  if (from === to) return priceMinor
  return to ? priceMinor + taxOnNet(priceMinor, rateBp) : netOfGross(priceMinor, rateBp)
}

/**
 * What a part or a labour item costs this repair's customer today: the price on the list of their tier, else its
 * own price, put into the sense of this repair's bill. Errors: `not_found`; `price.one_of` at partId.
 */
export const priceFor: Handler<'prices.priceFor'> = (ctx, { repairId, partId, serviceId }) => {
  const repair = found(billedRepair(ctx.db, repairId), 'repair')
  if ((partId === null) === (serviceId === null)) throw fieldError('partId', 'price.one_of')
  const own =
    partId === null
      ? found(serviceById(ctx.db, serviceId ?? 0), 'service')
      : found(partPrice(ctx.db, partId), 'part')
  const list = listOf(ctx, repair.customerId)
  const listed = list && listedPrice(ctx.db, list.id, { partId, serviceId })
  const from = listed === undefined ? ctx.settings.pricesIncludeTax : list?.includesTax === 1
  const includesTax = sensedOf(ctx, repair)
  const { taxCodeId } = own
  const shown = shownRate(ctx.db, taxCodeId, ctx.today)
  return {
    priceMinor: converted(listed ?? own.priceMinor, from, includesTax, shown),
    includesTax,
    taxCodeId,
    rateBp: rateOn(ctx.db, taxCodeId, ctx.today),
  }
}

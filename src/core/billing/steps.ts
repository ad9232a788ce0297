import type { CommandContext } from '../context.ts'
import { seedServices } from './service-seed.ts'
import { seedTaxCodes } from './tax-seed.ts'
import { allTaxCodes } from './tax-store.ts'

/** What other modules may do with prices, bills and invoices. */

export { agreeCharge, customerPart, handLines, removeCharges, type HandLine } from './agreed-charges.ts'
export { addCharges, applyFeeRule, customerTotal, requirePaid, waiveCharges } from './charge-steps.ts'
export { lineView, moneyOfRepair } from './charge-queries.ts'
export { depositHeld as heldFor } from './deposit-money.ts'
export { returnProceeds, settleFromHeld, takeProceeds } from './proceeds-money.ts'
export { requireGoodwill, requireLine } from './charges.ts'
export { billedRepair } from './views.ts'
export { sensedOf } from './price-for.ts'
export { priceLines, rateOn, shownRate, type PricedLines } from './tax-rates.ts'
export { checkLedgersDaily, ledgerFaultsSince, verifyLedgers } from './verify-steps.ts'

/** Tax codes and labour items a shop of this country starts with; nothing where there are tax codes already. */
export function seedPrices(ctx: CommandContext, country = ctx.settings.country): void {
  if (allTaxCodes(ctx.db).length > 0) return
  seedTaxCodes(ctx, country)
  seedServices(ctx)
}

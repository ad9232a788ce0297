import type { RepairMoney } from '#contract/billing.ts'
import type { ChargeLine } from '#contract/charges.ts'
import { documentAmounts } from '#contract/money.ts'
import type { Handler, QueryContext } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { billAmounts, ownCustomer, payerOfKey } from './charge-bill.ts'
import { grossOf, keyFor, unbilledParts, type BillPart } from './charge-parts.ts'
import { linesOfRepair, type ChargeRow } from './charge-store.ts'
import { depositHeld } from './deposit-money.ts'
import { summariesOf } from './invoice-views.ts'
import { invoiceNumberOf } from './invoice-store.ts'
import { paymentsOfRepair } from './payment-views.ts'
import { sensedOf } from './price-for.ts'
import { storageFeeDue } from './storage-fee.ts'
import { shownRate } from './tax-rates.ts'
import { billedRepair, documentsBilling, invoicedRate, invoicesBilling, partyById } from './views.ts'

/** A line as it would be billed today; one that is invoiced shows the rate it was invoiced with. */
export function lineView(ctx: Pick<QueryContext, 'db' | 'today'>, row: ChargeRow): ChargeLine {
  const { repairId, includesTax, ...line } = row
  const invoiced = row.invoiceId === null ? undefined : invoicedRate(ctx.db, repairId, row.id)
  const rateBp = invoiced ?? shownRate(ctx.db, row.taxCodeId, ctx.today)
  const { quantity, unitMinor, discountMinor } = row
  const { netMinor, taxMinor, grossMinor } = documentAmounts(
    [{ quantity, unitMinor, discountMinor, rateBp }],
    includesTax,
  )
  return {
    ...line,
    rateBp,
    netMinor,
    taxMinor,
    grossMinor,
    invoiceNumber: invoiceNumberOf(ctx.db, row.invoiceId),
  }
}

function payersOf(ctx: QueryContext, parts: readonly BillPart[]): RepairMoney['unbilled']['payers'] {
  return [...Map.groupBy(parts, (part) => part.key)].map(([key, own]) => {
    const { payer, customerId } = payerOfKey(key)
    const customerName = customerId === null ? null : (partyById(ctx.db, customerId)?.name ?? null)
    return { payer, customerId, customerName, grossMinor: grossOf(own) }
  })
}

/**
 * The money side of a repair, whole. `unbilled` is what everybody together owes of what is not invoiced; each payer
 * gets a document of their own, so that the payers' totals are what `invoices.issue` will come to. Error: `not_found`.
 */
export const moneyOfRepair: Handler<'charges.ofRepair'> = (ctx, { repairId }) => {
  const repair = found(billedRepair(ctx.db, repairId), 'repair')
  const rows = linesOfRepair(ctx.db, repairId)
  const parts = unbilledParts(ctx.db, repair, (code) => shownRate(ctx.db, code, ctx.today), rows)
  const { netMinor, taxMinor, grossMinor, rates } = billAmounts(parts)
  const depositMinor = depositHeld(ctx.db, repairId)
  const openMinor = invoicesBilling(ctx.db, repairId)
    .filter((row) => keyFor(ctx.db, repair.customerId, 'customer', row.customerId) === ownCustomer)
    .reduce((sum, row) => sum + row.openMinor, 0)
  const own = grossOf(parts.filter((part) => part.key === ownCustomer))
  return {
    pricesIncludeTax: sensedOf(ctx, repair),
    lines: rows.map((row) => lineView(ctx, row)),
    unbilled: { netMinor, taxMinor, grossMinor, taxes: [...rates], payers: payersOf(ctx, parts) },
    invoices: summariesOf(ctx, documentsBilling(ctx.db, repairId)),
    payments: paymentsOfRepair(ctx.db, repairId),
    depositMinor,
    openMinor,
    dueMinor: openMinor + own - depositMinor,
    storageFeeMinor: storageFeeDue(ctx, repair, rows),
  }
}

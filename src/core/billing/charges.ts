import { isOverDiscountLimit, type PricedLineInput } from '#contract/charges.ts'
import type { CommandContext, QueryContext } from '../context.ts'
import { requireCustomer } from '../customers/steps.ts'
import { AppError, fieldError } from '../kernel/app-error.ts'
import { amountOf } from '#contract/money.ts'
import { shareFault } from './charge-bill.ts'
import { insertCharge, type ChargeRow } from './charge-store.ts'
import { serviceById } from './service-store.ts'
import { requireRate } from './tax-rates.ts'
import { partPrice, type BilledRepair } from './views.ts'

/** No line is dearer than the dearest single price a person can type: totals stay exact. */
const lineMax = 9_000_000_000

/**
 * What must be right of a line before it is charged or quoted. Errors below `path`: `field.out_of_range` at
 * unitMinor; `charge.discount_too_large` and, without `billing.discount` above the shop's limit,
 * `charge.discount_not_allowed` at discountMinor; `charge.shares` and `charge.payer_customer` at shares;
 * `field.not_found` at shares.<n>.customerId, serviceId, partId and taxCodeId; `tax.rate_missing` at taxCodeId.
 */
export function requireLine(
  ctx: Pick<QueryContext, 'db' | 'today' | 'settings' | 'actor'>,
  line: PricedLineInput,
  path: string,
): void {
  const price = amountOf(line.quantity, line.unitMinor)
  if (price > lineMax) throw fieldError(`${path}.unitMinor`, 'field.out_of_range', { max: lineMax })
  if (line.discountMinor > price) throw fieldError(`${path}.discountMinor`, 'charge.discount_too_large')
  const limitBp = ctx.settings.discountLimitBp
  if (
    isOverDiscountLimit(line.discountMinor, price, limitBp) &&
    !ctx.actor.permissions.has('billing.discount')
  ) {
    throw fieldError(`${path}.discountMinor`, 'charge.discount_not_allowed', { limit: limitBp / 100 })
  }
  const fault = shareFault(line.shares)
  if (fault) throw fieldError(`${path}.shares`, fault)
  line.shares.forEach((share, index) => {
    if (share.customerId !== null)
      requireCustomer(ctx, share.customerId, `${path}.shares.${index}.customerId`)
  })
  if (line.serviceId !== null && !serviceById(ctx.db, line.serviceId))
    throw fieldError(`${path}.serviceId`, 'field.not_found')
  if (line.partId !== null && !partPrice(ctx.db, line.partId))
    throw fieldError(`${path}.partId`, 'field.not_found')
  requireRate(ctx.db, line.taxCodeId, ctx.today, `${path}.taxCodeId`)
}

/**
 * What the shop bears out of goodwill is a discount by another name, so the same limit holds, on a bill as in a
 * quote; a rework (返修) is the shop's to bear. Error: `charge.goodwill_not_allowed` at `<path>.shares`.
 */
export function requireGoodwill(
  ctx: Pick<QueryContext, 'settings' | 'actor'>,
  repair: Pick<BilledRepair, 'reworkOfId' | 'reworkKind'>,
  line: Pick<PricedLineInput, 'shares'>,
  path: string,
): void {
  const isRework = repair.reworkOfId !== null && repair.reworkKind !== 'different'
  const limitBp = ctx.settings.discountLimitBp
  const borne = line.shares.find((share) => share.payer === 'goodwill')?.shareBp ?? 0
  if (isRework || borne <= limitBp || ctx.actor.permissions.has('billing.discount')) return
  throw fieldError(`${path}.shares`, 'charge.goodwill_not_allowed', { limit: limitBp / 100 })
}

/** What a person says of a line, as it is kept. */
export function chargeFields(line: PricedLineInput): PricedLineInput {
  return {
    kind: line.kind,
    serviceId: line.serviceId,
    partId: line.partId,
    description: line.description,
    quantity: line.quantity,
    unitMinor: line.unitMinor,
    discountMinor: line.discountMinor,
    taxCodeId: line.taxCodeId,
    shares: line.shares,
    standardMinutes: line.standardMinutes,
    warrantyMonths: line.warrantyMonths,
  }
}

/** Writes a line and answers what names it. */
export function writeCharge(
  ctx: CommandContext,
  repairId: number,
  source: ChargeRow['source'],
  includesTax: boolean,
  line: PricedLineInput,
): { id: number; uid: string } {
  const uid = ctx.newUid()
  const id = insertCharge(ctx.db, {
    uid,
    repairId,
    source,
    includesTax,
    ...chargeFields(line),
    createdAt: ctx.now,
    createdById: ctx.actor.userId,
  })
  const payload = { repairId, source, includesTax, ...line }
  ctx.record({ entity: 'charges', id, uid, version: 1, type: 'charge.added', payload })
  return { id, uid }
}

/** A change of a line that is there; a line has no version, its invoice locks it. */
export function recordCharge(ctx: CommandContext, line: ChargeRow, type: string, payload: object): void {
  ctx.record({ entity: 'charges', id: line.id, uid: line.uid, version: 2, type, payload })
}

/** The line may still be changed. Errors: `charge.invoiced` with the invoice's number, `charge.waived`. */
export function requireFree(line: ChargeRow, invoiceNumber: string | null): void {
  if (line.invoiceId !== null) throw new AppError('charge.invoiced', { number: invoiceNumber })
  if (line.waivedAt !== null) throw new AppError('charge.waived')
}

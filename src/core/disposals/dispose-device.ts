import type { InputOf } from '#contract/method-types.ts'
import type { CommandContext, Handler } from '../context.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { heldFor, settleFromHeld, takeProceeds } from '../billing/steps.ts'
import { markDisposed, requireSeenRepair } from '../repairs/steps.ts'
import { requireLoanerBack } from '../stock/steps.ts'
import { requireBack } from '../work/steps.ts'
import { requireInOrder } from './disposals.ts'
import { termOf } from './queries.ts'
import { insertDisposal } from './store.ts'
import { requireNotDisposed } from './steps.ts'
import { standingRepair } from './views.ts'

type Input = InputOf<'disposals.dispose'>

/**
 * A device nobody collected leaves the shelf for good: sold, recycled, donated or taken apart (domain §3.2). A device
 * that is only ready is given up as unclaimed in the same act. What a sale brings, less its costs, is held for the
 * owner like a deposit; with `payFees` it pays what the owner owes for the repair first. Errors: `stale`,
 * `repair.disposed`, `repair.not_allowed_in_state`, `repair.locked`, `loaner.still_out`, `work.already_out`,
 * `invoice.no_customer`, `shift.required`, `invoice.clock_behind`, `tax.rate_missing`, and those of `requireInOrder`.
 */
export const disposeDevice: Handler<'disposals.dispose'> = (ctx, input) => {
  const { repairId, kind, buyer, note, earlyReason, mediaWiped } = input
  const row = requireSeenRepair(ctx, repairId, input.version)
  requireNotDisposed(ctx, row)
  const { version } = markDisposed(ctx, row, { text: earlyReason || note, detail: detailOf(input) })
  requireBack(ctx, repairId)
  requireLoanerBack(ctx, repairId)
  requireInOrder(input, termOf(ctx, found(standingRepair(ctx.db, repairId), 'repair')))
  const receipt = takeSale(ctx, row, input)
  const uid = ctx.newUid()
  const disposal = {
    uid,
    repairId,
    at: ctx.now,
    onDay: ctx.today,
    userId: ctx.actor.userId,
    seatId: ctx.actor.seatId,
    kind,
    buyer,
    note,
    proceedsMinor: input.sale?.proceedsMinor ?? 0,
    costsMinor: input.sale?.costsMinor ?? 0,
    paymentId: receipt?.id ?? null,
  }
  const id = insertDisposal(ctx.db, disposal)
  const payload = { ...disposal, earlyReason, mediaWiped }
  ctx.record({ entity: 'disposals', id, uid, version: 1, type: 'disposal.made', payload })
  if (input.sale?.payFees) settleFromHeld(ctx, repairId)
  return {
    id,
    version,
    uid,
    receipt: receipt && { uid: receipt.uid, number: receipt.number },
    surplusMinor: heldFor(ctx.db, repairId),
  }
}

/** What the history keeps: the kind, to whom, the money, that the data is gone. */
function detailOf({ kind, buyer, sale, mediaWiped }: Input): Record<string, string | number | boolean> {
  const detail: Record<string, string | number | boolean> = { disposal: kind, mediaWiped }
  if (buyer !== '') detail['buyer'] = buyer
  if (sale === null) return detail
  return { ...detail, proceedsMinor: sale.proceedsMinor, costsMinor: sale.costsMinor }
}

/** The receipt of what is left of a sale; none when its costs took all of it. */
function takeSale(
  ctx: CommandContext,
  row: { readonly id: number; readonly customerId: number | null },
  { sale, buyer }: Input,
): { id: number; uid: string; number: string } | null {
  if (sale === null) return null
  // A device of the shop's own has no owner to whom anything could be owed.
  if (row.customerId === null) throw new AppError('invoice.no_customer')
  const amountMinor = sale.proceedsMinor - sale.costsMinor
  if (amountMinor === 0) return null
  const { method, reference } = sale
  const { customerId } = row
  return takeProceeds(ctx, { repairId: row.id, customerId, method, amountMinor, reference, note: buyer })
}

import type { PaymentMethod } from '#contract/billing.ts'
import type { CommandContext } from '../context.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { noteWork } from '../repairs/steps.ts'
import { takeBackChecked } from './applied-money.ts'
import { appliedFromDeposit } from './applied-views.ts'
import { ownCustomer } from './charge-bill.ts'
import { keyFor, ownUnbilled } from './charge-parts.ts'
import { linesOfRepair } from './charge-store.ts'
import { bookDeposit, depositHeld, holdMoney } from './deposit-money.ts'
import { issue } from './invoice-issue.ts'
import { invoiceNumberOf } from './invoice-store.ts'
import type { Written } from './payment-receipt.ts'
import { reverseReceipt } from './payment-reverse.ts'
import { paymentById } from './payment-store.ts'
import { chargeStorage, storageFeeDue } from './storage-fee.ts'
import { billedRepair, invoicesBilling } from './views.ts'

/** What a device nobody collected brought: held for its owner, less what the owner owes for the repair. */

interface Proceeds {
  readonly repairId: number
  readonly customerId: number
  readonly method: PaymentMethod
  readonly amountMinor: number
  readonly reference: string
  readonly note: string
}

/** Takes the money in; the drawer is the seat's own. Error: `shift.required`. */
export function takeProceeds(ctx: CommandContext, proceeds: Proceeds): Written {
  return holdMoney(ctx, proceeds, 'proceeds')
}

/**
 * The owner's storage fee so far and whatever else of the repair is not on an invoice gets one; then what is held
 * pays what is open of the owner's invoices, the oldest first. Errors: `invoice.clock_behind`, `tax.rate_missing`.
 */
export function settleFromHeld(ctx: CommandContext, repairId: number): void {
  const repair = found(billedRepair(ctx.db, repairId), 'repair')
  if (storageFeeDue(ctx, repair, linesOfRepair(ctx.db, repairId)) > 0) chargeStorage(ctx, repairId)
  if (repair.customerId === null) return
  if (ownUnbilled(ctx.db, { ...repair, customerId: repair.customerId }, ctx.today) > 0) {
    issue(ctx, {
      repairIds: [repairId],
      payer: 'customer',
      customerId: null,
      cashRounding: false,
      dueOn: null,
      note: '',
      expectedGrossMinor: null,
    })
  }
  for (const { id: invoiceId, customerId, openMinor } of invoicesBilling(ctx.db, repairId).toReversed()) {
    if (keyFor(ctx.db, repair.customerId, 'customer', customerId) !== ownCustomer) continue
    const amountMinor = Math.min(openMinor, depositHeld(ctx.db, repairId))
    if (amountMinor <= 0) continue
    bookDeposit(ctx, { repairId }, { invoiceId, customerId }, amountMinor)
    const number = invoiceNumberOf(ctx.db, invoiceId)
    noteWork(ctx, repairId, '', { money: 'deposit_applied', number, amountMinor })
  }
}

/**
 * The sale never was: what its money paid is open again, and the money goes back the way it came. Errors:
 * `disposal.surplus_gone` {available, amount} when the owner had some of it already, `payment.applied_since`
 * {number}, `shift.required`, `shift.cash_short`.
 */
export function returnProceeds(ctx: CommandContext, paymentId: number, reason: string): void {
  const payment = found(paymentById(ctx.db, paymentId), 'payment')
  const { amountMinor } = payment
  const repairId = found(payment.repairId ?? undefined, 'repair')
  for (const transactionId of appliedFromDeposit(ctx.db, repairId)) {
    if (depositHeld(ctx.db, repairId) >= amountMinor) break
    takeBackChecked(ctx, transactionId, reason)
  }
  const available = depositHeld(ctx.db, repairId)
  if (available < amountMinor) throw new AppError('disposal.surplus_gone', { available, amount: amountMinor })
  reverseReceipt(ctx, payment, reason)
}

import type { Payment } from '#contract/billing.ts'
import type { OutputOf } from '#contract/method-types.ts'
import type { Handler } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { cursorOf, pageOf } from '../kernel/paging.ts'
import { paymentPage, paymentShown, paymentsShown } from './payment-views.ts'

export const getPayment: Handler<'payments.get'> = (ctx, { uid }): Payment =>
  found(paymentShown(ctx.db, uid), 'payment')

/** Receipts, the newest first. */
export const listPayments: Handler<'payments.list'> = (ctx, input): OutputOf<'payments.list'> => {
  const { afterId, limit } = cursorOf(input)
  return pageOf(paymentsShown(ctx.db, paymentPage(ctx.db, input, afterId, limit + 1)), limit)
}

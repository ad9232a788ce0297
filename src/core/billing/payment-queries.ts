import type { Payment } from '#contract/billing.ts'
import type { OutputOf } from '#contract/method-types.ts'
import type { Handler } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { cursorOf, pageOf } from '../kernel/paging.ts'
import { paymentPage, paymentShown, paymentsShown } from './payment-views.ts'
import { recordsOf } from './statement-views.ts'
import { livingCustomer } from './views.ts'

export const getPayment: Handler<'payments.get'> = (ctx, { uid }): Payment =>
  found(paymentShown(ctx.db, uid), 'payment')

/** Receipts, the newest first; a customer's with those of records merged into it. */
export const listPayments: Handler<'payments.list'> = (ctx, input): OutputOf<'payments.list'> => {
  const { afterId, limit } = cursorOf(input)
  const { customerId, repairId, shiftId, method, from, to } = input
  const records = customerId === undefined ? undefined : recordsOf(ctx.db, livingCustomer(ctx.db, customerId))
  const filter = { repairId, records, shiftId, method, from, to }
  return pageOf(paymentsShown(ctx.db, paymentPage(ctx.db, filter, afterId, limit + 1)), limit)
}

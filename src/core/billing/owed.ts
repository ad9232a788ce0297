import type { OutputOf } from '#contract/method-types.ts'
import type { Handler } from '../context.ts'
import { requireCustomer } from '../customers/steps.ts'
import { owedTo, owedToCustomers } from './applied-views.ts'
import { recordsOf } from './statement-views.ts'

/**
 * What the shop owes customers until it is paid back, put against an invoice or forfeited; the largest sum first.
 * Merged records stand under the one that lives on. Error: `field.not_found` at `customerId`.
 */
export const owed: Handler<'payments.owed'> = (ctx, input): OutputOf<'payments.owed'> => {
  const { customerId, withDeposits } = input
  const rows =
    customerId === undefined
      ? owedToCustomers(ctx.db, withDeposits)
      : owedTo(ctx.db, recordsOf(ctx.db, requireCustomer(ctx, customerId, 'customerId').id))
  const shown = rows.map((row) => {
    const { id, uid, name } = requireCustomer(ctx, row.customerId, 'customerId')
    return { ...row, customerId: id, customerUid: uid, customerName: name }
  })
  return shown.toSorted((a, b) => b.amountMinor - a.amountMinor || a.customerId - b.customerId)
}

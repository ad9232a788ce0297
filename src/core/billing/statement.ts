import type { OutputOf } from '#contract/method-types.ts'
import type { Handler } from '../context.ts'
import { fieldError } from '../kernel/app-error.ts'
import { requireCustomer } from '../customers/steps.ts'
import { depositsHeldFor, movesBefore, movesOf, recordsOf } from './statement-views.ts'

/**
 * A customer's account: what stood open before `from`, what was invoiced, paid, credited and written off until `to`,
 * and what is open then. Records merged into the customer belong to the account. Deposits are those held now.
 * Errors: `field.not_found` at `customerId`, `field.before` at `to`.
 */
export const statement: Handler<'payments.statement'> = (ctx, input): OutputOf<'payments.statement'> => {
  if (input.to < input.from) throw fieldError('to', 'field.before', { min: input.from })
  const { id } = requireCustomer(ctx, input.customerId, 'customerId')
  const records = recordsOf(ctx.db, id)
  const openingMinor = movesBefore(ctx.db, records, input.from)
  let balanceMinor = openingMinor
  const rows = movesOf(ctx.db, records, input.from, input.to).map((row) => {
    balanceMinor += row.amountMinor
    return { ...row, balanceMinor }
  })
  return { openingMinor, rows, closingMinor: balanceMinor, depositMinor: depositsHeldFor(ctx.db, records) }
}

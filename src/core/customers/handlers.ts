import type { HandlersOf } from '../context.ts'
import { assert } from '../kernel/app-error.ts'
import { createCustomer } from './create-customer.ts'
import { mergeCustomers } from './merge-customers.ts'
import { getCustomer, listCustomers, similarCustomers } from './queries.ts'
import { updateCustomer } from './update-customer.ts'
import { customerSummaries } from './views.ts'

export const customersHandlers: HandlersOf<'customers'> = {
  list: listCustomers,
  get: getCustomer,
  similar: similarCustomers,
  create(ctx, { commandId: _id, ...input }) {
    const { id, version } = createCustomer(ctx, input)
    const [summary] = customerSummaries(ctx.db, [id])
    assert(summary, 'a customer just added is there')
    return { ...summary, version }
  },
  update: updateCustomer,
  merge: mergeCustomers,
}

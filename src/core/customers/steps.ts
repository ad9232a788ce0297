import type { CommandContext, QueryContext } from '../context.ts'
import { fieldError } from '../kernel/app-error.ts'
import { addToCounters, knownCustomer, type KnownCustomer } from './store.ts'

export { createCustomer } from './create-customer.ts'
export { customerByNameOrPhone, replaceCustomer, sameCustomer } from './imported.ts'

/** A customer on file; one that was merged leads to where it lives on. Error: `field.not_found` at `path`. */
export function requireCustomer(ctx: Pick<QueryContext, 'db'>, id: number, path: string): KnownCustomer {
  for (let next = id; ;) {
    const row = knownCustomer(ctx.db, next)
    if (!row) throw fieldError(path, 'field.not_found')
    if (row.mergedIntoId === null) return row
    next = row.mergedIntoId
  }
}

/**
 * A customer something new may be written about: a repair, a device. Errors at `path`: `field.not_found`,
 * `customer.erased`.
 */
export function requirePresentCustomer(
  ctx: Pick<QueryContext, 'db'>,
  id: number,
  path: string,
): KnownCustomer {
  const customer = requireCustomer(ctx, id, path)
  if (customer.erasedAt !== null) throw fieldError(path, 'customer.erased', { at: customer.erasedAt })
  return customer
}

/** Raises (or lowers) the kept counts of a customer's repairs; no change of the customer, its version stays. */
export function countCustomerRepairs(
  ctx: CommandContext,
  customerId: number,
  total: number,
  open: number,
): void {
  addToCounters(ctx.db, customerId, total, open)
}

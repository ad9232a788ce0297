import type { Language } from '#contract/fields.ts'
import type { CommandContext, QueryContext } from '../context.ts'
import { fieldError } from '../kernel/app-error.ts'
import { living } from './living.ts'
import { addToCounters, customerById } from './store.ts'

export { createCustomer } from './create-customer.ts'
export { customerByNameOrPhone, replaceCustomer, sameCustomer } from './imported.ts'

export interface UsableCustomer {
  readonly id: number
  readonly uid: string
  readonly name: string
  readonly language: Language | null
  readonly mergedIntoId: number | null
}

/** A customer on file; one that was merged leads to where it lives on. Error: `field.not_found` at `path`. */
export function requireCustomer(ctx: Pick<QueryContext, 'db'>, id: number, path: string): UsableCustomer {
  const row = customerById(ctx.db, id)
  if (!row) throw fieldError(path, 'field.not_found')
  const { id: livingId, uid, name, language, mergedIntoId } = living(ctx.db, row)
  return { id: livingId, uid, name, language, mergedIntoId }
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

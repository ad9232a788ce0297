import type { CustomerInput } from '#contract/customers.ts'
import { nameKey, phoneDigits } from '#contract/names.ts'
import type { CommandContext } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { living } from './queries.ts'
import { customerById, sameNameOrPhone } from './store.ts'
import { updateCustomer } from './update-customer.ts'

/** The customer on file with that phone, or, when no phone is given, with that name; null when there is none. */
export function customerByNameOrPhone(ctx: CommandContext, name: string | null, phone: string | null): number | null {
  const digits = phone === null ? [] : [phoneDigits(phone, ctx.settings.country)].filter(Boolean)
  // One phone may belong to a family, but one name belongs to many people: a phone decides when there is one.
  const key = digits.length > 0 ? '' : nameKey(name ?? '')
  if (key === '' && digits.length === 0) return null
  return sameNameOrPhone(ctx.db, key, digits, 0, 1)[0] ?? null
}

/** What a source says now of a customer it brought before; one that was merged leads to where it lives on. */
export function replaceCustomer(ctx: CommandContext, id: number, input: CustomerInput): number {
  const customer = living(ctx.db, found(customerById(ctx.db, id), 'customer'))
  updateCustomer(ctx, { commandId: '', customerId: customer.id, version: customer.version, ...input })
  return customer.id
}

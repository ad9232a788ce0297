import type { CommandContext } from '../context.ts'
import { indexCustomer, indexNewCustomer, indexRepairsOfCustomer } from '../search/steps.ts'
import { findableDigits, findableNames, type PhoneLine } from './customers.ts'
import type { Contact } from './store.ts'

interface Findable {
  readonly id: number
  readonly name: string
  readonly email: string | null
  readonly phones: readonly PhoneLine[]
  readonly contacts: readonly Contact[]
}

function findable(ctx: CommandContext, customer: Findable) {
  return {
    customerId: customer.id,
    name: customer.name,
    phones: findableDigits(customer.phones, customer.contacts, ctx.settings.country),
    extra: findableNames(customer),
  }
}

/** Makes a customer and its repairs found by what stands in its record now. */
export function indexStored(ctx: CommandContext, customer: Findable): void {
  if (indexCustomer(ctx, findable(ctx, customer))) indexRepairsOfCustomer(ctx, customer.id)
}

/** The same for one that took over another's repairs: those were found by the other's names so far. */
export function indexJoined(ctx: CommandContext, customer: Findable): void {
  indexCustomer(ctx, findable(ctx, customer))
  indexRepairsOfCustomer(ctx, customer.id)
}

/** Makes a customer found that was not on file before. */
export function indexAdded(ctx: CommandContext, customer: Findable): void {
  indexNewCustomer(ctx, findable(ctx, customer))
}

/** A merged record is found no more; its names and phones lead to the one it went into. */
export function forgetIndexed(ctx: CommandContext, customerId: number): void {
  indexCustomer(ctx, { customerId, name: '', phones: [], extra: [] })
}

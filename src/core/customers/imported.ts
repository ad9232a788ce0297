import type { CustomerInput } from '#contract/customers.ts'
import { nameKey, phoneDigits } from '#contract/names.ts'
import type { CommandContext } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { living } from './living.ts'
import { contactsOf, customerById, phonesOf, sameNameOrPhone } from './store.ts'
import { saveCustomer } from './update-customer.ts'

/** Households share a phone; more than these under one number are one switchboard. */
const mostWithPhone = 50

/**
 * The customer a row of somebody's list means: the one with that phone (of several the one with that name, else the
 * newest), or, where the row has no phone, the newest with that name. null when there is none.
 */
export function customerByNameOrPhone(
  ctx: CommandContext,
  name: string | null,
  phone: string | null,
): number | null {
  const key = nameKey(name ?? '')
  const digits = phone === null ? '' : phoneDigits(phone, ctx.settings.country)
  if (digits === '') return key === '' ? null : (sameNameOrPhone(ctx.db, key, [], 0, 1)[0] ?? null)
  const ids = sameNameOrPhone(ctx.db, '', [digits], 0, mostWithPhone)
  return ids.find((id) => customerById(ctx.db, id)?.nameKey === key) ?? ids[0] ?? null
}

/** The customer on file with this very name and one of these phones; null when there is none, or no phone is given. */
export function sameCustomer(
  ctx: CommandContext,
  input: Pick<CustomerInput, 'name' | 'phones'>,
): number | null {
  const digits = input.phones.map(({ number }) => phoneDigits(number, ctx.settings.country)).filter(Boolean)
  if (digits.length === 0) return null
  const key = nameKey(input.name)
  const ids = sameNameOrPhone(ctx.db, '', digits, 0, mostWithPhone)
  return ids.find((id) => customerById(ctx.db, id)?.nameKey === key) ?? null
}

/**
 * Brings a customer up to date from a row that was imported before: what the row says replaces what stood there;
 * what it leaves open stays, and so do phones, contacts and consent that the shop added. Answers the id of the
 * customer as it lives on.
 */
export function replaceCustomer(ctx: CommandContext, id: number, input: CustomerInput): number {
  const customer = living(ctx.db, found(customerById(ctx.db, id), 'customer'))
  // Whoever was erased is not filled in again from a list that still names them.
  if (customer.erasedAt !== null) return customer.id
  saveCustomer(ctx, customer, {
    kind: input.kind,
    name: input.name,
    phones: [
      ...input.phones,
      ...phonesOf(ctx.db, customer.id).map(({ number, label }) => ({ number, label })),
    ],
    email: input.email ?? customer.email,
    contacts: input.contacts.length > 0 ? input.contacts : contactsOf(ctx.db, customer.id),
    address: input.address || customer.address,
    taxNumber: input.taxNumber || customer.taxNumber,
    language: input.language ?? customer.language,
    tier: input.tier === 'normal' ? customer.tier : input.tier,
    channel: customer.channel,
    consentToContact: input.consentToContact || customer.consentToContact,
    notes: input.notes || customer.notes,
    // A list of customers does not say who may pay later.
    onAccount: customer.onAccount,
    paymentDays: customer.paymentDays,
  })
  return customer.id
}

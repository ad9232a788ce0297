import { customerFields, type CustomerInput } from '#contract/customers.ts'
import { createCustomer, customerByNameOrPhone, replaceCustomer } from '../customers/steps.ts'
import type { CommandContext } from '../context.ts'
import { parseInput } from '../kernel/input.ts'
import { z } from 'zod'
import type { Applier } from './apply-rows.ts'
import { textOf, type Values } from './imports.ts'

const input = z.strictObject(customerFields)

/** The same checks as for what a person types: a bad e-mail or phone rejects the row at its field. */
function customerOf(values: Values): CustomerInput {
  const phones = (textOf(values, 'phones') ?? '').split('\n').filter((phone) => phone !== '')
  return parseInput(input, {
    kind: textOf(values, 'kind') ?? 'person',
    name: textOf(values, 'name'),
    phones: [...new Set(phones)].map((number) => ({ number, label: '' })),
    email: textOf(values, 'email'),
    contacts: [],
    address: textOf(values, 'address') ?? '',
    taxNumber: textOf(values, 'taxNumber') ?? '',
    language: textOf(values, 'language'),
    tier: textOf(values, 'tier') ?? 'normal',
    channel: 'phone',
    consentToContact: false,
    notes: textOf(values, 'notes') ?? '',
  })
}

export const importCustomer: Applier = ({ ctx }, values, entityId) => {
  const customer = customerOf(values)
  if (entityId === null) return createCustomer(ctx, customer).id
  return replaceCustomer(ctx, entityId, customer)
}

/** The customer a repair's or device's row names: the one on file with that phone (or, without a phone, that name), else a new one. */
export function customerFor(ctx: CommandContext, name: string | null, phone: string | null): number | null {
  if (name === null && phone === null) return null
  const known = customerByNameOrPhone(ctx, name, phone)
  return known ?? createCustomer(ctx, customerOf({ name: name ?? phone, phones: phone })).id
}

import { customerFields, type CustomerInput } from '#contract/customers.ts'
import { createCustomer, customerByNameOrPhone, replaceCustomer, sameCustomer } from '../customers/steps.ts'
import type { CommandContext } from '../context.ts'
import { parseInput } from '../kernel/input.ts'
import { z } from 'zod'
import type { Applier } from './batch.ts'
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
    onAccount: false,
    paymentDays: 0,
  })
}

/** A customer already on file under the same name and one of the phones is that customer, not another. */
export const importCustomer: Applier = ({ ctx }, row, entityId) => {
  const customer = customerOf(row.values)
  const known = entityId ?? sameCustomer(ctx, customer)
  if (known === null) return { id: createCustomer(ctx, customer).id, isNew: true }
  return { id: replaceCustomer(ctx, known, customer), isNew: false }
}

/** The customer a repair's or device's row names: the one on file with that phone (or, without a phone, that name), else a new one. */
export function customerFor(ctx: CommandContext, name: string | null, phone: string | null): number | null {
  if (name === null && phone === null) return null
  const known = customerByNameOrPhone(ctx, name, phone)
  return known ?? createCustomer(ctx, customerOf({ name: name ?? phone, phones: phone })).id
}

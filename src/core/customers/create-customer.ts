import type { CustomerInput } from '#contract/customers.ts'
import { nameKey } from '#contract/names.ts'
import type { CommandContext } from '../context.ts'
import { consentMoment, phoneLines } from './customers.ts'
import { indexAdded } from './index-customer.ts'
import { insertCustomer, setContacts, setPhones } from './store.ts'

/** Adds a customer. What is wrong with single fields the contract has said already. */
export function createCustomer(
  ctx: CommandContext,
  input: CustomerInput,
): { id: number; uid: string; version: number } {
  const { phones, contacts, ...fields } = input
  const lines = phoneLines(phones, ctx.settings.country)
  const uid = ctx.newUid()
  const id = insertCustomer(ctx.db, {
    ...fields,
    uid,
    nameKey: nameKey(input.name),
    consentAt: consentMoment(ctx.now, input.consentToContact, null),
    now: ctx.now,
  })
  if (lines.length > 0) setPhones(ctx.db, id, lines)
  if (contacts.length > 0) setContacts(ctx.db, id, contacts)
  indexAdded(ctx, { id, name: input.name, email: input.email, phones: lines, contacts })
  // What was written stands in the record only, where it can be erased (decision 015).
  ctx.record({ entity: 'customers', id, uid, version: 1, type: 'customer.created', payload: {} })
  return { id, uid, version: 1 }
}

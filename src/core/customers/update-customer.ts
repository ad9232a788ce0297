import type { CustomerInput } from '#contract/customers.ts'
import { nameKey } from '#contract/names.ts'
import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { CommandContext } from '../context.ts'
import type { ReadDb } from '../db/handles.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { changedFields } from '../kernel/changed.ts'
import { stale } from '../system/views.ts'
import { consentMoment, phoneLines } from './customers.ts'
import { indexStored } from './index-customer.ts'
import {
  contactsOf,
  customerById,
  phonesOf,
  setContacts,
  setPhones,
  updateCustomerRow,
  type StoredCustomer,
} from './store.ts'

/** Replaces what is written of a customer. Errors: `stale`, `customer.merged`. */
export function updateCustomer(
  ctx: CommandContext,
  input: InputOf<'customers.update'>,
): OutputOf<'customers.update'> {
  const { commandId: _id, customerId, version, ...fields } = input
  const customer = changeable(ctx, customerId, version)
  const before = asWritten(ctx.db, customer)
  ctx.logAs({ before })
  return { id: customer.id, version: saveCustomer(ctx, customer, fields, before) }
}

/** A customer as an input would write them. */
function asWritten(db: ReadDb, customer: StoredCustomer): CustomerInput {
  const phones = phonesOf(db, customer.id).map(({ number, label }) => ({ number, label }))
  return { ...customer, phones, contacts: contactsOf(db, customer.id) }
}

/**
 * Writes all fields of a customer, makes it found by them and records which of them changed: their values stand in the
 * record only, where they can be erased (decision 015). Answers the new version.
 */
export function saveCustomer(
  ctx: CommandContext,
  customer: StoredCustomer,
  input: CustomerInput,
  before: CustomerInput = asWritten(ctx.db, customer),
): number {
  const { phones, contacts, ...fields } = input
  const { id, uid } = customer
  const lines = phoneLines(phones, ctx.settings.country)
  const version = customer.version + 1
  updateCustomerRow(ctx.db, id, {
    ...fields,
    nameKey: nameKey(fields.name),
    consentAt: consentMoment(ctx.now, fields.consentToContact, customer),
    updatedAt: ctx.now,
    version,
  })
  setPhones(ctx.db, id, lines)
  setContacts(ctx.db, id, contacts)
  indexStored(ctx, { id, name: fields.name, email: fields.email, phones: lines, contacts })
  ctx.record({
    entity: 'customers',
    id,
    uid,
    version,
    type: 'customer.updated',
    payload: { fields: changedFields(before, input) },
  })
  return version
}

/** The customer as the person saw it. Errors: `not_found`, `customer.merged`, `customer.erased`, `stale`. */
export function changeable(ctx: CommandContext, id: number, version: number): StoredCustomer {
  const customer = found(customerById(ctx.db, id), 'customer')
  if (customer.mergedIntoId !== null) {
    const into = customerById(ctx.db, customer.mergedIntoId)
    throw new AppError('customer.merged', { name: into?.name ?? '', uid: into?.uid ?? null })
  }
  if (customer.erasedAt !== null) throw new AppError('customer.erased', { at: customer.erasedAt })
  if (customer.version !== version) throw stale(ctx.db, 'customer', customer.uid)
  return customer
}

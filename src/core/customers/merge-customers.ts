import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { CommandContext } from '../context.ts'
import { moveCustomerDevices } from '../devices/steps.ts'
import { AppError } from '../kernel/app-error.ts'
import { moveCustomerRepairs } from '../repairs/steps.ts'
import { contactKey, distinctPhones, mergedFields } from './customers.ts'
import { forgetIndexed, indexJoined } from './index-customer.ts'
import {
  addToCounters,
  contactsOf,
  phonesOf,
  setContacts,
  setPhones,
  updateCustomerRow,
  type Contact,
  type StoredCustomer,
} from './store.ts'
import { changeable } from './update-customer.ts'

/**
 * Two records of one customer become one: repairs, devices and their past owners, phones, contacts and counters of
 * `from` go to `into`; `from` stays as a signpost, with what it said, and is found no more.
 * Errors: `customer.merge_self`, `customer.merged`, `stale`.
 */
export function mergeCustomers(
  ctx: CommandContext,
  input: InputOf<'customers.merge'>,
): OutputOf<'customers.merge'> {
  if (input.intoId === input.fromId) throw new AppError('customer.merge_self')
  const into = changeable(ctx, input.intoId, input.intoVersion)
  const from = changeable(ctx, input.fromId, input.fromVersion)
  moveCustomerRepairs(ctx, from.id, into.id)
  moveCustomerDevices(ctx, from.id, into.id)
  addToCounters(ctx.db, into.id, from.repairsCount, from.openRepairsCount)
  const version = joinRecords(ctx, into, from)
  updateCustomerRow(ctx.db, from.id, {
    mergedIntoId: into.id,
    repairsCount: 0,
    openRepairsCount: 0,
    updatedAt: ctx.now,
    version: from.version + 1,
  })
  forgetIndexed(ctx, from.id)
  ctx.record({
    entity: 'customers',
    id: from.id,
    uid: from.uid,
    version: from.version + 1,
    type: 'customer.merged_away',
    payload: { intoUid: into.uid },
  })
  return { id: into.id, version }
}

/** Writes phones, contacts and fields of both into the one that stays; answers its version. */
function joinRecords(ctx: CommandContext, into: StoredCustomer, from: StoredCustomer): number {
  const phones = distinctPhones([...phonesOf(ctx.db, into.id), ...phonesOf(ctx.db, from.id)])
  const contacts = joinContacts(ctx, into, from)
  const fields = mergedFields(into, from)
  const version = into.version + 1
  setPhones(ctx.db, into.id, phones)
  setContacts(ctx.db, into.id, contacts)
  updateCustomerRow(ctx.db, into.id, { ...fields, updatedAt: ctx.now, version })
  indexJoined(ctx, { id: into.id, name: into.name, email: fields.email, phones, contacts })
  const payload = { fromUid: from.uid }
  ctx.record({ entity: 'customers', id: into.id, uid: into.uid, version, type: 'customer.merged', payload })
  return version
}

/** The longest name a contact may have; a longer one stays readable on the merged record. */
const contactNameMax = 80

/** Contacts of both, each once; a second name or e-mail address is kept as a contact. */
function joinContacts(ctx: CommandContext, into: StoredCustomer, from: StoredCustomer): Contact[] {
  // An e-mail address that is not the kept one would be lost otherwise; so would another way to write the name.
  const email = into.email !== null && from.email !== into.email ? from.email : null
  const other: Contact = { name: from.name, role: '', phone: null, email }
  const hasMore = (from.nameKey !== into.nameKey || email !== null) && from.name.length <= contactNameMax
  const all = [...contactsOf(ctx.db, into.id), ...contactsOf(ctx.db, from.id), ...(hasMore ? [other] : [])]
  return [...new Map(all.map((contact) => [contactKey(contact), contact])).values()]
}

import type { Customer, CustomerSummary } from '#contract/customers.ts'
import { nameKey, phoneDigits } from '#contract/names.ts'
import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { QueryContext } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { cursorOf, pageOf, pageOfAll } from '../kernel/paging.ts'
import { customersFound } from '../search/queries.ts'
import { living } from './living.ts'
import { contactsOf, customerByUid, customerPage, phonesOf, sameNameOrPhone } from './store.ts'
import { customerSummaries } from './views.ts'

/** The record a uid names, merged or not; a merged one says where the customer lives on. */
export function getCustomer(ctx: QueryContext, input: { uid: string }): Customer {
  const row = found(customerByUid(ctx.db, input.uid), 'customer')
  return {
    id: row.id,
    uid: row.uid,
    version: row.version,
    kind: row.kind,
    name: row.name,
    phones: phonesOf(ctx.db, row.id).map(({ number, label }) => ({ number, label })),
    email: row.email,
    contacts: contactsOf(ctx.db, row.id),
    address: row.address,
    taxNumber: row.taxNumber,
    language: row.language,
    tier: row.tier,
    channel: row.channel,
    consentToContact: row.consentToContact,
    consentAt: row.consentAt,
    notes: row.notes,
    onAccount: row.onAccount,
    paymentDays: row.paymentDays,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    mergedIntoUid: row.mergedIntoId === null ? null : living(ctx.db, row).uid,
    erasedAt: row.erasedAt,
  }
}

const similarMax = 20

/** Customers that may be the same one: same phone in any format, or same name; newest first. */
export function similarCustomers(ctx: QueryContext, input: InputOf<'customers.similar'>): CustomerSummary[] {
  const digits = (input.phones ?? []).map((phone) => phoneDigits(phone, ctx.settings.country)).filter(Boolean)
  const key = nameKey(input.name ?? '')
  if (key === '' && digits.length === 0) return []
  return customerSummaries(ctx.db, sameNameOrPhone(ctx.db, key, digits, input.exceptId ?? 0, similarMax))
}

/** A text that finds more customers than these is not a useful one. */
const mostFound = 200

/** Customers, the newest first; with a text those it finds, the best match first. Merged records are not listed. */
export function listCustomers(
  ctx: QueryContext,
  input: InputOf<'customers.list'>,
): OutputOf<'customers.list'> {
  const { kind, tier } = input
  const cursor = cursorOf(input)
  if (!input.text) {
    const ids = customerPage(ctx.db, { kind, tier, beforeId: cursor.afterId }, cursor.limit + 1)
    return pageOf(customerSummaries(ctx.db, ids), cursor.limit)
  }
  const all = customerSummaries(ctx.db, customersFound(ctx, input.text, mostFound))
  const wanted = all.filter((row) => (!kind || row.kind === kind) && (!tier || row.tier === tier))
  return pageOfAll(wanted, cursor)
}

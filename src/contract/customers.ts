import { z } from 'zod'
import {
  at,
  changed,
  email,
  id,
  language,
  line,
  name,
  page,
  pageOf,
  phone,
  text,
  uid,
  version,
} from './fields.ts'
import { command, query } from './method.ts'

export const customerKinds = ['person', 'company'] as const
/** F6: VIP, Gold 金牌, Normal 普通. */
export const customerTiers = ['normal', 'gold', 'vip'] as const
export const channels = ['phone', 'sms', 'wechat', 'email', 'none'] as const

const contactFields = { name: name(80), role: line(60), phone: phone.nullable(), email: email.nullable() }

/** What a person types of a customer; phones keep the way they were written. */
export const customerFields = {
  kind: z.enum(customerKinds),
  name: name(120),
  phones: z.array(z.strictObject({ number: phone, label: line(30) })).max(10),
  email: email.nullable(),
  contacts: z.array(z.strictObject(contactFields)).max(20),
  address: text(400),
  taxNumber: line(40),
  language: language.nullable(),
  tier: z.enum(customerTiers),
  channel: z.enum(channels),
  consentToContact: z.boolean(),
  notes: text(2000),
  /** Buys on account (挂账): may take devices unpaid and is billed by statement. */
  onAccount: z.boolean(),
  /** Days from an invoice until it is due; 0 is at once. */
  paymentDays: z.int().min(0).max(365),
}
export const customerInput = z.strictObject(customerFields)
export type CustomerInput = z.output<typeof customerInput>

export const customerSummary = z.object({
  id,
  uid,
  kind: z.enum(customerKinds),
  name: z.string(),
  phone: z.string().nullable(),
  tier: z.enum(customerTiers),
  language: language.nullable(),
  openRepairs: z.int(),
  repairs: z.int(),
})
export type CustomerSummary = z.output<typeof customerSummary>

export const customer = z.object({
  id,
  uid,
  version,
  kind: z.enum(customerKinds),
  name: z.string(),
  phones: z.array(z.object({ number: z.string(), label: z.string() })),
  email: z.string().nullable(),
  contacts: z.array(
    z.object({
      name: z.string(),
      role: z.string(),
      phone: z.string().nullable(),
      email: z.string().nullable(),
    }),
  ),
  address: z.string(),
  taxNumber: z.string(),
  language: language.nullable(),
  tier: z.enum(customerTiers),
  channel: z.enum(channels),
  consentToContact: z.boolean(),
  consentAt: at.nullable(),
  notes: z.string(),
  onAccount: z.boolean(),
  paymentDays: z.int(),
  createdAt: at,
  updatedAt: at,
  /** Set when this record was merged: where it lives on. */
  mergedIntoUid: uid.nullable(),
  /** Their personal data was erased then: what documents must keep is all that is left. */
  erasedAt: at.nullable(),
})
export type Customer = z.output<typeof customer>

export const customersContract = {
  list: query(
    'customers.read',
    {
      text: line(120).optional(),
      kind: z.enum(customerKinds).optional(),
      tier: z.enum(customerTiers).optional(),
      ...page,
    },
    pageOf(customerSummary),
  ),
  get: query('customers.read', { uid }, customer),
  /** Customers that may be the same one: same phone, or same name. */
  similar: query(
    'customers.read',
    { name: line(120).optional(), phones: z.array(line(40)).max(10).optional(), exceptId: id.optional() },
    z.array(customerSummary),
  ),
  create: command('customers.write', customerFields, customerSummary.extend({ version })),
  update: command('customers.write', { customerId: id, version, ...customerFields }, changed),
  /** Everything of `fromId` goes to `intoId`; `fromId` stays as a signpost. */
  merge: command(
    'customers.merge',
    { intoId: id, intoVersion: version, fromId: id, fromVersion: version },
    changed,
  ),
}

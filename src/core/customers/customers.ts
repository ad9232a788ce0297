import { customerTiers, type CustomerInput } from '#contract/customers.ts'
import { phoneDigits } from '#contract/names.ts'

export interface PhoneLine {
  readonly number: string
  readonly label: string
  readonly digits: string
}

/**
 * Phones with their normal form in the shop's country. A number given twice, in whatever formats, is written once,
 * the way it was given first.
 */
export function phoneLines(
  phones: readonly { readonly number: string; readonly label: string }[],
  country: string,
): PhoneLine[] {
  const lines = phones.map(({ number, label }) => ({ number, label, digits: phoneDigits(number, country) }))
  return distinctPhones(lines)
}

/** Each number once, where it stands first. */
export function distinctPhones(lines: readonly PhoneLine[]): PhoneLine[] {
  const seen = new Set<string>()
  return lines.filter(({ digits }) => !seen.has(digits) && seen.add(digits))
}

/** When consent was given: kept while it lasts, gone when it is taken back. */
export function consentMoment(
  now: number,
  consents: boolean,
  before: { readonly consentToContact: boolean; readonly consentAt: number | null } | null,
): number | null {
  if (!consents) return null
  return before?.consentToContact ? (before.consentAt ?? now) : now
}

/** Digits a customer is found by: own phones and those of the contacts, each once. */
export function findableDigits(
  phones: readonly { readonly digits: string }[],
  contacts: readonly { readonly phone: string | null }[],
  country: string,
): string[] {
  const ofContacts = contacts.flatMap(({ phone }) => (phone ? [phoneDigits(phone, country)] : []))
  return [...new Set([...phones.map(({ digits }) => digits), ...ofContacts])]
}

/** Other names a customer is found by: the contacts' names and e-mail addresses. */
export function findableNames(customer: {
  readonly email: string | null
  readonly contacts: readonly { readonly name: string; readonly email: string | null }[]
}): string[] {
  const texts = [customer.email, ...customer.contacts.flatMap(({ name, email }) => [name, email])]
  return [...new Set(texts.filter((text): text is string => text !== null && text !== ''))]
}

type Tier = CustomerInput['tier']

/** The higher of two tiers (F6: Normal, Gold, VIP). */
export function higherTier(a: Tier, b: Tier): Tier {
  return customerTiers.indexOf(a) >= customerTiers.indexOf(b) ? a : b
}

/** What a merge can change of the customer that stays. */
export interface MergeableFields {
  readonly name: string
  readonly email: string | null
  readonly address: string
  readonly taxNumber: string
  readonly language: string | null
  readonly tier: Tier
  readonly notes: string
}

/** Longest notes a person can type; what does not fit stays readable on the merged record. */
const notesMax = 2000

/**
 * The fields of the customer that stays after a merge: its own, filled up from the other where it has none; the
 * higher tier; both notes. Consent is not taken over: it was given for one record only.
 */
export function mergedFields(into: MergeableFields, from: MergeableFields): Omit<MergeableFields, 'name'> {
  const notes = [into.notes, from.notes].filter((text) => text !== '').join('\n')
  return {
    email: into.email ?? from.email,
    address: into.address || from.address,
    taxNumber: into.taxNumber || from.taxNumber,
    language: into.language ?? from.language,
    tier: higherTier(into.tier, from.tier),
    notes: notes.length <= notesMax ? notes : into.notes,
  }
}

/** How two contacts are told apart. */
export function contactKey(contact: {
  readonly name: string
  readonly phone: string | null
  readonly email: string | null
}): string {
  return [contact.name, contact.phone ?? '', contact.email ?? ''].join('\n').toLowerCase()
}

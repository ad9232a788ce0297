import type { Change } from '../context.ts'

/**
 * What of a change waits for headquarters. The outbox is append-only, so nothing that erasing must reach may get into
 * it: texts about a customer stand in their record, from where the sender reads them as they are by then (decision
 * 015). Pure.
 */

/** What is changed here is somebody's: their device, its repair, their papers. */
const aboutCustomers = new Set([
  'charges',
  'customers',
  'devices',
  'disposals',
  'invoices',
  'loaners',
  'notices',
  'payments',
  'quotes',
  'repairs',
  'work',
])

/** Texts people type there, and what names one device or person; everything else is numbers, states and days. */
const texts = new Set(
  `name address buyer vendor serial serialOut serialBack seller notes imei1 imei2 faultText internalNote otherReference
  mayCollect collectedBy noSignatureNote lockNote overrideReason suspendReason earlyReason waiveReason voidReason reason
  reference note findings text detail description title conditionOut conditionIn decidedBy memo decisionNote subject
  body problem customerName customerAddress customerTaxNumber`.split(/\s+/),
)

/** JSON of a change without what only the record itself may hold. */
export function outboxPayload({ entity, payload }: Pick<Change, 'entity' | 'payload'>): string {
  if (!aboutCustomers.has(entity)) return JSON.stringify(payload)
  return JSON.stringify(payload, (key, value: unknown) => (texts.has(key) ? undefined : value))
}

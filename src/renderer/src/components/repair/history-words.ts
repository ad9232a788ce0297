import type { TimelineRow } from '#contract/repairs.ts'

/**
 * Which facts of a history line are for reading, and where their words stand. The core writes codes, names and
 * numbers; a key that is in none of these lists would reach a person as the program calls it.
 */

type Detail = TimelineRow['detail']

/** What a line that moved nothing is about: the first of these it has gives the line its title. */
export const subjects = [
  'disposal',
  'money',
  'act',
  'quoteAct',
  'partState',
  'partArrived',
  'loanerState',
  'notice',
  'labour',
  'labourRemoved',
  'test',
  'externalResult',
  'vendor',
  'reportLink',
  'accessory',
  'codes',
] as const

/** Facts that are shown, in this order. */
export const shownFacts = [
  'engineerId',
  'outcome',
  'satisfaction',
  'lock',
  'wakeOn',
  'nextTryOn',
  'requestedOn',
  'dueOn',
  'collectedBy',
  'disposal',
  'buyer',
  'proceedsMinor',
  'costsMinor',
  'mediaWiped',
  'accessoriesReturned',
  'accessoriesKept',
  'accessory',
  'part',
  'partArrived',
  'partState',
  'partQuantity',
  'serial',
  'loaner',
  'loanerState',
  'loanerDueOn',
  'act',
  'money',
  'chargeKind',
  'what',
  'payer',
  'number',
  'invoice',
  'creditNote',
  'document',
  'fromNumber',
  'amountMinor',
  'method',
  'notice',
  'channel',
  'reportLink',
  'noSignatureReason',
  'noSignatureNote',
  'quote',
  'quoteAct',
  'quoteWay',
  'quoteBy',
  'quoteLate',
  'validUntil',
  'approvedMinor',
  'vendor',
  'reference',
  'expectedOn',
  'externalResult',
  'serialOut',
  'serialBack',
  'costMinor',
  'labour',
  'labourRemoved',
  'minutes',
  'test',
  'failed',
  'overrideReason',
  'reasonId',
  'try',
  'failures',
  'attempt',
  'name',
  'source',
] as const

/**
 * Facts that are the program's own: counts and ids, the repair's number on its own page, and what the line's text
 * says already.
 */
export const unreadFacts: ReadonlySet<string> = new Set(['uid', 'codes', 'consent', 'provider', 'number'])

/** Nothing happened of which these count or measure something. */
const silentAtZero: ReadonlySet<string> = new Set([
  'accessoriesKept',
  'accessoriesReturned',
  'costMinor',
  'costsMinor',
  'failed',
  'minutes',
])

/** Where the words of coded values stand. */
export const wordsOf: Readonly<Record<string, string>> = {
  priority: 'states.priority',
  backup: 'states.backup',
  partsPolicy: 'states.partsPolicy',
  warrantyKind: 'states.warranty',
  outcome: 'states.outcome',
  satisfaction: 'states.satisfaction',
  lock: 'states.lock',
  channel: 'states.channel',
  noSignatureReason: 'states.noSignature',
  source: 'repairs.source',
  reworkKind: 'states.reworkKind',
  quoteAct: 'states.quoteAct',
  quoteWay: 'states.quoteWay',
  externalResult: 'states.externalResult',
  test: 'states.test',
  partState: 'repairParts.state',
  loanerState: 'timeline.loanerState',
  act: 'timeline.title.act',
  money: 'timeline.title.money',
  chargeKind: 'billing.chargeKind',
  payer: 'billing.payer',
  method: 'billing.method',
  notice: 'notices.kind',
  disposal: 'disposals.kind',
  toldBy: 'timeline.toldBy',
  reportLink: 'timeline.title.reportLink',
}

/** Facts that are a person's or a document's own words, the same in every language. */
export const ownWords: ReadonlySet<string> = new Set([
  'accessory',
  'buyer',
  'collectedBy',
  'creditNote',
  'document',
  'fromNumber',
  'invoice',
  'labour',
  'labourRemoved',
  'loaner',
  'name',
  'noSignatureNote',
  'overrideReason',
  'part',
  'partArrived',
  'quote',
  'quoteBy',
  'receipt',
  'reference',
  'serial',
  'serialBack',
  'serialOut',
  'stockOverride',
  'vendor',
  'what',
])

/** Acts that move no money of their own: the number beside them is the invoice's. */
const withInvoiceNumber: ReadonlySet<string> = new Set([
  'deposit_applied',
  'credit_applied',
  'deposit_taken_back',
  'credit_taken_back',
])

/**
 * The name a fact is read under, which may depend on what the line is about: a number beside money is a receipt's,
 * a channel beside a notice is how the customer was told. Undefined when it is not for reading there.
 */
export function readAs(key: string, detail: Detail): string | undefined {
  if (key === 'number') {
    if (typeof detail['money'] !== 'string') return undefined
    return withInvoiceNumber.has(detail['money']) ? 'invoice' : 'receipt'
  }
  if (key === 'channel' && 'notice' in detail) return 'toldBy'
  if (key === 'overrideReason' && 'part' in detail) return 'stockOverride'
  return key
}

/** True for a fact that says nothing: not given, not so, or none of what it counts. */
export function isSilent(key: string, value: Detail[string] | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true
  return value === 0 && silentAtZero.has(key)
}

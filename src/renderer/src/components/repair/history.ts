import type { TimelineRow } from '#contract/repairs.ts'
import { formatMoney, formatOn } from '@/app/format.ts'
import { hasText, translate } from '@/app/i18n.ts'

/** Words for the lines of a repair's history: what was done, what was changed, and what was given with it. */

type Value = TimelineRow['detail'][string]
/** Names dictionary entries and people by id, as the field says which; the history keeps ids only. */
export type NameOf = (id: number, field: string) => string

export interface ChangeText {
  readonly field: string
  readonly from: string
  readonly to: string
}

/** Where the words of coded values stand. */
const wordsOf: Readonly<Record<string, string>> = {
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
}

export function fieldLabel(field: string): string {
  const label = `repairs.field.${field}`
  return hasText(label) ? translate(label) : field
}

function valueText(field: string, value: Value | undefined, nameOf: NameOf): string {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return translate(value ? 'common.yes' : 'common.no')
  if (typeof value === 'number') {
    if (field.endsWith('Minor')) return formatMoney(value)
    return field.endsWith('Id') ? nameOf(value, field) || String(value) : String(value)
  }
  if (field.endsWith('On') && /^\d{4}-\d{2}-\d{2}$/.test(value)) return formatOn(value)
  const words = `${wordsOf[field] ?? ''}.${value}`
  return hasText(words) ? translate(words) : value
}

/** What happened, in a few words. */
export function lineTitle(row: TimelineRow): string {
  if (row.action !== null && (row.kind === 'move' || row.kind === 'contact')) {
    return translate(`states.action.${row.action}`)
  }
  return translate(`repairs.history.${row.kind}`)
}

/** Fields that were changed, old and new. Ids that mean nothing to a reader are left out. */
export function changesOf(row: TimelineRow, nameOf: NameOf): ChangeText[] {
  return Object.keys(row.detail)
    .filter((key) => key.endsWith('.from') && key !== 'customerId.from')
    .map((key) => {
      const field = key.slice(0, -'.from'.length)
      return {
        field: fieldLabel(field),
        from: valueText(field, row.detail[`${field}.from`], nameOf),
        to: valueText(field, row.detail[`${field}.to`], nameOf),
      }
    })
}

/** What else was written down with it; counts and ids of the program's own are not for reading. */
const shownFacts = [
  'engineerId',
  'outcome',
  'satisfaction',
  'lock',
  'wakeOn',
  'nextTryOn',
  'requestedOn',
  'dueOn',
  'collectedBy',
  'accessoriesReturned',
  'accessoriesKept',
  'accessory',
  'serial',
  'channel',
  'noSignatureReason',
  'noSignatureNote',
  'quote',
  'quoteAct',
  'quoteWay',
  'quoteBy',
  'approvedMinor',
  'vendor',
  'externalResult',
  'serialOut',
  'serialBack',
  'labour',
  'minutes',
  'test',
  'overrideReason',
  'reasonId',
  'try',
  'failures',
  'attempt',
  'name',
  'source',
]

/** The facts of a line as label and value, in a fixed order. */
export function factsOf(row: TimelineRow, nameOf: NameOf): { label: string; value: string }[] {
  return shownFacts
    .filter((key) => (row.detail[key] ?? null) !== null && row.detail[key] !== '')
    .map((key) => ({ label: fieldLabel(key), value: valueText(key, row.detail[key], nameOf) }))
}

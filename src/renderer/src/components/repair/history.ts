import type { TimelineRow } from '#contract/repairs.ts'
import { formatMoney, formatNumber, formatOn } from '@/app/format.ts'
import { hasText, translate } from '@/app/i18n.ts'
import { isSilent, readAs, shownFacts, subjects, wordsOf } from './history-words.ts'

/** Words for the lines of a repair's history: what was done, what was changed, and what was given with it. */

type Value = TimelineRow['detail'][string]
/** Names dictionary entries and people by id, as the field says which; the history keeps ids only. */
export type NameOf = (id: number, field: string) => string

export interface ChangeText {
  readonly field: string
  readonly from: string
  readonly to: string
}

export function fieldLabel(field: string): string {
  const label = [`timeline.field.${field}`, `repairs.field.${field}`].find(hasText)
  return label === undefined ? field : translate(label)
}

function valueText(field: string, value: Value | undefined, nameOf: NameOf): string {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return translate(value ? 'common.yes' : 'common.no')
  if (typeof value === 'number') {
    if (field.endsWith('Minor')) return formatMoney(value)
    return field.endsWith('Id') ? nameOf(value, field) || String(value) : formatNumber(value)
  }
  if (/(On|Until)$/.test(field) && /^\d{4}-\d{2}-\d{2}$/.test(value)) return formatOn(value)
  const words = `${wordsOf[field] ?? ''}.${value}`
  return hasText(words) ? translate(words) : value
}

/** The fact that gives a line its title: what moved nothing is called by what it is about. */
function subjectOf({ kind, detail }: TimelineRow): { key: string; title: string } | undefined {
  if (kind !== 'edit') return undefined
  const key = subjects.find((one) => !isSilent(one, detail[one]) || detail[one] === 0)
  if (key === undefined) return undefined
  const title = [`timeline.title.${key}.${String(detail[key])}`, `timeline.title.${key}.any`].find(hasText)
  return title === undefined ? undefined : { key, title }
}

/** What happened, in a few words. */
export function lineTitle(row: TimelineRow): string {
  if (row.action !== null && (row.kind === 'move' || row.kind === 'contact')) {
    return translate(`states.action.${row.action}`)
  }
  return translate(subjectOf(row)?.title ?? `repairs.history.${row.kind}`)
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

/** The facts of a line as label and value, in a fixed order; what its title says is not said again. */
export function factsOf(row: TimelineRow, nameOf: NameOf): { label: string; value: string }[] {
  const { detail } = row
  const subject = subjectOf(row)
  const said = subject && hasText(`timeline.title.${subject.key}.${String(detail[subject.key])}`)
  return shownFacts.flatMap((key) => {
    const field = readAs(key, detail)
    if (field === undefined || isSilent(key, detail[key]) || (said && key === subject.key)) return []
    return [{ label: fieldLabel(field), value: valueText(field, detail[key], nameOf) }]
  })
}

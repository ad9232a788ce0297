import type { Language } from '#contract/fields.ts'
import type { PersonData } from '#contract/transfer.ts'
import { formatDay, formatMoment, formatMoney } from '../documents/format.ts'
import { escaped } from '../html.ts'
import { reportWords } from '../report/words.ts'
import { personWords } from './person-words.ts'
import type { PersonWords } from './person-words-kind.ts'

export interface PersonPage {
  readonly data: PersonData
  readonly language: Language
  readonly shop: { readonly name: string; readonly timeZone: string; readonly currency: string }
  readonly now: number
}

const style = `body{font:15px/1.5 system-ui,"Noto Sans SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;
color:#1f2329;background:#fff}h1{font-size:1.5rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:0 0 1rem;padding:0 0 1rem;
border-bottom:1px solid #dfe3e8}dt{color:#5b6470}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}`

function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_all, key: string) => values[key] ?? '')
}

/** A value as the person reads it: moments, days and amounts in words, codes of states as on their report. */
function shown({ language, shop }: PersonPage, words: PersonWords, column: string, value: unknown): string {
  if (typeof value === 'number') {
    if (/(^|_)at$/.test(column)) return formatMoment(value, shop.timeZone, language)
    if (column.endsWith('_minor')) return formatMoney(value, shop.currency, language)
    if (column.startsWith('consent') || column === 'account_locked') return value === 1 ? words.yes : words.no
  }
  const text = String(value)
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return formatDay(text, language)
  const states: Readonly<Record<string, string>> = reportWords[language].states
  return (column === 'state' ? states[text] : words.values[column]?.[text]) ?? text
}

/** Which repair and when: alone they say nothing. */
const frame = new Set(['repair', 'at'])

function rowPart(
  page: PersonPage,
  words: PersonWords,
  table: string,
  row: Readonly<Record<string, unknown>>,
): string {
  let told = 0
  const facts = Object.entries(words.columns).flatMap(([key, label]) => {
    const [own, ...rest] = key.split('.').toReversed()
    const column = own ?? key
    if (rest.length > 0 && rest[0] !== table) return []
    const value = row[column]
    if (value === null || value === undefined || value === '') return []
    if (!frame.has(column)) told++
    return [`<dt>${escaped(label)}</dt><dd>${escaped(shown(page, words, column, value))}</dd>`]
  })
  return told === 0 ? '' : `<dl>${facts.join('')}</dl>`
}

/** What a shop keeps about a person, as a page that needs nothing but a browser. */
export function personPage(page: PersonPage): string {
  const { data, language, shop, now } = page
  const words = personWords[language]
  const title = escaped(filled(words.title, { shop: shop.name, name: data.name }))
  const sections = Object.entries(words.tables).flatMap(([table, heading]) => {
    const rows = data.tables.find((one) => one.table === table)?.rows ?? []
    const parts = rows.map((row) => rowPart(page, words, table, row)).join('')
    return parts === '' ? [] : [`<h2>${escaped(heading)}</h2>${parts}`]
  })
  const notes = [data.files.length > 0 ? words.pictures : '', words.machine, words.notHere]
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${style}</style></head><body>
<h1>${title}</h1>
<p>${escaped(filled(words.made, { at: formatMoment(now, shop.timeZone, language) }))} ${escaped(words.intro)}</p>
${sections.join('\n')}
${notes
  .filter(Boolean)
  .map((note) => `<p>${escaped(note)}</p>`)
  .join('\n')}
</body></html>
`
}

import {
  importFields,
  type ImportColumn,
  type ImportField,
  type ImportProfileDraft,
  type ImportTarget,
} from '#contract/import-profile.ts'
import { foldHeading, foldWord } from '#contract/names.ts'
import { compileDates } from './dates.ts'
import { emptyWords, headingWords, keyWords, optionWords } from './vocabulary.ts'

export interface Suggestion {
  /** A draft for the wizard: its required fields may still be unfilled. */
  readonly profile: ImportProfileDraft
  /** Headings nothing was found for. */
  readonly unmatchedColumns: readonly string[]
  /** Headings of dates that could be day-month or month-day by all samples; day-month was put first. */
  readonly ambiguousDates: readonly string[]
}

export interface SuggestOptions {
  readonly id?: string
  readonly name?: { readonly zh: string; readonly en: string }
  /** Decimals of the shop's currency; 2 by default. */
  readonly currencyDecimals?: number
}

type Rows = readonly (readonly string[])[]

/** Formats tried on the samples, in this order: what all of them fit, else what most of the rest fit. */
const dateFormats = [
  'YYYY-MM-DD',
  'YYYY/M/D',
  'YYYY年M月D日',
  'YYYY.M.D',
  'D/M/YYYY',
  'M/D/YYYY',
  'D.M.YYYY',
  'D-M-YYYY',
  'M-D-YYYY',
  'D/M/YY',
  'M/D/YY',
  'YYYYMMDD',
  'EXCEL',
]
/** The same figures read in two ways. */
const mirrored: Readonly<Record<string, string>> = {
  'D/M/YYYY': 'M/D/YYYY',
  'D-M-YYYY': 'M-D-YYYY',
  'D/M/YY': 'M/D/YY',
}

/** Scores from here on are those of whole words. */
const wholeWord = 500

/** How well a heading names a field: whole words beat parts, long parts beat short ones. 0 is not at all. */
function score(heading: string, words: readonly string[]): number {
  let best = 0
  words.forEach((word, order) => {
    const folded = foldHeading(word)
    if (heading === folded) best = Math.max(best, 1000 - order)
    // A part of a Latin heading says little ("notes" is in "denotes"), so only longer ones count.
    else if (folded.length >= (/^[\u0020-\u007e]+$/.test(folded) ? 5 : 2) && heading.includes(folded))
      best = Math.max(best, folded.length)
  })
  return best
}

/** The best pairs of column and field, each used once. */
function matchColumns(target: ImportTarget, columns: readonly string[]): Map<number, string> {
  const keys = new Set(Object.values(keyWords).flat().map(foldHeading))
  const pairs = columns.flatMap((column, index) => {
    const heading = foldHeading(column)
    // A customer's number is not the customer's name, although its heading begins like one.
    const least = keys.has(heading) ? wholeWord : 1
    return Object.entries(headingWords[target])
      .map(([field, words]) => ({ index, field, score: score(heading, words) }))
      .filter((pair) => pair.score >= least)
  })
  const matched = new Map<number, string>()
  const taken = new Set<string>()
  for (const pair of pairs.sort((a, b) => b.score - a.score)) {
    if (matched.has(pair.index) || taken.has(pair.field)) continue
    matched.set(pair.index, pair.field)
    taken.add(pair.field)
  }
  return matched
}

function samplesOf(rows: Rows, index: number): string[] {
  const empty = new Set(emptyWords.map(foldWord))
  return rows
    .map((row) => row[index]?.trim() ?? '')
    .filter((cell) => cell !== '' && !empty.has(foldWord(cell)))
}

/** The formats that together read all samples, most fitting first; the ISO format when there is nothing to go by. */
export function detectDateFormats(samples: readonly string[]): { formats: string[]; ambiguous: boolean } {
  const formats: string[] = []
  let rest = [...samples]
  while (rest.length > 0) {
    const counts = dateFormats.map((format) => {
      const read = compileOne(format)
      return { format, fits: rest.filter((sample) => read(sample)) }
    })
    const best = counts.reduce((a, b) => (b.fits.length > a.fits.length ? b : a))
    if (best.fits.length === 0) break
    formats.push(best.format)
    const fits = new Set(best.fits)
    rest = rest.filter((sample) => !fits.has(sample))
  }
  const mirror = mirrored[formats[0] ?? '']
  const ambiguous = mirror !== undefined && samples.every(compileOne(mirror))
  return { formats: formats.length > 0 ? formats : ['YYYY-MM-DD'], ambiguous }
}

/** A reader of this format alone: dates are otherwise also read as ISO. */
function compileOne(format: string): (sample: string) => boolean {
  const read = compileDates([format])
  const iso = format === 'YYYY-MM-DD' ? null : compileDates([])
  return (sample) => read(sample) !== null && (iso === null || iso(sample) === null)
}

function wordsOf(field: ImportField): Record<string, string> {
  const map: Record<string, string> = {}
  for (const [code, words] of Object.entries(optionWords[field.field] ?? {}))
    for (const word of words) map[word] = code
  return map
}

function usesDecimalComma(samples: readonly string[]): boolean {
  return (
    samples.some((sample) => /,\d{1,2}$/.test(sample)) && !samples.some((sample) => /\.\d{1,2}$/.test(sample))
  )
}

function suggestColumn(
  field: ImportField,
  column: string,
  samples: readonly string[],
  options: SuggestOptions,
): ImportColumn {
  const base: ImportColumn = { column, field: field.field, emptyValues: [...emptyWords] }
  switch (field.kind) {
    case 'date':
    case 'datetime':
      return { ...base, date: { formats: detectDateFormats(samples).formats } }
    case 'code':
      // "Unknown" is an answer here, not an empty cell.
      return field.options ? { column, field: field.field, valueMap: wordsOf(field) } : base
    case 'money':
      return {
        ...base,
        number: {
          decimals: options.currencyDecimals ?? 2,
          decimalMark: usesDecimalComma(samples) ? ',' : '.',
        },
      }
    case 'decimal':
    case 'integer':
      return { ...base, number: { decimalMark: usesDecimalComma(samples) ? ',' : '.', outOfRange: 'empty' } }
    default:
      return base
  }
}

/**
 * How a column is best read as a field, from values found in it; undefined when the target has no such field.
 * `ambiguousDate`: they could be day-month or month-day.
 */
export function proposeColumn(
  target: ImportTarget,
  name: string,
  column: string,
  values: readonly string[],
  options: SuggestOptions = {},
): { readonly column: ImportColumn; readonly ambiguousDate: boolean } | undefined {
  const field = importFields[target].find((one) => one.field === name)
  if (!field) return undefined
  const samples = samplesOf(
    values.map((value) => [value]),
    0,
  )
  const ambiguousDate = field.kind === 'date' && detectDateFormats(samples).ambiguous
  return { column: suggestColumn(field, column, samples, options), ambiguousDate }
}

function isUnique(samples: readonly string[], rows: Rows): boolean {
  return rows.length > 0 && samples.length === rows.length && new Set(samples).size === samples.length
}

/**
 * What identifies a row: a column called so whose samples all differ, else the serial, else name and phone
 * together; else nothing, and the whole row is its own key.
 */
function suggestKey(
  target: ImportTarget,
  columns: readonly string[],
  rows: Rows,
  matched: Map<number, string>,
): string[] {
  const named = new Set(keyWords[target].map(foldHeading))
  const byName = columns.findIndex(
    (column, index) => named.has(foldHeading(column)) && isUnique(samplesOf(rows, index), rows),
  )
  const headingOf = (field: string): string[] => columns.filter((_, index) => matched.get(index) === field)
  if (byName >= 0) return columns.slice(byName, byName + 1)
  for (const field of target === 'repairs' ? ['number'] : ['serial', 'imei1']) {
    const index = columns.findIndex((_, at) => matched.get(at) === field)
    if (index >= 0 && isUnique(samplesOf(rows, index), rows)) return headingOf(field)
  }
  if (target !== 'customers') return []
  return [...headingOf('name'), ...headingOf('phones')]
}

/**
 * Proposes a profile for a file from its headings (Chinese or English) and its first rows: which column is
 * which field, in what format dates are, what the shop's words for fixed options mean, what identifies a row.
 */
export function suggestMapping(
  target: ImportTarget,
  columns: readonly string[],
  rows: Rows,
  options: SuggestOptions = {},
): Suggestion {
  const matched = matchColumns(target, columns)
  const key = suggestKey(target, columns, rows, matched)
  const mapped: ImportColumn[] = []
  const ambiguousDates: string[] = []
  for (const field of importFields[target]) {
    const index = columns.findIndex((_, at) => matched.get(at) === field.field)
    const column = columns[index]
    if (column === undefined) continue
    const samples = samplesOf(rows, index)
    mapped.push(suggestColumn(field, column, samples, options))
    if (field.kind === 'date' && detectDateFormats(samples).ambiguous) ambiguousDates.push(column)
  }
  return {
    profile: {
      id: options.id ?? `my-${target}`,
      name: options.name ?? { zh: target, en: target },
      target,
      sourceKey: key,
      columns: mapped,
    },
    unmatchedColumns: columns.filter((column, index) => !matched.has(index) && !key.includes(column)),
    ambiguousDates,
  }
}

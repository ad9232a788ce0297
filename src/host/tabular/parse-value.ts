import type { ErrorCode, ErrorParams } from '#contract/errors.ts'
import type { ImportColumn, ImportField, ImportWarning } from '#contract/import-profile.ts'
import { cleanText, decodeEscapes, decodeHtml, foldWord } from './clean.ts'
import { compileDates } from './dates.ts'
import { isDestroyedIdentifier, readDecimal, readScaled } from './numbers.ts'
import { readPhone, readPhones } from './phones.ts'

export type ImportValue = string | number | null

/** What became of one cell: a value, perhaps with a warning, or the reason why it is none. */
export type Parsed =
  | { readonly ok: true; readonly value: ImportValue; readonly warning?: ImportWarning }
  | { readonly ok: false; readonly code: ErrorCode; readonly params: ErrorParams }

export type CellParser = (raw: string) => Parsed

/** How a column reads its cells: the profile's column without its heading. */
export type ValueRules = Omit<ImportColumn, 'column' | 'field' | 'emptyIfSameAs'>

const nothing: Parsed = { ok: true, value: null }
/** A rejected value is shown in the rejects file, but not at length. */
const shownLength = 80

function refuse(code: ErrorCode, value: string, params: ErrorParams = {}): Parsed {
  const shown = value.length > shownLength ? `${value.slice(0, shownLength)}…` : value
  return { ok: false, code, params: { value: shown, ...params } }
}

function accept(value: ImportValue): Parsed {
  return { ok: true, value }
}

function textReader(field: ImportField): CellParser {
  return (text) => {
    if (text.length > field.maxLength) {
      return refuse('import.value_too_long', text, { max: field.maxLength, actual: text.length })
    }
    return field.identifier && isDestroyedIdentifier(text)
      ? refuse('import.value_destroyed', text)
      : accept(text)
  }
}

function codeReader(field: ImportField): CellParser {
  const options = new Map(field.options?.map((option) => [foldWord(option), option]))
  const plain = textReader(field)
  if (options.size === 0) return plain
  return (text) => {
    const option = options.get(foldWord(text))
    return option === undefined ? refuse('import.value_unknown', text) : accept(option)
  }
}

function dateReader(field: ImportField, rules: ValueRules): CellParser {
  const read = compileDates(rules.date?.formats ?? [])
  return (text) => {
    const parts = text.length <= field.maxLength ? read(text) : null
    if (!parts) return refuse('import.value_not_a_date', text)
    return accept(field.kind === 'date' ? parts.on : `${parts.on}T${parts.time}`)
  }
}

function readNumber(field: ImportField, rules: ValueRules, text: string): number | null {
  const mark = rules.number?.decimalMark ?? '.'
  if (text.length > field.maxLength) return null
  if (field.kind === 'decimal') return readDecimal(text, mark)
  return readScaled(text, field.kind === 'money' ? (rules.number?.decimals ?? 2) : 0, mark)
}

function numberReader(field: ImportField, rules: ValueRules): CellParser {
  const min = Math.max(field.min ?? -Infinity, rules.number?.min ?? -Infinity)
  const max = Math.min(field.max ?? Infinity, rules.number?.max ?? Infinity)
  return (text) => {
    const value = readNumber(field, rules, text)
    if (value === null) return refuse('import.value_not_a_number', text)
    if (value >= min && value <= max) return accept(value)
    if (rules.number?.outOfRange === 'empty')
      return { ok: true, value: null, warning: 'import.warning.value_emptied' }
    const bounds = { min: Number.isFinite(min) ? min : null, max: Number.isFinite(max) ? max : null }
    return refuse('import.value_out_of_range', text, bounds)
  }
}

function phoneReader(field: ImportField): CellParser {
  return (text) => {
    if (isDestroyedIdentifier(text)) return refuse('import.value_destroyed', text)
    if (text.length > field.maxLength)
      return refuse('import.value_too_long', text, { max: field.maxLength, actual: text.length })
    const read = field.multiple ? (readPhones(text)?.join('\n') ?? null) : readPhone(text)
    return read === null ? refuse('field.phone', text) : accept(read)
  }
}

function readerOf(field: ImportField, rules: ValueRules): CellParser {
  switch (field.kind) {
    case 'text':
      return textReader(field)
    case 'code':
      return codeReader(field)
    case 'date':
    case 'datetime':
      return dateReader(field, rules)
    case 'integer':
    case 'decimal':
    case 'money':
      return numberReader(field, rules)
    case 'phone':
      return phoneReader(field)
  }
}

/** Looks a word up in the profile's map; undefined when the map lacks it and the word is to be kept. */
function wordMapper(field: ImportField, rules: ValueRules): (text: string) => Parsed | string {
  const words: Record<string, string> = rules.valueMap ?? {}
  const map = new Map(Object.entries(words).map(([word, code]) => [foldWord(word), code]))
  const unmapped = rules.unmapped ?? (field.options ? 'reject' : 'keep')
  const own = new Set(field.options?.map(foldWord))
  return (text) => {
    const folded = foldWord(text)
    const mapped = map.get(folded)
    if (mapped !== undefined) return mapped
    if (unmapped === 'keep' || own.has(folded)) return text
    if (unmapped === 'reject') return refuse('import.value_unknown', text)
    return { ok: true, value: null, warning: 'import.warning.value_emptied' }
  }
}

function emptied(parsed: Parsed): Parsed {
  return parsed.ok ? parsed : { ok: true, value: null, warning: 'import.warning.value_emptied' }
}

/**
 * Makes the reader of one column's cells: decode, clean, trim, empty words, word map, then the field's kind.
 * It never throws; `field.maxLength` counts after cleaning.
 */
export function compileCell(field: ImportField, rules: ValueRules): CellParser {
  const empty = new Set(rules.emptyValues?.map(foldWord))
  const mapWord = rules.valueMap ? wordMapper(field, rules) : null
  const read = readerOf(field, rules)
  const multiline = field.multiline === true || field.multiple === true
  const [html, escapes] = [
    rules.decode?.includes('html') ?? false,
    rules.decode?.includes('escapes') ?? false,
  ]

  function parse(text: string): Parsed {
    if (text === '') return nothing
    if (empty.size > 0 && empty.has(foldWord(text))) return nothing
    const word = mapWord ? mapWord(text) : text
    if (typeof word !== 'string') return word
    return word === '' ? nothing : read(word)
  }

  return (raw) => {
    if (raw === '') return nothing
    let decoded = html ? decodeHtml(raw) : raw
    if (escapes) decoded = decodeEscapes(decoded)
    const clean = cleanText(decoded, multiline)
    const parsed = parse(rules.trim === false ? clean.text : clean.text.trim())
    const result = rules.invalid === 'empty' ? emptied(parsed) : parsed
    return clean.removed && result.ok && !result.warning
      ? { ...result, warning: 'import.warning.control_removed' }
      : result
  }
}

/** Remembers what short cells became: brands, statuses and dates repeat thousands of times in a file. */
export function remember(parse: CellParser): CellParser {
  const seen = new Map<string, Parsed>()
  return (raw) => {
    if (raw.length > 64) return parse(raw)
    const known = seen.get(raw)
    if (known) return known
    const parsed = parse(raw)
    // The memory is bounded: a column of serials fills it once and is then simply parsed.
    if (seen.size < 4096) seen.set(raw, parsed)
    return parsed
  }
}

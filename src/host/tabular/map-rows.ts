import { createHash } from 'node:crypto'

import type { ErrorCode, ErrorParams } from '#contract/errors.ts'
import {
  importFields,
  type ImportColumn,
  type ImportField,
  type ImportProfile,
  type ImportProfileDraft,
  type ImportWarning,
} from '#contract/import-profile.ts'
import { foldHeading, foldWord } from '#contract/names.ts'
import { cleanText } from './clean.ts'
import { TabularError } from './errors.ts'
import { compileCell, remember, type CellParser, type ImportValue } from './parse-value.ts'

export type { ImportValue } from './parse-value.ts'

export interface MappingError {
  readonly field: string
  readonly code: ErrorCode
  readonly params: ErrorParams
}

export type MappedRow =
  | {
      readonly ok: true
      /** Identifies the row within its profile; the same row has the same key in every import. */
      readonly key: string
      /** Field → value; only the fields the profile fills, null where the row says nothing. */
      readonly values: Readonly<Record<string, ImportValue>>
      readonly warnings: readonly { readonly field: string; readonly code: ImportWarning }[]
    }
  | {
      readonly ok: false
      /** What could be read all the same. */
      readonly values: Readonly<Record<string, ImportValue>>
      readonly errors: readonly MappingError[]
    }

export interface CompiledProfile {
  /** Headings of the file that no part of the profile uses. */
  readonly unusedColumns: readonly string[]
  map(cells: readonly string[]): MappedRow
}

const maxKeyLength = 200

/** Finds the column by the accepted spellings, in their order; -1 when the file has none of them. */
function findColumn(spellings: string | readonly string[], folded: readonly string[]): number {
  for (const spelling of typeof spellings === 'string' ? [spellings] : spellings) {
    const at = folded.indexOf(foldHeading(spelling))
    if (at >= 0) return at
  }
  return -1
}

function firstSpelling(spellings: string | readonly string[]): string {
  return typeof spellings === 'string' ? spellings : (spellings[0] ?? '')
}

interface Step {
  readonly field: string
  readonly index: number
  readonly parse: CellParser
  readonly required: boolean
  readonly fallback: ImportValue
  readonly sameAs: string | undefined
}

/** A value written in the profile itself must be readable as its field, or the profile is wrong. */
function fixedValue(field: ImportField, written: string): ImportValue {
  const parsed = compileCell(field, {})(written)
  if (parsed.ok) return parsed.value
  throw new TabularError('import.profile_invalid', { field: field.field, value: written })
}

function checkWords(field: ImportField, column: ImportColumn): void {
  for (const code of Object.values(column.valueMap ?? {})) {
    if (code !== '' && field.options && !field.options.includes(code)) {
      throw new TabularError('import.profile_invalid', { field: field.field, value: code })
    }
  }
}

function compileStep(field: ImportField, column: ImportColumn, folded: readonly string[]): Step {
  const index = findColumn(column.column, folded)
  const required = column.required === true || field.required
  if (index < 0 && (column.required === true || (required && column.default === undefined))) {
    throw new TabularError('import.column_missing', {
      column: firstSpelling(column.column),
      field: field.field,
    })
  }
  checkWords(field, column)
  return {
    field: field.field,
    index,
    parse: compileColumn(field, column),
    required,
    fallback: column.default === undefined ? null : fixedValue(field, column.default),
    sameAs: column.emptyIfSameAs,
  }
}

function compileColumn(field: ImportField, column: ImportColumn): CellParser {
  try {
    const parse = compileCell(field, column)
    return field.multiline ? parse : remember(parse)
  } catch (error) {
    // The only thing that can fail here is a date format that names the same part twice.
    if (error instanceof SyntaxError) throw new TabularError('import.profile_invalid', { field: field.field })
    throw error
  }
}

function keyReader(
  profile: ImportProfileDraft,
  folded: readonly string[],
): (cells: readonly string[]) => string {
  const indices = profile.sourceKey.map((spellings) => {
    const index = findColumn(spellings, folded)
    if (index < 0)
      throw new TabularError('import.column_missing', {
        column: firstSpelling(spellings),
        field: 'sourceKey',
      })
    return index
  })
  const [only] = indices
  if (only !== undefined && indices.length === 1) return (cells) => bounded(keyPart(cells[only]))
  if (indices.length === 0) return (cells) => digest(cells.map(keyPart))
  return (cells) => {
    const parts = indices.map((index) => keyPart(cells[index]))
    return parts.every((part) => part === '')
      ? ''
      : bounded(parts.map((part) => part.replace(/[\\|]/g, '\\$&')).join('|'))
  }
}

function keyPart(cell: string | undefined): string {
  return cleanText(cell ?? '', false).text.trim()
}

function digest(parts: readonly string[]): string {
  return `sha256:${createHash('sha256').update(parts.join('\u001f')).digest('hex')}`
}

function bounded(key: string): string {
  return key.length > maxKeyLength ? digest([key]) : key
}

function sameText(a: ImportValue | undefined, b: ImportValue): boolean {
  return typeof a === 'string' && typeof b === 'string' && foldWord(a) === foldWord(b)
}

/**
 * Prepares a profile for a file with these headings, once; `map` is then called for every row. Throws
 * `import.column_missing` when a key column or a required column is not in the file, `import.profile_invalid`
 * when the profile itself cannot work. A profile whose required fields are unfilled maps no row, unless it is
 * tried out as a `draft`.
 */
export function compileProfile(
  profile: ImportProfile | ImportProfileDraft,
  columns: readonly string[],
  options: { readonly draft?: boolean } = {},
): CompiledProfile {
  const folded = columns.map(foldHeading)
  const fields = new Map(importFields[profile.target].map((field) => [field.field, field]))
  const fieldOf = (name: string): ImportField => {
    const field = fields.get(name)
    if (!field) throw new TabularError('import.profile_invalid', { field: name })
    return field
  }
  const steps = profile.columns.map((column) => compileStep(fieldOf(column.field), column, folded))
  const constants: Record<string, ImportValue> = {}
  for (const [name, written] of Object.entries(profile.constants ?? {}))
    constants[name] = fixedValue(fieldOf(name), written)
  const filled = new Set(['sourceKey', ...Object.keys(constants), ...steps.map((step) => step.field)])
  const missing = [...fields.values()].find((field) => field.required && !filled.has(field.field))
  if (missing && !options.draft)
    throw new TabularError('import.profile_invalid', { field: missing.field, reason: 'field_missing' })

  const used = new Set([
    ...steps.map((step) => step.index),
    ...profile.sourceKey.map((key) => findColumn(key, folded)),
  ])
  const readKey = keyReader(profile, folded)
  return {
    unusedColumns: columns.filter((_, index) => !used.has(index)),
    map: (cells) => mapCells(cells, steps, constants, readKey),
  }
}

type KeyReader = (cells: readonly string[]) => string

function mapCells(
  cells: readonly string[],
  steps: readonly Step[],
  constants: Record<string, ImportValue>,
  readKey: KeyReader,
): MappedRow {
  const key = readKey(cells)
  const values: Record<string, ImportValue> = { ...constants, sourceKey: key }
  const warnings: { field: string; code: ImportWarning }[] = []
  const errors: MappingError[] = []
  if (key === '') errors.push({ field: 'sourceKey', code: 'import.value_required', params: {} })
  for (const step of steps) {
    const parsed = step.parse(step.index < 0 ? '' : (cells[step.index] ?? ''))
    if (!parsed.ok) {
      errors.push({ field: step.field, code: parsed.code, params: parsed.params })
      continue
    }
    let value = parsed.value
    if (step.sameAs !== undefined && sameText(values[step.sameAs], value)) value = null
    value ??= step.fallback
    if (value === null && step.required)
      errors.push({ field: step.field, code: 'import.value_required', params: {} })
    if (parsed.warning) warnings.push({ field: step.field, code: parsed.warning })
    values[step.field] = value
  }
  return errors.length > 0 ? { ok: false, values, errors } : { ok: true, key, values, warnings }
}

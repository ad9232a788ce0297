import {
  importFields,
  type ImportColumn,
  type ImportField,
  type ImportProfile,
  type ImportProfileDraft,
  type ImportTarget,
} from '#contract/import-profile.ts'
import { foldHeading, foldWord } from '#contract/names.ts'
import { newCommandId } from '@/client/index.ts'

/** A mapping while it is being made: which column fills which field, and how. Pure; every change gives a new one. */
export type Draft = ImportProfileDraft

/** Fields a person maps; the key of a row is made of columns of its own. */
export function fieldsOf(target: ImportTarget): readonly ImportField[] {
  return importFields[target].filter((field) => field.field !== 'sourceKey')
}

/** The heading of the file that one of the accepted spellings means; null when the file has none of them. */
export function headingIn(columns: readonly string[], spellings: string | readonly string[]): string | null {
  const folded = columns.map(foldHeading)
  for (const spelling of typeof spellings === 'string' ? [spellings] : spellings) {
    const heading = columns[folded.indexOf(foldHeading(spelling))]
    if (heading !== undefined) return heading
  }
  return null
}

export function columnOf(draft: Draft, field: string): ImportColumn | undefined {
  return draft.columns.find((column) => column.field === field)
}

function withoutConstant(draft: Draft, field: string): Draft['constants'] {
  const { [field]: _gone, ...rest } = draft.constants ?? {}
  return rest
}

/** Replaces how a field is read; `undefined` leaves the field out. Fields keep the order of the form. */
export function withColumn(draft: Draft, field: string, column: ImportColumn | undefined): Draft {
  const others = draft.columns.filter((one) => one.field !== field)
  const order = importFields[draft.target].map((one) => one.field)
  const columns = column ? [...others, column] : others
  return {
    ...draft,
    columns: columns.toSorted((a, b) => order.indexOf(a.field) - order.indexOf(b.field)),
    constants: withoutConstant(draft, field),
  }
}

/** The same value for every row; `undefined` takes it away. */
export function withConstant(draft: Draft, field: string, value: string | undefined): Draft {
  const bare = withColumn(draft, field, undefined)
  return value === undefined ? bare : { ...bare, constants: { ...bare.constants, [field]: value } }
}

/** Required fields that nothing fills yet. */
export function missingFields(draft: Draft): string[] {
  const filled = new Set([
    ...draft.columns.map((column) => column.field),
    ...Object.keys(draft.constants ?? {}),
  ])
  return fieldsOf(draft.target).flatMap(({ field, required }) =>
    required && !filled.has(field) ? [field] : [],
  )
}

/** Words of a column of codes that the mapping does not know, most frequent first. */
export function unknownWords(
  field: ImportField,
  column: ImportColumn,
  found: readonly { readonly value: string; readonly count: number }[],
): string[] {
  if (!field.options) return []
  const known = new Set([
    ...Object.keys(column.valueMap ?? {}).map(foldWord),
    ...field.options.map(foldWord),
    ...(column.emptyValues ?? []).map(foldWord),
  ])
  return found.map(({ value }) => value).filter((value) => !known.has(foldWord(value)))
}

/** Where a word of the file leads: one of our codes, nothing (empty text), or undecided. */
export function meaningOf(field: ImportField, column: ImportColumn, word: string): string | undefined {
  const folded = foldWord(word)
  const mapped = Object.entries(column.valueMap ?? {}).find(([key]) => foldWord(key) === folded)
  if (mapped) return mapped[1]
  return field.options?.find((option) => foldWord(option) === folded)
}

export function withMeaning(column: ImportColumn, word: string, code: string | undefined): ImportColumn {
  const folded = foldWord(word)
  const others = Object.entries(column.valueMap ?? {}).filter(([key]) => foldWord(key) !== folded)
  const valueMap = Object.fromEntries(code === undefined ? others : [...others, [word, code]])
  return { ...column, valueMap }
}

/** A mapping of the shop's own begins with this; one that came with the program never does. */
const ownPrefix = 'own-'

export function isOwn(profile: Pick<ImportProfile, 'id'>): boolean {
  return profile.id.startsWith(ownPrefix)
}

/** Records are told apart by the mapping they came through, so every new mapping has an identity of its own. */
export function newProfileId(): string {
  return ownPrefix + newCommandId()
}

/** Two mappings that read a file alike, whatever they are called. */
export function readsAlike(a: Draft, b: Draft): boolean {
  const read = ({ target, sourceKey, columns, constants }: Draft) =>
    JSON.stringify([target, sourceKey, columns, constants ?? {}])
  return read(a) === read(b)
}

import type { DictionaryKind } from '#contract/dictionaries.ts'
import type { Label } from '#contract/fields.ts'

/**
 * A name in its comparable form: lower case, without blanks, hyphens and apostrophes. Every other sign stays,
 * because "Galaxy S10+" is not "Galaxy S10" and "1.0" is not "10". Never holds `|`.
 */
export function entryKey(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase().replaceAll('|', '/').trim()
  const key = plain.replace(/[\s\p{Pd}_'’‘`]/gu, '')
  return key === '' ? plain : key
}

/** The comparable forms of both names; one when they are the same. */
export function entryKeys(label: Label): string[] {
  return [...new Set([entryKey(label.zh), entryKey(label.en)])].filter((key) => key !== '')
}

/** What `name_key` holds: the comparable names joined by `|`. */
export function storedKey(label: Label): string {
  return entryKeys(label).join('|')
}

/** One of the two names is enough while a customer waits; the other falls back to it. */
export function completeLabel(names: Label): Label {
  return { zh: names.zh || names.en, en: names.en || names.zh }
}

/** Codes the program gives to entries added without one start with these; the seeds never use the hyphen. */
const codePrefixes: Record<DictionaryKind, string> = {
  device_category: 'C',
  brand: 'B',
  model: 'M',
  problem_type: 'P',
  symptom: 'S',
  cause: 'R',
  action: 'A',
  check_item: 'T',
  test_item: 'E',
  accessory: 'Z',
  sub_status: 'U',
  suspension_reason: 'W',
}

/** The code of an entry added without one: `B-215`. */
export function automaticCode(kind: DictionaryKind, number: number): string {
  return `${codePrefixes[kind]}-${number}`
}

/** True for a code that the program gave, not a person or a list. */
export function isAutomaticCode(kind: DictionaryKind, code: string): boolean {
  return code.startsWith(`${codePrefixes[kind]}-`) && /^\d+$/.test(code.slice(2))
}

/** Entries added while working stand after the shop's own order, by name. */
export const addedSort = 10_000

/** Parts of an entry that only one kind has; every other kind keeps them neutral. */
export interface EntryExtras {
  readonly categoryId: number | null
  readonly coreState: string | null
  readonly minPhotos: number
  readonly needsSerial: boolean
  readonly needsChecks: boolean
}

export const noExtras: EntryExtras = {
  categoryId: null,
  coreState: null,
  minPhotos: 0,
  needsSerial: false,
  needsChecks: false,
}

/** The first field that the kind cannot have, or undefined: a category on a brand, photos on a symptom. */
export function misplacedExtra(kind: DictionaryKind, extras: EntryExtras): keyof EntryExtras | undefined {
  if (kind !== 'model' && extras.categoryId !== null) return 'categoryId'
  if (kind !== 'sub_status' && extras.coreState !== null) return 'coreState'
  if (kind === 'device_category') return undefined
  if (extras.minPhotos > 0) return 'minPhotos'
  if (extras.needsSerial) return 'needsSerial'
  return extras.needsChecks ? 'needsChecks' : undefined
}

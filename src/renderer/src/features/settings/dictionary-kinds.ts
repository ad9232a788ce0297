import type { DictionaryEntry, DictionaryKind } from '#contract/dictionaries.ts'

/** What a kind carries besides its names and code: decides the columns and fields that are shown. */
export interface KindInfo {
  readonly kind: DictionaryKind
  readonly parent?: DictionaryKind
  readonly hasCategory?: boolean
  readonly hasState?: boolean
  readonly hasIntakeRules?: boolean
  /** The counters of products and problem types are shown (W3). */
  readonly counted?: boolean
}

export const kindInfos: readonly KindInfo[] = [
  { kind: 'device_category', hasIntakeRules: true, counted: true },
  { kind: 'brand', counted: true },
  { kind: 'model', parent: 'brand', hasCategory: true, counted: true },
  { kind: 'problem_type', counted: true },
  { kind: 'check_item', parent: 'device_category' },
  { kind: 'test_item', parent: 'device_category' },
  { kind: 'accessory' },
  { kind: 'symptom', counted: true },
  { kind: 'cause', counted: true },
  { kind: 'action', counted: true },
  { kind: 'sub_status', hasState: true },
  { kind: 'suspension_reason' },
]

export function kindInfo(kind: string): KindInfo {
  return (
    kindInfos.find((info) => info.kind === kind) ?? {
      kind: 'device_category',
      hasIntakeRules: true,
      counted: true,
    }
  )
}

/** An entry as it is typed: what `dictionaries.update` takes besides id and version. */
export interface EntryForm {
  zh: string
  en: string
  code: string
  parentId: number | null
  categoryId: number | null
  coreState: DictionaryEntry['coreState']
  minPhotos: number
  needsSerial: boolean
  needsChecks: boolean
  sort: number
  active: boolean
}

export function blankEntry(): EntryForm {
  return {
    zh: '',
    en: '',
    code: '',
    parentId: null,
    categoryId: null,
    coreState: null,
    minPhotos: 0,
    needsSerial: false,
    needsChecks: false,
    sort: 0,
    active: true,
  }
}

export function entryForm(entry: DictionaryEntry): EntryForm {
  const { code, parentId, categoryId, coreState, minPhotos, needsSerial, needsChecks, sort, active } = entry
  return {
    zh: entry.label.zh,
    en: entry.label.en,
    code,
    parentId,
    categoryId,
    coreState,
    minPhotos,
    needsSerial,
    needsChecks,
    sort,
    active,
  }
}

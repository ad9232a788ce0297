import type { DictionaryEntry, DictionaryKind } from '#contract/dictionaries.ts'
import type { InputOf } from '#contract/method-types.ts'
import type { RepairState } from '#contract/repair-states.ts'
import type { QueryContext } from '../context.ts'
import { listEntries, type StoredEntry } from './store.ts'

/** A stored entry as seats see it. */
export function entryView(row: StoredEntry): DictionaryEntry {
  const { nameZh, nameEn, nameKey: _key, kind, coreState, ...rest } = row
  return {
    ...rest,
    kind: kind as DictionaryKind,
    coreState: coreState as RepairState | null,
    label: { zh: nameZh, en: nameEn },
  }
}

/** Entries of some kinds for lists and pickers. */
export function findEntries(ctx: QueryContext, input: InputOf<'dictionaries.list'>): DictionaryEntry[] {
  const language = ctx.settings.defaultLanguage
  return listEntries(ctx.db, input.kinds ?? [], input.includeInactive ?? false, language).map(entryView)
}

import type { DictionaryEntry, DictionaryKind } from '#contract/dictionaries.ts'
import type { Label } from '#contract/fields.ts'
import type { InputOf } from '#contract/method-types.ts'
import type { RepairState } from '#contract/repair-states.ts'
import type { QueryContext } from '../context.ts'
import type { ReadDb } from '../db/handles.ts'
import { inLanguage } from './dictionaries.ts'
import { entryById, listEntries, type StoredEntry } from './store.ts'

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

/** Both names of an entry; null without one. */
export function labelOf(db: ReadDb, id: number | null): Label | null {
  const row = id === null ? undefined : entryById(db, id)
  return row ? { zh: row.nameZh, en: row.nameEn } : null
}

/** The name of an entry in the shop's language, for what is shown as one text (brand, model); '' without one. */
export function nameOf(ctx: Pick<QueryContext, 'db' | 'settings'>, id: number | null): string {
  const label = labelOf(ctx.db, id)
  return label ? inLanguage(label, ctx.settings.defaultLanguage) : ''
}

import type { DictionaryEntry, DictionaryKind } from '#contract/dictionaries.ts'
import type { InputOf } from '#contract/method-types.ts'
import type { CommandContext } from '../context.ts'
import { fieldError, found } from '../kernel/app-error.ts'
import { stale } from '../system/views.ts'
import { completeLabel, misplacedExtra, storedKey } from './dictionaries.ts'
import { findByName, forgetNames, recordEntry } from './ensure-entry.ts'
import { entryView } from './queries.ts'
import { requireEntry, requireParent } from './require-entry.ts'
import { entryByCode, entryById, updateEntryRow, type StoredEntry } from './store.ts'

type Input = InputOf<'dictionaries.update'>

/**
 * Changes an entry. Errors: `stale`; `field.duplicate` at zh when another entry has the name;
 * `dictionary.code_taken` at code; `dictionary.wrong_kind` at a field its kind does not have.
 */
export function updateEntry(ctx: CommandContext, input: Input): DictionaryEntry {
  const entry = found(entryById(ctx.db, input.entryId), 'dictionary')
  if (entry.version !== input.version) throw stale(ctx.db, 'dictionary', entry.uid)
  const label = completeLabel(input)
  checkNames(ctx, entry, input, label)
  checkPlace(ctx, entry, input)
  const { parentId, categoryId, coreState, minPhotos, needsSerial, needsChecks, sort, active } = input
  const row = updateEntryRow(ctx.db, entry.id, {
    code: input.code,
    nameZh: label.zh,
    nameEn: label.en,
    nameKey: storedKey(label),
    parentId,
    categoryId,
    coreState,
    minPhotos,
    needsSerial,
    needsChecks,
    sort,
    active,
    version: entry.version + 1,
  })
  forgetNames(ctx)
  recordEntry(ctx, row, 'dictionary.updated')
  return entryView(row)
}

function checkNames(
  ctx: CommandContext,
  entry: StoredEntry,
  input: Input,
  label: { zh: string; en: string },
): void {
  const kind = entry.kind as DictionaryKind
  if (label.zh === '') throw fieldError('zh', 'field.required')
  if (input.code === '') throw fieldError('code', 'field.required')
  for (const path of ['zh', 'en'] as const) {
    const same = findByName(ctx, kind, { zh: label[path], en: '' }, input.parentId)
    if (same !== undefined && same !== entry.id) throw fieldError(path, 'field.duplicate')
  }
  const taken = entryByCode(ctx.db, kind, input.code)
  if (taken && taken.id !== entry.id) throw fieldError('code', 'dictionary.code_taken', { code: input.code })
}

function checkPlace(ctx: CommandContext, entry: StoredEntry, input: Input): void {
  const kind = entry.kind as DictionaryKind
  const misplaced = misplacedExtra(kind, input)
  if (misplaced) throw fieldError(misplaced, 'dictionary.wrong_kind')
  if (kind === 'sub_status' && input.coreState === null) throw fieldError('coreState', 'field.required')
  requireParent(ctx, kind, input.parentId, entry.parentId)
  if (input.categoryId !== null) {
    requireEntry(ctx, 'device_category', input.categoryId, 'categoryId', entry.categoryId)
  }
}

import type { DictionaryEntry } from '#contract/dictionaries.ts'
import type { InputOf } from '#contract/method-types.ts'
import type { CommandContext } from '../context.ts'
import { assert, fieldError } from '../kernel/app-error.ts'
import { completeLabel, misplacedExtra, noExtras } from './dictionaries.ts'
import { addNewEntry, findByName, recordEntry } from './ensure-entry.ts'
import { entryView } from './queries.ts'
import { requireEntry, requireParent } from './require-entry.ts'
import { entryByCode, entryById, updateEntryRow } from './store.ts'

/**
 * Adds an entry from any screen (W1 ①). An entry with the same name and parent is answered instead of doubled;
 * one that was switched off is switched on again, because somebody needs it now.
 * Errors: `field.required` at zh, parentId or coreState; `dictionary.wrong_kind`; `dictionary.code_taken` at code.
 */
export function addEntry(ctx: CommandContext, input: InputOf<'dictionaries.add'>): DictionaryEntry {
  const { kind } = input
  const label = completeLabel(input)
  if (label.zh === '') throw fieldError('zh', 'field.required')
  const parentId = input.parentId ?? null
  const extras = { ...noExtras, categoryId: input.categoryId ?? null, coreState: input.coreState ?? null }
  const misplaced = misplacedExtra(kind, extras)
  if (misplaced) throw fieldError(misplaced, 'dictionary.wrong_kind')
  if (kind === 'sub_status' && extras.coreState === null) throw fieldError('coreState', 'field.required')
  requireParent(ctx, kind, parentId)
  if (extras.categoryId !== null) requireEntry(ctx, 'device_category', extras.categoryId, 'categoryId')

  const known = findByName(ctx, kind, label, parentId)
  if (known !== undefined) return entryView(switchedOn(ctx, known))
  if (input.code && entryByCode(ctx.db, kind, input.code)) {
    throw fieldError('code', 'dictionary.code_taken', { code: input.code })
  }
  return entryView(addNewEntry(ctx, { ...extras, kind, label, parentId, code: input.code }))
}

function switchedOn(ctx: CommandContext, id: number) {
  const row = entryById(ctx.db, id)
  assert(row, 'an entry found by name exists')
  if (row.active) return row
  const changed = updateEntryRow(ctx.db, id, { active: true, version: row.version + 1 })
  recordEntry(ctx, changed, 'dictionary.updated')
  return changed
}

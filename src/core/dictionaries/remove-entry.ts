import type { DictionaryKind } from '#contract/dictionaries.ts'
import type { CommandContext } from '../context.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { forgetNames, recordEntry } from './ensure-entry.ts'
import { deleteEntry, entryById } from './store.ts'
import { entryInUse } from './views.ts'

/** Removes an entry that nothing uses. Error: `dictionary.in_use` (switch it off instead). */
export function removeEntry(ctx: CommandContext, input: { entryId: number }): { ok: true } {
  const entry = found(entryById(ctx.db, input.entryId), 'dictionary')
  if (entry.repairsCount > 0 || entryInUse(ctx.db, entry.kind as DictionaryKind, entry.id)) {
    throw new AppError('dictionary.in_use', { repairs: entry.repairsCount })
  }
  deleteEntry(ctx.db, entry.id)
  forgetNames(ctx)
  recordEntry(ctx, { ...entry, version: entry.version + 1 }, 'dictionary.removed')
  return { ok: true }
}

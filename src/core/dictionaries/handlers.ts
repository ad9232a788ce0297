import type { HandlersOf } from '../context.ts'
import { addEntry } from './add-entry.ts'
import { importEntries } from './import-entries.ts'
import { findEntries } from './queries.ts'
import { removeEntry } from './remove-entry.ts'
import { updateEntry } from './update-entry.ts'

export const dictionariesHandlers: HandlersOf<'dictionaries'> = {
  list: findEntries,
  add: addEntry,
  update: updateEntry,
  remove: removeEntry,
  importRows: (ctx, { kind, rows }) => importEntries(ctx, kind, rows),
}

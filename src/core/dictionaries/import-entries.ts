import { dictionaryParent, type DictionaryKind } from '#contract/dictionaries.ts'
import type { ErrorCode } from '#contract/errors.ts'
import { line } from '#contract/fields.ts'
import type { Label } from '#contract/fields.ts'
import type { CommandContext } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'
import { parseInput } from '../kernel/input.ts'
import { completeLabel, storedKey } from './dictionaries.ts'
import { addNewEntry, findByName, forgetNames, recordEntry } from './ensure-entry.ts'
import { entryByCode, entryById, updateEntryRow } from './store.ts'

/** One row of a code list the shop owns; empty text where the file has nothing. */
export interface ImportedEntry {
  /** Line of the file, for the rejects. */
  readonly line: number
  readonly code: string
  readonly zh: string
  readonly en: string
  /** Code or name of the parent, for kinds that have one. */
  readonly parent: string
}

export interface EntryImport {
  readonly imported: number
  readonly updated: number
  readonly rejected: readonly { readonly line: number; readonly code: ErrorCode }[]
}

/**
 * Takes in a code list: a row is known by its code, else by its name; a known one gets the names and code of the
 * row, the others are added. A bad row is rejected with its line and the rest goes on. The same list again changes
 * nothing. A sub-status needs its core state, which a list does not carry: `field.required`.
 */
export function importEntries(
  ctx: CommandContext,
  kind: DictionaryKind,
  rows: readonly ImportedEntry[],
): EntryImport {
  const rejected: { line: number; code: ErrorCode }[] = []
  const counts = { added: 0, changed: 0, same: 0 }
  for (const row of rows) {
    try {
      counts[takeRow(ctx, kind, row)]++
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      rejected.push({ line: row.line, code: error.fields[0]?.code ?? error.code })
    }
  }
  return { imported: counts.added, updated: counts.changed, rejected }
}

const named = line(120)
const coded = line(40)

function takeRow(
  ctx: CommandContext,
  kind: DictionaryKind,
  row: ImportedEntry,
): 'added' | 'changed' | 'same' {
  const label = completeLabel({ zh: parseInput(named, row.zh), en: parseInput(named, row.en) })
  const code = parseInput(coded, row.code)
  if (label.zh === '' || kind === 'sub_status') throw new AppError('field.required')
  const parentId = parentOf(ctx, kind, row.parent.trim())
  const known = code === '' ? undefined : entryByCode(ctx.db, kind, code)?.id
  const id = known ?? findByName(ctx, kind, label, parentId)
  if (id === undefined) {
    addNewEntry(ctx, { kind, label, parentId, code })
    return 'added'
  }
  return changeEntry(ctx, id, { label, parentId, code }) ? 'changed' : 'same'
}

function changeEntry(
  ctx: CommandContext,
  id: number,
  to: { label: Label; parentId: number | null; code: string },
): boolean {
  const entry = entryById(ctx.db, id)
  if (!entry) throw new AppError('field.not_found')
  const code = to.code || entry.code
  const same =
    entry.nameZh === to.label.zh &&
    entry.nameEn === to.label.en &&
    entry.code === code &&
    entry.parentId === to.parentId
  if (same) return false
  const row = updateEntryRow(ctx.db, id, {
    code,
    nameZh: to.label.zh,
    nameEn: to.label.en,
    nameKey: storedKey(to.label),
    parentId: to.parentId,
    version: entry.version + 1,
  })
  forgetNames(ctx)
  recordEntry(ctx, row, 'dictionary.updated')
  return true
}

function parentOf(ctx: CommandContext, kind: DictionaryKind, text: string): number | null {
  const parentKind = dictionaryParent[kind]
  if (parentKind === undefined) return null
  if (text === '') throw new AppError('field.required')
  const id =
    entryByCode(ctx.db, parentKind, text)?.id ?? findByName(ctx, parentKind, { zh: text, en: '' }, null)
  if (id === undefined) throw new AppError('field.not_found')
  return id
}

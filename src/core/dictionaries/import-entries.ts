import { dictionaryParent, type DictionaryKind } from '#contract/dictionaries.ts'
import type { ErrorCode } from '#contract/errors.ts'
import { line, type Label } from '#contract/fields.ts'
import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { CommandContext } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'
import { parseInput } from '../kernel/input.ts'
import { completeLabel, isAutomaticCode, storedKey } from './dictionaries.ts'
import { addNewEntry, findByName, forgetNames, recordEntry } from './ensure-entry.ts'
import { entryByCode, entryById, updateEntryRow } from './store.ts'

type Rows = InputOf<'dictionaries.importRows'>['rows']

/**
 * Takes in a code list. A row is known by its code; by its name where it has no code, or the entry has none but the
 * program's own. A known entry gets the row's names and code, the others are added. A bad row is rejected by its
 * line and the rest goes on; the same list again changes nothing. A sub-status needs its core state, which a list
 * does not carry: `field.required`.
 */
export function importEntries(
  ctx: CommandContext,
  kind: DictionaryKind,
  rows: Rows,
): OutputOf<'dictionaries.importRows'> {
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

function takeRow(ctx: CommandContext, kind: DictionaryKind, row: Rows[number]): 'added' | 'changed' | 'same' {
  const label = completeLabel({ zh: parseInput(named, row.zh), en: parseInput(named, row.en) })
  const code = parseInput(coded, row.code)
  if (label.zh === '' || kind === 'sub_status') throw new AppError('field.required')
  const parentId = parentOf(ctx, kind, row.parent.trim())
  const id = knownEntry(ctx, kind, { label, parentId, code })
  if (id === undefined) {
    addNewEntry(ctx, { kind, label, parentId, code })
    return 'added'
  }
  return changeEntry(ctx, id, { label, parentId, code }) ? 'changed' : 'same'
}

interface Row {
  readonly label: Label
  readonly parentId: number | null
  readonly code: string
}

/** Two codes of a maker's list may carry the same words, so a name counts only where no code was ever given. */
function knownEntry(ctx: CommandContext, kind: DictionaryKind, row: Row): number | undefined {
  const byCode = row.code === '' ? undefined : entryByCode(ctx.db, kind, row.code)
  if (byCode) return byCode.id
  const id = findByName(ctx, kind, row.label, row.parentId)
  const entry = id === undefined ? undefined : entryById(ctx.db, id)
  return entry && (row.code === '' || isAutomaticCode(kind, entry.code)) ? entry.id : undefined
}

function changeEntry(ctx: CommandContext, id: number, to: Row): boolean {
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

import type { DictionaryKind } from '#contract/dictionaries.ts'
import type { Label } from '#contract/fields.ts'
import type { CommandContext } from '../context.ts'
import {
  addedSort,
  automaticCode,
  completeLabel,
  entryKey,
  noExtras,
  storedKey,
  type EntryExtras,
} from './dictionaries.ts'
import { entryView } from './queries.ts'
import {
  entryByCode,
  entryKeysOfKind,
  insertEntry,
  keyOfEntry,
  nextEntryId,
  type StoredEntry,
} from './store.ts'

type Names = Map<string, number>

// Kept per act: an import asks thousands of times in one transaction, and what is kept ends with it, so an entry of
// a rolled-back transaction is never handed out. One that a savepoint took back is noticed when it is found.
const keptNames = new WeakMap<CommandContext, Map<DictionaryKind, Names>>()

function place(parentId: number | null, key: string): string {
  return `${parentId ?? ''}/${key}`
}

function namesOf(ctx: CommandContext, kind: DictionaryKind): Names {
  let kinds = keptNames.get(ctx)
  if (!kinds) {
    kinds = new Map()
    keptNames.set(ctx, kinds)
  }
  let names = kinds.get(kind)
  if (!names) {
    names = new Map()
    for (const row of entryKeysOfKind(ctx.db, kind)) keep(names, row.parentId, row.nameKey, row.id)
    kinds.set(kind, names)
  }
  return names
}

function keep(names: Names, parentId: number | null, stored: string, id: number): void {
  for (const key of stored.split('|')) {
    // The oldest entry of a name wins, whatever order they are read in.
    if (!names.has(place(parentId, key))) names.set(place(parentId, key), id)
  }
}

/** The entry of the kind and parent that has one of the names, in either language; undefined when none has. */
export function findByName(
  ctx: CommandContext,
  kind: DictionaryKind,
  names: Label,
  parentId: number | null,
): number | undefined {
  const known = namesOf(ctx, kind)
  for (const name of [names.zh, names.en]) {
    const key = entryKey(name)
    const id = name === '' ? undefined : known.get(place(parentId, key))
    if (id === undefined) continue
    if (keyOfEntry(ctx.db, kind, id)?.split('|').includes(key)) return id
    forgetNames(ctx)
    return findByName(ctx, kind, names, parentId)
  }
  return undefined
}

/** What is known of names is read anew after an entry was changed or removed within the same act. */
export function forgetNames(ctx: CommandContext): void {
  keptNames.delete(ctx)
}

export interface NewEntryFields extends Partial<EntryExtras> {
  readonly kind: DictionaryKind
  readonly label: Label
  readonly parentId: number | null
  /** Given by the program when absent or empty. */
  readonly code?: string | undefined
  readonly sort?: number
}

/** Adds an entry and records it. The caller has checked parent, code and name. */
export function addNewEntry(ctx: CommandContext, fields: NewEntryFields): StoredEntry {
  const { kind, parentId, code, sort, label: names, ...extras } = fields
  const label = completeLabel(names)
  const row = insertEntry(ctx.db, {
    ...noExtras,
    ...extras,
    uid: ctx.newUid(),
    kind,
    code: code || freeCode(ctx, kind),
    nameZh: label.zh,
    nameEn: label.en,
    nameKey: storedKey(label),
    parentId,
    sort: sort ?? addedSort,
  })
  keep(namesOf(ctx, kind), parentId, row.nameKey, row.id)
  recordEntry(ctx, row, 'dictionary.added')
  return row
}

function freeCode(ctx: CommandContext, kind: DictionaryKind): string {
  let number = nextEntryId(ctx.db)
  while (entryByCode(ctx.db, kind, automaticCode(kind, number))) number++
  return automaticCode(kind, number)
}

/** One change of an entry for the outbox and the other seats. */
export function recordEntry(ctx: CommandContext, row: StoredEntry, type: string): void {
  const { id, uid, version } = row
  const { id: _id, repairsCount: _count, ...payload } = entryView(row)
  ctx.record({ entity: 'dictionaries', id, uid, version, type, payload })
}

/** The id of the entry with one of these names (in either language), added when there is none. For imports. */
export function ensureEntry(
  ctx: CommandContext,
  kind: DictionaryKind,
  names: Label,
  parentId: number | null = null,
  categoryId: number | null = null,
): number {
  return (
    findByName(ctx, kind, names, parentId) ??
    addNewEntry(ctx, { kind, label: names, parentId, categoryId: kind === 'model' ? categoryId : null }).id
  )
}

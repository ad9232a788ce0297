import { dictionaryParent, type DictionaryKind } from '#contract/dictionaries.ts'
import type { Label } from '#contract/fields.ts'
import type { RepairState } from '#contract/repair-states.ts'
import type { QueryContext } from '../context.ts'
import { fieldError } from '../kernel/app-error.ts'
import { entryById, raiseRepairsCount } from './store.ts'
import type { CommandContext } from '../context.ts'

export interface UsableEntry {
  readonly id: number
  readonly label: Label
  readonly parentId: number | null
  readonly categoryId: number | null
  readonly coreState: RepairState | null
  readonly minPhotos: number
  readonly needsSerial: boolean
  readonly needsChecks: boolean
}

/**
 * An entry of a kind (or one of some kinds) that may be used now. `heldId`: what the record holds already, which
 * stays right even after it was switched off. Errors at `path`: `field.not_found`, `field.inactive`.
 */
export function requireEntry(
  ctx: Pick<QueryContext, 'db'>,
  kind: DictionaryKind | readonly DictionaryKind[],
  id: number,
  path: string,
  heldId: number | null = null,
): UsableEntry {
  const row = entryById(ctx.db, id)
  const kinds: readonly string[] = typeof kind === 'string' ? [kind] : kind
  if (!row || !kinds.includes(row.kind)) throw fieldError(path, 'field.not_found')
  if (!row.active && id !== heldId) throw fieldError(path, 'field.inactive')
  return {
    id: row.id,
    label: { zh: row.nameZh, en: row.nameEn },
    parentId: row.parentId,
    categoryId: row.categoryId,
    coreState: row.coreState as RepairState | null,
    minPhotos: row.minPhotos,
    needsSerial: row.needsSerial,
    needsChecks: row.needsChecks,
  }
}

/** Checks an entry's parent: of the right kind where the kind has one, absent where it has none. */
export function requireParent(
  ctx: Pick<QueryContext, 'db'>,
  kind: DictionaryKind,
  parentId: number | null,
  heldId: number | null = null,
): void {
  const parentKind = dictionaryParent[kind]
  if (parentKind === undefined) {
    if (parentId !== null) throw fieldError('parentId', 'dictionary.wrong_kind')
    return
  }
  if (parentId === null) throw fieldError('parentId', 'field.required')
  const row = entryById(ctx.db, parentId)
  if (row && row.kind !== parentKind) throw fieldError('parentId', 'dictionary.wrong_kind')
  requireEntry(ctx, parentKind, parentId, 'parentId', heldId)
}

/** A repair used these entries: their counters rise by one (W3). An entry named twice is counted once. */
export function countUse(ctx: CommandContext, ids: readonly (number | null)[]): void {
  for (const id of new Set(ids)) if (id !== null) raiseRepairsCount(ctx.db, id, 1)
}

/** Many repairs at once used these entries, each as often as is said. */
export function countUses(ctx: CommandContext, uses: ReadonlyMap<number, number>): void {
  for (const [id, times] of uses) raiseRepairsCount(ctx.db, id, times)
}

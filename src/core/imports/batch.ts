import type { DictionaryKind } from '#contract/dictionaries.ts'
import type { Label } from '#contract/fields.ts'
import type { ImportTarget } from '#contract/import-profile.ts'
import type { ImportRow } from '#contract/internal.ts'
import type { CommandContext } from '../context.ts'
import { ensureEntry } from '../dictionaries/steps.ts'
import { repairImport, type RepairImport } from '../repairs/steps.ts'
import { systemStore } from '../system/steps.ts'
import type { RunRow } from './store.ts'

/** What the rows of one batch share; it ends with the batch, so nothing it remembers was taken back. */
export interface Batch {
  /** Writes outbox rows but announces nothing: seats hear of an import from the host, a few times a second. */
  readonly ctx: CommandContext
  readonly target: ImportTarget
  /** Profile id: keys are unique within it. */
  readonly source: string
  readonly repairs: RepairImport
  /** The dictionary entry of this name in either language, added (under `names`, if given) when there is none. */
  entry(kind: DictionaryKind, name: string, names?: Label): number
  /** Writes what was kept for all rows together. */
  finish(): void
}

/**
 * Makes or changes what a row describes; answers its id and whether it was not on file before. `entityId`: what the
 * row became in an earlier import; null when its key is new. Errors: those of the fields, as for what a person types.
 */
export type Applier = (
  batch: Batch,
  row: Pick<ImportRow, 'key' | 'values'>,
  entityId: number | null,
) => { readonly id: number; readonly isNew: boolean }

function quiet(ctx: CommandContext, dryRun: boolean): CommandContext {
  return {
    ...ctx,
    record(change) {
      if (!dryRun) systemStore.outbox(ctx.db, ctx.newUid(), ctx.now, change)
    },
    announce() {},
  }
}

export function openBatch(outer: CommandContext, run: RunRow): Batch {
  const ctx = quiet(outer, run.dryRun)
  const entries = new Map<string, number>()
  const repairs = repairImport(ctx)
  return {
    ctx,
    target: run.target as ImportTarget,
    source: run.profileId,
    repairs,
    entry(kind, name, names = { zh: name, en: name }) {
      const key = `${kind} ${name}`
      let id = entries.get(key)
      if (id === undefined) {
        id = ensureEntry(ctx, kind, names)
        entries.set(key, id)
      }
      return id
    },
    finish: () => repairs.finish(),
  }
}

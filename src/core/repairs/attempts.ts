import type { AttemptResult } from '#contract/repair-states.ts'
import type { CommandContext } from '../context.ts'
import { fieldError } from '../kernel/app-error.ts'
import { isEngineer } from '../access/steps.ts'
import { countUse, requireEntry } from '../dictionaries/steps.ts'
import { hasOpenAttempt } from './repairs.ts'
import { codesOfAttempt, endAttempt, insertAttempt, type RepairPatch, type RepairRow } from './store.ts'

/** One handling (attempt): opened by assigning, ended by its result; at most one is open. */

/** Somebody who may be given repairs: `field.not_found` or `repair.engineer_inactive` at `path`. */
export function requireEngineer(ctx: CommandContext, engineerId: number, path: string): void {
  const found = isEngineer(ctx.db, engineerId)
  if (found === 'unknown') throw fieldError(path, 'field.not_found')
  if (found === 'inactive') throw fieldError(path, 'repair.engineer_inactive')
}

/** Ends the handling under way without its own findings, if there is one. */
export function endOpenAttempt(ctx: CommandContext, row: RepairRow, result: AttemptResult): void {
  if (hasOpenAttempt(row)) endAttempt(ctx.db, row.id, row.attempts, { at: ctx.now, result })
}

/** Opens the next handling; a present one ends as reassigned, which is no failure. */
export function openAttempt(ctx: CommandContext, row: RepairRow, engineerId: number): RepairPatch {
  endOpenAttempt(ctx, row, 'reassigned')
  const no = row.attempts + 1
  insertAttempt(ctx.db, { repairId: row.id, no, engineerId, assignedAt: ctx.now, codeIds: [] })
  return { engineerId, attempts: no }
}

const codeKinds = ['symptom', 'cause', 'action'] as const

/**
 * Symptom, cause and action codes of the handling under way, each once; the counters of those it did not have yet
 * rise. Errors: `field.not_found`, `field.inactive`.
 */
export function requireCodes(ctx: CommandContext, row: RepairRow, codeIds: readonly number[]): number[] {
  const ids = [...new Set(codeIds)]
  const held = new Set(codesOfAttempt(ctx.db, row.id, row.attempts))
  ids.forEach((id, index) => requireEntry(ctx, codeKinds, id, `codeIds.${index}`, held.has(id) ? id : null))
  countUse(
    ctx,
    ids.filter((id) => !held.has(id)),
  )
  return ids
}

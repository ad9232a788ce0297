import type { RepairState } from '#contract/repair-states.ts'
import type { FinishedAtCounter, IntakeItem } from '#contract/repairs.ts'
import type { CommandContext } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { openAttempt, requireEngineer } from './attempts.ts'
import { moveOf, saveRepair, type Line } from './change.ts'
import type { Problems } from './intake-guards.ts'
import { chargeByOutcome } from './solve-repair.ts'
import { endAttempt, repairById, startAttempt, type RepairPatch, type RepairRow } from './store.ts'

/**
 * What an item that is already finished must say (domain §3.1): an engineer the caller may name (`forbidden`,
 * `field.not_found` or `repair.engineer_inactive` at `finished.engineerId`), and no suspension beside it
 * (`field.not_an_option` at `suspend`).
 */
export function checkFinished(ctx: CommandContext, item: IntakeItem, at: string, problems: Problems): void {
  const { finished } = item
  if (!finished) return
  if (item.suspend) problems.add(`${at}.suspend`, 'field.not_an_option')
  const path = `${at}.finished.engineerId`
  const permission = finished.engineerId === ctx.actor.userId ? 'repairs.work' : 'repairs.assign'
  if (!ctx.actor.permissions.has(permission)) problems.add(path, 'forbidden', { permission })
  else problems.check(() => requireEngineer(ctx, finished.engineerId, path))
}

/**
 * Walks a repair that was just received through the state table to its end at the counter: assigned, started,
 * solved, each with its line in the history, as three commands would, in the transaction that received it.
 */
export function finishAtCounter(ctx: CommandContext, id: number, finished: FinishedAtCounter): RepairState {
  const { engineerId, outcome, findings } = finished
  step(ctx, id, 'assign', (row) => ({
    patch: openAttempt(ctx, row, engineerId),
    line: { detail: { engineerId, attempt: row.attempts + 1 } },
  }))
  step(ctx, id, 'start', (row) => {
    startAttempt(ctx.db, row.id, row.attempts, ctx.now)
    return { patch: {}, line: {} }
  })
  const state = step(ctx, id, 'solve', (row) => {
    endAttempt(ctx.db, row.id, row.attempts, { at: ctx.now, result: 'solved', findings, codeIds: [] })
    return {
      patch: { outcome, processedAt: ctx.now },
      line: { text: findings, detail: { outcome, attempt: row.attempts, codes: 0 } },
    }
  })
  chargeByOutcome(ctx, id, outcome)
  return state
}

function step(
  ctx: CommandContext,
  id: number,
  action: 'assign' | 'start' | 'solve',
  act: (row: RepairRow) => { patch: RepairPatch; line: Pick<Line, 'text' | 'detail'> },
): RepairState {
  const row = found(repairById(ctx.db, id), 'repair')
  const { line, to } = moveOf(row, action)
  const { patch, line: more } = act(row)
  saveRepair(ctx, row, { ...patch, state: to }, [{ ...line, ...more }])
  return to
}

import { isWorking, type RepairAction, type RepairState } from '#contract/repair-states.ts'
import type { FinishedAtCounter, IntakeItem } from '#contract/repairs.ts'
import type { CommandContext } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { requireWholeTest, writeTest } from '../work/steps.ts'
import { openAttempt, requireEngineer } from './attempts.ts'
import { moveOf, saveRepair, type Line } from './change.ts'
import type { Problems } from './intake-problems.ts'
import { chargeByOutcome, requireReady } from './solve-repair.ts'
import {
  endAttempt,
  keepFindings,
  repairById,
  startAttempt,
  type RepairPatch,
  type RepairRow,
} from './store.ts'

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
 * A device said to work was tested by its category's list, where it has one and the shop wants it (`testRequired`);
 * a test that was made is whole, wanted or not. Errors: those of `requireWholeTest` at `finished.testResults`.
 */
export function checkFinishedTest(
  ctx: CommandContext,
  categoryId: number,
  item: IntakeItem,
  at: string,
  problems: Problems,
): void {
  if (!item.finished) return
  const { outcome, testResults = [] } = item.finished
  const isWanted = ctx.settings.testRequired && isWorking(outcome)
  if (testResults.length === 0 && !isWanted) return
  problems.check(() => requireWholeTest(ctx, categoryId, testResults, `${at}.finished.testResults`))
}

/**
 * Walks a repair that was just received through the state table to its end at the counter: assigned, started, where
 * it was tested repaired and tested, solved, each with its line in the history, as the commands would one by one, in
 * the transaction that received it. A device that is said to work and failed its test is not finished: it stays in
 * repair with the engineer, with what was found and what failed. Answers the state it ends in.
 */
export function finishAtCounter(ctx: CommandContext, id: number, finished: FinishedAtCounter): RepairState {
  const { engineerId, outcome, findings, testResults = [] } = finished
  step(ctx, id, 'assign', (row) => ({
    patch: openAttempt(ctx, row, engineerId),
    line: { detail: { engineerId, attempt: row.attempts + 1 } },
  }))
  step(ctx, id, 'start', (row) => {
    startAttempt(ctx.db, row.id, row.attempts, ctx.now)
    return {}
  })
  const isFailed = testResults.some(({ result }) => result === 'failed')
  if (isFailed) keepFound(ctx, id, findings)
  if (testResults.length > 0) test(ctx, id, testResults)
  if (isFailed && isWorking(outcome)) return presentRow(ctx, id).state
  requireReady(ctx, id, outcome)
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

/** As on the bench: a failed test sends the device back to repair, with what failed as the reason. */
function test(ctx: CommandContext, id: number, results: NonNullable<FinishedAtCounter['testResults']>): void {
  step(ctx, id, 'repair')
  step(ctx, id, 'test')
  const { passed, text, detail } = writeTest(ctx, id, results, '')
  if (!passed) step(ctx, id, 'repair', () => ({ line: { text, detail } }))
  else saveRepair(ctx, presentRow(ctx, id), {}, [{ kind: 'edit', text, detail }])
}

/** What was found is kept with a handling that goes on. */
function keepFound(ctx: CommandContext, id: number, findings: string): void {
  const row = presentRow(ctx, id)
  keepFindings(ctx.db, id, row.attempts, { findings, codeIds: [] })
  saveRepair(ctx, row, {}, [{ kind: 'edit', text: findings, detail: { codes: 0 } }])
}

function presentRow(ctx: CommandContext, id: number): RepairRow {
  return found(repairById(ctx.db, id), 'repair')
}

function step(
  ctx: CommandContext,
  id: number,
  action: RepairAction,
  act: (row: RepairRow) => { patch?: RepairPatch; line?: Pick<Line, 'text' | 'detail'> } = () => ({}),
): RepairState {
  const row = presentRow(ctx, id)
  const { line, to } = moveOf(row, action)
  const { patch, line: more } = act(row)
  saveRepair(ctx, row, { ...patch, state: to }, [{ ...line, ...more }])
  return to
}

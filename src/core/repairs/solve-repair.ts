import { isWorking, type RepairOutcome } from '#contract/repair-states.ts'
import type { CommandContext, Handler } from '../context.ts'
import { applyFeeRule, waiveCharges } from '../billing/steps.ts'
import { found } from '../kernel/app-error.ts'
import { addDefect } from '../devices/steps.ts'
import { requireSettledApproval } from '../quotes/steps.ts'
import { requirePartsSettled } from '../stock/steps.ts'
import { requireBack, requireTested, stopTimersOf } from '../work/steps.ts'
import { requireCodes } from './attempts.ts'
import { moveOf, requireOwn, requireRepair, saveRepair } from './change.ts'
import { endAttempt, reworkById } from './store.ts'

/**
 * What must be in order before a repair is ready (domain §3.2 "Guards"): the device is here, every part has its
 * place, a device said to work was tested, and what costs the customer money was agreed. Errors: `work.already_out`,
 * `stock.parts_unsettled`, `work.test_required`, `quote.approval_required`, `quote.refused`.
 */
export function requireReady(ctx: CommandContext, repairId: number, outcome: RepairOutcome): void {
  requireBack(ctx, repairId)
  requirePartsSettled(ctx, repairId)
  if (isWorking(outcome)) requireTested(ctx, repairId)
  if (ctx.settings.feeRules[outcome] === 'charges') requireSettledApproval(ctx, repairId)
}

/**
 * The handling ends with an outcome (W6): processed, waiting to be collected, its fee as the shop's rule for the
 * outcome says. Timers stop. Defects found on the way are kept with the device and shown at its next visit (domain
 * §1a-1). Errors: those of `requireReady`.
 */
export const solveRepair: Handler<'repairs.solve'> = (ctx, input) => {
  const row = requireRepair(ctx, input.repairId, input.version)
  const { line, to } = moveOf(row, 'solve')
  requireOwn(ctx, row)
  const { outcome, findings } = input
  requireReady(ctx, row.id, outcome)
  const codeIds = requireCodes(ctx, row, input.codeIds)
  stopTimersOf(ctx, row.id)
  endAttempt(ctx.db, row.id, row.attempts, { at: ctx.now, result: 'solved', findings, codeIds })
  for (const defect of input.knownDefects) addDefect(ctx, row.deviceId, defect, row.uid)
  const saved = saveRepair(ctx, row, { state: to, outcome, processedAt: ctx.now }, [
    { ...line, text: findings, detail: { outcome, attempt: row.attempts, codes: codeIds.length } },
  ])
  chargeByOutcome(ctx, row.id, outcome)
  return saved
}

/** The shop's fee rule; looking again at a fault it has mended once costs the customer nothing (返修). */
export function chargeByOutcome(ctx: CommandContext, repairId: number, outcome: RepairOutcome): void {
  applyFeeRule(ctx, repairId, outcome)
  const { reworkOfId, reworkKind } = found(reworkById(ctx.db, repairId), 'repair')
  if (reworkOfId !== null && reworkKind !== 'different') waiveCharges(ctx, repairId, 'bench_fee', 'rework')
}

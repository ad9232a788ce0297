import type { Handler } from '../context.ts'
import { addDefect } from '../devices/steps.ts'
import { requireCodes } from './attempts.ts'
import { moveOf, requireOwn, requireRepair, saveRepair } from './change.ts'
import { endAttempt } from './store.ts'

/**
 * The handling ends with an outcome (W6): processed, waiting to be collected. Defects found on the way are
 * kept with the device and shown at its next visit (domain §1a-1).
 */
export const solveRepair: Handler<'repairs.solve'> = (ctx, input) => {
  const row = requireRepair(ctx, input.repairId, input.version)
  const { line, to } = moveOf(row, 'solve')
  requireOwn(ctx, row)
  const { outcome, findings } = input
  const codeIds = requireCodes(ctx, row, input.codeIds)
  endAttempt(ctx.db, row.id, row.attempts, { at: ctx.now, result: 'solved', findings, codeIds })
  for (const defect of input.knownDefects) addDefect(ctx, row.deviceId, defect, row.uid)
  return saveRepair(ctx, row, { state: to, outcome, processedAt: ctx.now }, [
    { ...line, text: findings, detail: { outcome, attempt: row.attempts, codes: codeIds.length } },
  ])
}

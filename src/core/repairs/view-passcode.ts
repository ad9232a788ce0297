import type { Handler } from '../context.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { writeLine } from './change.ts'
import { passcodeOf, repairById } from './store.ts'

/**
 * Shows the device's passcode and keeps who looked when; looking is no activity on the repair.
 * Errors: `repair.no_passcode` when none was given or it was purged.
 */
export const viewPasscode: Handler<'repairs.viewPasscode'> = (ctx, { repairId }) => {
  const row = found(repairById(ctx.db, repairId), 'repair')
  const kept = passcodeOf(ctx.db, row.id)
  if (!kept) throw new AppError('repair.no_passcode', { number: row.number })
  writeLine(ctx, row.id, { kind: 'passcode' })
  ctx.announce('repairs', [row.id])
  return { passcode: ctx.box.open(kept.sealed), kind: kept.kind }
}

import type { Handler } from '../context.ts'
import { moveOf, requireRepair, saveRepair } from './change.ts'

/** A manager locks by hand (RD#902): the state stays, nothing moves until somebody unlocks it. */
export const lockRepair: Handler<'repairs.lock'> = (ctx, { repairId, version, reason }) => {
  const row = requireRepair(ctx, repairId, version)
  const { line } = moveOf(row, 'lock')
  return saveRepair(ctx, row, { lockReason: 'manual', lockNote: reason, lockedAt: ctx.now }, [
    { ...line, text: reason },
  ])
}

import type { Handler } from '../context.ts'
import { moveOf, requireRepair, saveRepair } from './change.ts'

/** Nobody came for a finished device (domain §3.2): it stays with the shop until somebody claims it after all. */
export const markUnclaimed: Handler<'repairs.markUnclaimed'> = (ctx, { repairId, version, reason }) => {
  const row = requireRepair(ctx, repairId, version)
  const { line, to } = moveOf(row, 'mark_unclaimed')
  return saveRepair(ctx, row, { state: to }, [{ ...line, text: reason }])
}

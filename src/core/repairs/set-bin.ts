import type { Handler } from '../context.ts'
import { requireRepair, saveRepair } from './change.ts'

/** Where the device lies; anybody who finds it may say so, also while the repair is locked. */
export const setBin: Handler<'repairs.setBin'> = (ctx, { repairId, version, bin }) => {
  const row = requireRepair(ctx, repairId, version)
  if (bin === row.bin) return { id: row.id, version: row.version }
  return saveRepair(ctx, row, { bin }, [{ kind: 'edit', detail: { 'bin.from': row.bin, 'bin.to': bin } }])
}

import type { Handler } from '../context.ts'
import { fieldError } from '../kernel/app-error.ts'
import { requireEntry } from '../dictionaries/steps.ts'
import { AppError } from '../kernel/app-error.ts'
import { requireOwn, requireRepair, saveRepair } from './change.ts'

/**
 * The shop's own status within a core state (BC roll-up). Errors: `repair.locked`; `repair.sub_status_state`
 * when it rolls up to another state than the repair's; `repair.not_your_repair`.
 */
export const setSubStatus: Handler<'repairs.setSubStatus'> = (ctx, { repairId, version, subStatusId }) => {
  const row = requireRepair(ctx, repairId, version)
  if (row.lockReason !== null)
    throw new AppError('repair.locked', { number: row.number, reason: row.lockReason })
  if (row.engineerId !== null) requireOwn(ctx, row)
  const entry = subStatusId === null ? null : requireEntry(ctx, 'sub_status', subStatusId, 'subStatusId')
  if (entry && entry.coreState !== row.state) {
    throw fieldError('subStatusId', 'repair.sub_status_state', { state: row.state })
  }
  return saveRepair(ctx, row, { subStatusId }, [
    { kind: 'edit', detail: { 'subStatusId.from': row.subStatusId, 'subStatusId.to': subStatusId } },
  ])
}

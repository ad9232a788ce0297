import type { Device } from '#contract/devices.ts'
import type { CommandContext } from '../context.ts'
import { AppError, found } from '../kernel/app-error.ts'
import {
  defectById,
  deviceById,
  insertDefect,
  openDefects,
  resolveDefectRow,
  updateDeviceRow,
} from './store.ts'

type KnownDefect = Device['knownDefects'][number]

/**
 * Notes a defect that was seen but not repaired, to be shown at the next visit (domain §1a-1). The same words
 * again are not noted twice. `repairUid`: the repair that found it.
 */
export function addDefect(
  ctx: CommandContext,
  deviceId: number,
  text: string,
  repairUid: string | null,
): KnownDefect {
  const known = openDefects(ctx.db, deviceId).find((defect) => defect.text === text)
  if (known) return known
  touch(ctx, deviceId, 'device.defect_noted', { repairUid })
  const id = insertDefect(ctx.db, { deviceId, text, repairUid, notedAt: ctx.now })
  return { id, text, notedAt: ctx.now, repairUid }
}

/** A known defect is no more: it was repaired, or was none. Error: `not_found`. */
export function resolveDefect(ctx: CommandContext, input: { defectId: number }): { ok: true } {
  const defect = found(defectById(ctx.db, input.defectId), 'defect')
  if (defect.resolvedAt !== null) throw new AppError('not_found', { entity: 'defect' })
  touch(ctx, defect.deviceId, 'device.defect_resolved', {})
  resolveDefectRow(ctx.db, defect.id, ctx.now)
  return { ok: true }
}

/** Defects belong to the device: they raise its version. */
function touch(ctx: CommandContext, deviceId: number, type: string, payload: object): void {
  const device = found(deviceById(ctx.db, deviceId), 'device')
  const version = device.version + 1
  updateDeviceRow(ctx.db, deviceId, { updatedAt: ctx.now, version })
  ctx.record({ entity: 'devices', id: deviceId, uid: device.uid, version, type, payload })
}

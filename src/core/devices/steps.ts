import type { CommandContext, QueryContext } from '../context.ts'
import { fieldError } from '../kernel/app-error.ts'
import { deviceById, raiseRepairs } from './store.ts'

export { createDevice } from './create-device.ts'
export { addDefect } from './defects.ts'
export { addImportedDevice, deviceByCodes, replaceDevice } from './imported.ts'
export { moveCustomerDevices, setOwner } from './set-owner.ts'

export interface UsableDevice {
  readonly id: number
  readonly uid: string
  readonly version: number
  readonly categoryId: number
  readonly brandId: number | null
  readonly modelId: number | null
  readonly ownerId: number | null
  readonly serialKey: string | null
  readonly imei1: string | null
}

/** A device on file. Error: `field.not_found` at `path`. */
export function requireDevice(ctx: Pick<QueryContext, 'db'>, id: number, path: string): UsableDevice {
  const row = deviceById(ctx.db, id)
  if (!row) throw fieldError(path, 'field.not_found')
  const { uid, version, categoryId, brandId, modelId, ownerId, serialKey, imei1 } = row
  return { id, uid, version, categoryId, brandId, modelId, ownerId, serialKey, imei1 }
}

/** One more repair of this device. A counter is no change of the device: its version stays. */
export function countDeviceRepair(ctx: CommandContext, deviceId: number): void {
  raiseRepairs(ctx.db, deviceId)
}

import type { CommandContext, QueryContext } from '../context.ts'
import { fieldError } from '../kernel/app-error.ts'
import { knownDevice, raiseRepairs, type KnownDevice } from './store.ts'

export { createDevice } from './create-device.ts'
export { addDefect } from './defects.ts'
export { exchangeSerial } from './exchange-serial.ts'
export { addImportedDevice, deviceByCodes, replaceDevice } from './imported.ts'
export { moveCustomerDevices, setOwner } from './set-owner.ts'

/** A device on file. Error: `field.not_found` at `path`. */
export function requireDevice(ctx: Pick<QueryContext, 'db'>, id: number, path: string): KnownDevice {
  const device = knownDevice(ctx.db, id)
  if (!device) throw fieldError(path, 'field.not_found')
  return device
}

/** One more repair of this device. A counter is no change of the device: its version stays. */
export function countDeviceRepair(ctx: CommandContext, deviceId: number): void {
  raiseRepairs(ctx.db, deviceId)
}

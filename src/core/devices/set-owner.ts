import type { CommandContext } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import {
  deviceById,
  devicesOfOwner,
  movePastOwnership,
  passOwnership,
  updateDeviceRow,
  type StoredDevice,
} from './store.ts'

/** The device is this customer's from now on (null: nobody's). Does nothing when it is already so. */
export function setOwner(ctx: CommandContext, deviceId: number, ownerId: number | null): void {
  const device = found(deviceById(ctx.db, deviceId), 'device')
  if (device.ownerId === ownerId) return
  passOwnership(ctx.db, device.id, ownerId, ctx.now)
  writeOwner(ctx, device, ownerId)
}

/** A merge: what one customer owns or owned is the other's, without a change of hands in the device's history. */
export function moveCustomerDevices(ctx: CommandContext, fromId: number, intoId: number): void {
  const owned = devicesOfOwner(ctx.db, fromId)
  movePastOwnership(ctx.db, fromId, intoId)
  for (const device of owned) writeOwner(ctx, device, intoId)
}

function writeOwner(ctx: CommandContext, device: StoredDevice, ownerId: number | null): void {
  const { id, uid } = device
  const version = device.version + 1
  updateDeviceRow(ctx.db, id, { ownerId, updatedAt: ctx.now, version })
  ctx.record({ entity: 'devices', id, uid, version, type: 'device.owner_changed', payload: { ownerId } })
}

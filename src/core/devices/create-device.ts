import type { DeviceInput } from '#contract/devices.ts'
import type { CommandContext } from '../context.ts'
import { indexNewDevice } from '../search/steps.ts'
import { checkKeys, checkNames } from './check-device.ts'
import { deviceKeys, type DeviceKeys } from './devices.ts'
import { insertDevice, passOwnership } from './store.ts'

/**
 * Adds a device with its first owner (null: nobody known, or the shop's own). `path` is where the device stands in
 * a larger input (`items.0.device.new.`). `brandId` of the answer: the model's where none was given. Errors at fields: see check-device.ts; `field.duplicate` at imei2.
 */
export function createDevice(
  ctx: CommandContext,
  ownerId: number | null,
  input: DeviceInput,
  path = '',
): { id: number; uid: string; version: number; brandId: number | null } {
  const keys = deviceKeys(input, path)
  const brandId = checkNames(ctx, input, path, null)
  checkKeys(ctx, input, keys, path, null)
  const past = { madeInYear: null, repairsCount: 0 }
  return { ...addDevice(ctx, ownerId, { ...input, brandId }, keys, past), brandId }
}

/** Writes a device whose fields have been checked. */
export function addDevice(
  ctx: CommandContext,
  ownerId: number | null,
  input: DeviceInput,
  keys: DeviceKeys,
  past: { readonly madeInYear: number | null; readonly repairsCount: number },
): { id: number; uid: string; version: number } {
  const uid = ctx.newUid()
  const { serialKey } = keys
  const id = insertDevice(ctx.db, { ...input, ...past, uid, serialKey, ownerId, now: ctx.now })
  if (ownerId !== null) passOwnership(ctx.db, id, ownerId, ctx.now)
  // A new device without serial and IMEI has nothing to be found by; imports bring them by the thousand.
  if (serialKey !== null || keys.imeis.length > 0) indexNewDevice(ctx, { deviceId: id, ...keys })
  // Serial numbers and notes stand in the record only, where they can be erased (decision 015).
  const { categoryId, brandId, modelId } = input
  const payload = { ownerId, categoryId, brandId, modelId }
  ctx.record({ entity: 'devices', id, uid, version: 1, type: 'device.created', payload })
  return { id, uid, version: 1 }
}

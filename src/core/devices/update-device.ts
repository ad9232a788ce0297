import type { DeviceInput } from '#contract/devices.ts'
import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { CommandContext } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { changedFields } from '../kernel/changed.ts'
import { indexDevice, indexRepairsOfDevice } from '../search/steps.ts'
import { stale } from '../system/views.ts'
import { checkKeys, checkNames } from './check-device.ts'
import { deviceKeys } from './devices.ts'
import { deviceById, updateDeviceRow, type StoredDevice } from './store.ts'

/** Replaces what is written of a device. Errors: `stale`, and those of its fields (check-device.ts). */
export function updateDevice(
  ctx: CommandContext,
  input: InputOf<'devices.update'>,
): OutputOf<'devices.update'> {
  const { commandId: _id, deviceId, version, ...fields } = input
  const device = found(deviceById(ctx.db, deviceId), 'device')
  if (device.version !== version) throw stale(ctx.db, 'device', device.uid)
  ctx.logAs({ before: device })
  return { id: deviceId, version: saveDevice(ctx, device, fields) }
}

/** Checks and writes all fields of a device, makes it found by them and records the change; answers the version. */
export function saveDevice(ctx: CommandContext, device: StoredDevice, input: DeviceInput): number {
  const { id, uid } = device
  const keys = deviceKeys(input)
  const brandId = checkNames(ctx, input, '', device)
  checkKeys(ctx, input, keys, '', id)
  const version = device.version + 1
  const fields = changedFields(device, { ...input, brandId })
  updateDeviceRow(ctx.db, id, { ...input, brandId, serialKey: keys.serialKey, updatedAt: ctx.now, version })
  indexDevice(ctx, { deviceId: id, ...keys })
  if (isCalledOtherwise(device, { ...input, brandId })) indexRepairsOfDevice(ctx, id)
  ctx.record({ entity: 'devices', id, uid, version, type: 'device.updated', payload: { fields } })
  return version
}

type Names = Pick<StoredDevice, 'categoryId' | 'brandId' | 'modelId' | 'modelText'>

/** Whether its repairs are to be found by other words than before. */
function isCalledOtherwise(before: Names, now: Names): boolean {
  return (['categoryId', 'brandId', 'modelId', 'modelText'] as const).some(
    (name) => before[name] !== now[name],
  )
}

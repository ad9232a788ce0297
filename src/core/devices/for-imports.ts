import type { DeviceInput } from '#contract/devices.ts'
import type { CommandContext } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { deviceKeys } from './devices.ts'
import { deviceById, deviceByImei, devicesBySerial, devicesOfCategory } from './store.ts'
import { saveDevice } from './update-device.ts'

/** The device on file with one of the IMEIs, or with the serial in the same category; null when there is none. */
export function deviceByCodes(ctx: CommandContext, input: DeviceInput): number | null {
  const keys = deviceKeys(input)
  for (const imei of keys.imeis) {
    const known = deviceByImei(ctx.db, imei)
    if (known) return known.id
  }
  if (keys.serialKey === null) return null
  const ids = devicesBySerial(ctx.db, keys.serialKey).map((device) => device.id)
  return devicesOfCategory(ctx.db, ids, input.categoryId)[0] ?? null
}

/** What a source says now of a device it brought before. */
export function replaceDevice(ctx: CommandContext, id: number, input: DeviceInput): number {
  saveDevice(ctx, found(deviceById(ctx.db, id), 'device'), input)
  return id
}

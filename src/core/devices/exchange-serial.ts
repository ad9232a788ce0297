import type { CommandContext } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { changedFields } from '../kernel/changed.ts'
import { checkKeys } from './check-device.ts'
import { deviceKeys, imeiOf } from './devices.ts'
import { deviceById, updateDeviceRow } from './store.ts'
import { indexDevice } from '../search/steps.ts'
import { isImei } from '#contract/fields.ts'

/**
 * The unit was exchanged for another one: the device goes on with the other's serial (or IMEI, where it was known
 * by that), with its owner, purchase and history. The IMEIs of the unit that is gone name it no longer; what it was
 * known by stays in the notes. Errors at `path`: `device.serial_taken`, `device.imei_taken`.
 */
export function exchangeSerial(
  ctx: CommandContext,
  deviceId: number,
  serial: { readonly from: string; readonly to: string },
  path: string,
): void {
  const device = found(deviceById(ctx.db, deviceId), 'device')
  const imei = imeiOf(serial.to)
  const byImei = device.serial === '' && imei !== null && isImei(imei)
  const known = byImei
    ? { serial: '', imei1: imei, imei2: null }
    : { serial: serial.to, imei1: null, imei2: null }
  const keys = deviceKeys(known)
  checkKeys(ctx, { ...device, ...known }, keys, '', deviceId, path)
  const version = device.version + 1
  const line = `${serial.from} → ${serial.to} (${ctx.today})`
  // The notes have their length; an old line of theirs is worth more than none.
  const notes = [device.notes, line].filter((text) => text !== '').join('\n')
  const set = { ...known, serialKey: keys.serialKey, notes: notes.length <= 1000 ? notes : device.notes }
  updateDeviceRow(ctx.db, deviceId, { ...set, updatedAt: ctx.now, version })
  indexDevice(ctx, { deviceId, ...keys })
  const { uid } = device
  const fields = changedFields(device, set)
  ctx.record({ entity: 'devices', id: deviceId, uid, version, type: 'device.exchanged', payload: { fields } })
}

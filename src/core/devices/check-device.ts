import type { DeviceInput } from '#contract/devices.ts'
import type { CommandContext } from '../context.ts'
import { requireEntry } from '../dictionaries/steps.ts'
import { fieldError } from '../kernel/app-error.ts'
import type { DeviceKeys } from './devices.ts'
import { deviceByImei, devicesBySerial, type StoredDevice } from './store.ts'

/**
 * Checks category, brand, model and purchase date; answers the brand, taken from the model when none is given.
 * What the device `held` before stays right after its dictionary entry was switched off.
 */
export function checkNames(
  ctx: CommandContext,
  input: DeviceInput,
  path: string,
  held: StoredDevice | null,
): number | null {
  requireEntry(ctx, 'device_category', input.categoryId, `${path}categoryId`, held?.categoryId ?? null)
  if (input.brandId !== null)
    requireEntry(ctx, 'brand', input.brandId, `${path}brandId`, held?.brandId ?? null)
  requirePurchased(ctx, input, path)
  if (input.modelId === null) return input.brandId
  const model = requireEntry(ctx, 'model', input.modelId, `${path}modelId`, held?.modelId ?? null)
  if (input.brandId !== null && model.parentId !== input.brandId) {
    throw fieldError(`${path}modelId`, 'field.not_an_option')
  }
  return input.brandId ?? model.parentId
}

/** Nothing was bought on a day to come: `field.in_future` at purchasedOn. */
export function requirePurchased(
  ctx: CommandContext,
  input: Pick<DeviceInput, 'purchasedOn'>,
  path: string,
): void {
  if (input.purchasedOn !== null && input.purchasedOn > ctx.today) {
    throw fieldError(`${path}purchasedOn`, 'field.in_future')
  }
}

/**
 * A serial names one device of its category (makers of different goods do reuse numbers), an IMEI one device
 * anywhere. Errors: `device.serial_taken` at serial, `device.imei_taken` at imei1 or imei2, each with the uid of
 * the device that has it.
 */
export function checkKeys(
  ctx: CommandContext,
  input: DeviceInput,
  keys: DeviceKeys,
  path: string,
  ownId: number | null,
  /** Where all of them were given in one field. */
  onlyField?: string,
): void {
  if (keys.serialKey !== null) {
    const taken = devicesBySerial(ctx.db, keys.serialKey).find(
      (known) => known.categoryId === input.categoryId && known.id !== ownId,
    )
    if (taken)
      throw fieldError(onlyField ?? `${path}serial`, 'device.serial_taken', {
        serial: input.serial,
        uid: taken.uid,
        id: taken.id,
      })
  }
  for (const field of ['imei1', 'imei2'] as const) {
    const imei = input[field]
    const taken = imei === null ? undefined : deviceByImei(ctx.db, imei)
    if (taken && taken.id !== ownId) {
      throw fieldError(onlyField ?? `${path}${field}`, 'device.imei_taken', {
        imei,
        uid: taken.uid,
        id: taken.id,
      })
    }
  }
}

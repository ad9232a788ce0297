import type { DeviceInput } from '#contract/devices.ts'
import type { CommandContext } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { requirePurchased } from './check-device.ts'
import { addDevice } from './create-device.ts'
import { deviceKeys } from './devices.ts'
import { deviceByImei, deviceById, devicesBySerial } from './store.ts'
import { saveDevice } from './update-device.ts'

/** The device a row means by its IMEI, or by its serial within its category; null when it is not on file. */
export function deviceByCodes(
  ctx: CommandContext,
  input: Pick<DeviceInput, 'categoryId' | 'serial' | 'imei1' | 'imei2'>,
): number | null {
  const keys = deviceKeys(input)
  for (const imei of keys.imeis) {
    const known = deviceByImei(ctx.db, imei)
    if (known) return known.id
  }
  if (keys.serialKey === null) return null
  return (
    devicesBySerial(ctx.db, keys.serialKey).find(({ categoryId }) => categoryId === input.categoryId)?.id ??
    null
  )
}

/**
 * Adds a device of a list that `deviceByCodes` did not find on file; its category and brand are entries the import has
 * just found or made, and it has no model of the dictionary. `repairsCount`: repairs that come with it.
 */
export function addImportedDevice(
  ctx: CommandContext,
  ownerId: number | null,
  input: DeviceInput,
  past: { readonly madeInYear: number | null; readonly repairsCount: number },
): number {
  requirePurchased(ctx, input, '')
  return addDevice(ctx, ownerId, input, deviceKeys(input), past).id
}

/**
 * Brings a device up to date from a row that was imported before: what the row says replaces what stood there,
 * what it leaves open stays. Answers its id.
 */
export function replaceDevice(ctx: CommandContext, id: number, input: DeviceInput): number {
  const device = found(deviceById(ctx.db, id), 'device')
  const sameBrand = input.brandId === null || input.brandId === device.brandId
  const keepsModel = input.modelId === null && input.modelText === '' && sameBrand
  saveDevice(ctx, device, {
    categoryId: input.categoryId,
    brandId: input.brandId ?? device.brandId,
    modelId: keepsModel ? device.modelId : input.modelId,
    modelText: keepsModel ? device.modelText : input.modelText,
    colour: input.colour || device.colour,
    serial: input.serial || device.serial,
    imei1: input.imei1 ?? device.imei1,
    imei2: input.imei2 ?? device.imei2,
    purchasedOn: input.purchasedOn ?? device.purchasedOn,
    purchaseProof: input.purchaseProof === 'none' ? device.purchaseProof : input.purchaseProof,
    seller: input.seller || device.seller,
    accountLocked: input.accountLocked ?? device.accountLocked,
    notes: input.notes || device.notes,
  })
  return device.id
}

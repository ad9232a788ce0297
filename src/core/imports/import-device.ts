import { isImei } from '#contract/fields.ts'
import { deviceFields, type DeviceInput } from '#contract/devices.ts'
import type { CommandContext } from '../context.ts'
import { addDefect, addImportedDevice, deviceByCodes, replaceDevice } from '../devices/steps.ts'
import { parseInput } from '../kernel/input.ts'
import { z } from 'zod'
import type { Applier, Batch } from './batch.ts'
import { customerFor } from './import-customer.ts'
import { numberOf, textOf, type Values } from './imports.ts'

const input = z.strictObject(deviceFields)

interface Product {
  readonly categoryId: number
  readonly brandId: number | null
}

/** The category of devices whose row names none. */
const other = { zh: '其他', en: 'Other' }

/** Category and brand of a row as dictionary entries, added when the shop has none of that name. */
export function productOf(batch: Batch, values: Values): Product {
  const category = textOf(values, 'category')
  const brand = textOf(values, 'brand')
  return {
    categoryId:
      category === null
        ? batch.entry('device_category', other.en, other)
        : batch.entry('device_category', category),
    brandId: brand === null ? null : batch.entry('brand', brand),
  }
}

function deviceOf(values: Values, product: Product): DeviceInput {
  // An IMEI a spreadsheet has mangled must not keep the row out: it is left empty, like an unread one.
  const imei = (field: string) => {
    const digits = (textOf(values, field) ?? '').replace(/\D/g, '')
    return isImei(digits) ? digits : null
  }
  return parseInput(input, {
    ...product,
    modelId: null,
    modelText: textOf(values, 'model') ?? '',
    colour: textOf(values, 'colour') ?? '',
    serial: textOf(values, 'serial') ?? '',
    imei1: imei('imei1'),
    imei2: imei('imei2'),
    purchasedOn: textOf(values, 'purchaseOn'),
    purchaseProof: 'none',
    seller: '',
    accountLocked: null,
    notes: '',
  })
}

/** The device of a repair's row: the one on file with that serial or IMEI, else a new one with this as its first repair. */
export function deviceFor(
  ctx: CommandContext,
  values: Values,
  product: Product,
  ownerId: number | null,
): { id: number; isNew: boolean; modelText: string } {
  const device = deviceOf(values, product)
  const { modelText } = device
  const known = deviceByCodes(ctx, device)
  if (known !== null) return { id: known, isNew: false, modelText }
  const past = { madeInYear: numberOf(values, 'yearOfManufacture'), repairsCount: 1 }
  return { id: addImportedDevice(ctx, ownerId, device, past), isNew: true, modelText }
}

/** A device already on file under the same serial or IMEI is completed from the row. */
export const importDevice: Applier = (batch, { values }, entityId) => {
  const { ctx } = batch
  const device = deviceOf(values, productOf(batch, values))
  const known = entityId ?? deviceByCodes(ctx, device)
  const id = known === null ? newDevice(ctx, values, device) : replaceDevice(ctx, known, device)
  const defects = (textOf(values, 'knownDefects') ?? '').split('\n').map((text) => text.trim())
  for (const text of defects) if (text !== '') addDefect(ctx, id, text.slice(0, 500), null)
  return { id, isNew: known === null }
}

function newDevice(ctx: CommandContext, values: Values, device: DeviceInput): number {
  const ownerId = customerFor(ctx, textOf(values, 'ownerName'), textOf(values, 'ownerPhone'))
  return addImportedDevice(ctx, ownerId, device, { madeInYear: null, repairsCount: 0 })
}

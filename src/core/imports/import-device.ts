import { isImei } from '#contract/fields.ts'
import { deviceFields, type DeviceInput } from '#contract/devices.ts'
import type { CommandContext } from '../context.ts'
import { addDefect, createDevice, deviceByCodes, replaceDevice } from '../devices/steps.ts'
import { ensureEntry } from '../dictionaries/steps.ts'
import { parseInput } from '../kernel/input.ts'
import { z } from 'zod'
import type { Applier } from './apply-rows.ts'
import { customerFor } from './import-customer.ts'
import { numberOf, textOf, type Values } from './imports.ts'

const input = z.strictObject(deviceFields)

/** Category and brand of a row as dictionary entries, added when the shop has none of that name. */
export function productOf(
  ctx: CommandContext,
  values: Values,
): { categoryId: number; brandId: number | null } {
  const category = textOf(values, 'category')
  const brand = textOf(values, 'brand')
  return {
    categoryId: ensureEntry(ctx, 'device_category', category === null ? otherCategory : both(category)),
    brandId: brand === null ? null : ensureEntry(ctx, 'brand', both(brand)),
  }
}

const otherCategory = { zh: '其他', en: 'Other' }

function both(name: string): { zh: string; en: string } {
  return { zh: name, en: name }
}

function deviceOf(values: Values, product: { categoryId: number; brandId: number | null }): DeviceInput {
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

/** The device of a repair's row: the one on file with that serial or IMEI, else a new one. */
export function deviceFor(
  ctx: CommandContext,
  values: Values,
  product: { categoryId: number; brandId: number | null },
  ownerId: number | null,
): number {
  const device = deviceOf(values, product)
  const known = deviceByCodes(ctx, device)
  return known ?? createDevice(ctx, ownerId, device, '', numberOf(values, 'yearOfManufacture')).id
}

export const importDevice: Applier = ({ ctx }, values, entityId) => {
  const product = productOf(ctx, values)
  const device = deviceOf(values, product)
  if (entityId !== null) return replaceDevice(ctx, entityId, device)
  const ownerId = customerFor(ctx, textOf(values, 'ownerName'), textOf(values, 'ownerPhone'))
  const id = deviceByCodes(ctx, device) ?? createDevice(ctx, ownerId, device).id
  const defects = (textOf(values, 'knownDefects') ?? '').split('\n').filter((text) => text.trim() !== '')
  for (const text of defects) addDefect(ctx, id, text.slice(0, 500), null)
  return id
}

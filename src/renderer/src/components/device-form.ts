import type { Device, DeviceInput } from '#contract/devices.ts'

export type { DeviceInput } from '#contract/devices.ts'

/** A device as it is typed: the category is chosen first, so it may still be missing. */
export type DeviceForm = Omit<DeviceInput, 'categoryId'> & { categoryId: number | null }

export function blankDevice(): DeviceForm {
  return {
    categoryId: null,
    brandId: null,
    modelId: null,
    modelText: '',
    colour: '',
    serial: '',
    imei1: null,
    imei2: null,
    purchasedOn: null,
    purchaseProof: 'none',
    seller: '',
    accountLocked: null,
    notes: '',
  }
}

export function deviceForm(device: Device): DeviceForm {
  const { categoryId, brandId, modelId, modelText, colour, serial, imei1, imei2 } = device
  const { purchasedOn, purchaseProof, seller, accountLocked, notes } = device
  return {
    categoryId,
    brandId,
    modelId,
    modelText,
    colour,
    serial,
    imei1,
    imei2,
    purchasedOn,
    purchaseProof,
    seller,
    accountLocked,
    notes,
  }
}

/** What is sent; undefined while the category is missing, which the form asks for itself. */
export function deviceInput(form: DeviceForm): DeviceInput | undefined {
  const { categoryId, ...rest } = form
  if (categoryId === null) return undefined
  return {
    ...rest,
    categoryId,
    imei1: rest.imei1?.trim() ? rest.imei1 : null,
    imei2: rest.imei2?.trim() ? rest.imei2 : null,
  }
}

import type { Part, PartInput } from '#contract/stock-model.ts'

/** A part as its form holds it: what may be empty while it is typed is null. */
export interface PartForm extends Omit<PartInput, 'priceMinor' | 'taxCodeId' | 'minimum' | 'warrantyMonths'> {
  priceMinor: number | null
  taxCodeId: number | null
  minimum: number | null
  warrantyMonths: number | null
}

export function blankPart(): PartForm {
  return {
    number: '',
    zh: '',
    en: '',
    barcode: '',
    models: '',
    unit: '',
    serialised: false,
    returnable: false,
    priceMinor: null,
    taxCodeId: null,
    warrantyMonths: 0,
    minimum: 0,
    maximum: null,
    binId: null,
    supersedesId: null,
    active: true,
  }
}

export function partForm(part: Part): PartForm {
  return {
    number: part.number,
    zh: part.zh,
    en: part.en,
    barcode: part.barcode,
    models: part.models,
    unit: part.unit,
    serialised: part.serialised,
    returnable: part.returnable,
    priceMinor: part.priceMinor,
    taxCodeId: part.taxCodeId,
    warrantyMonths: part.warrantyMonths,
    minimum: part.minimum,
    maximum: part.maximum,
    binId: part.binId,
    supersedesId: part.supersedesId,
    active: part.active,
  }
}

/** The input, or the paths of what is missing for it. */
export function partInputOf(form: PartForm): PartInput | readonly string[] {
  const { priceMinor, taxCodeId, minimum, warrantyMonths, ...rest } = form
  if (priceMinor === null || taxCodeId === null) {
    return [...(priceMinor === null ? ['priceMinor'] : []), ...(taxCodeId === null ? ['taxCodeId'] : [])]
  }
  return {
    ...rest,
    priceMinor,
    taxCodeId,
    minimum: minimum ?? 0,
    warrantyMonths: warrantyMonths ?? 0,
  }
}

import type { FieldError } from '#contract/errors.ts'
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

/** The input, or what is missing for it, all at once. */
export function partInputOf(form: PartForm): { input: PartInput } | { missing: FieldError[] } {
  const { priceMinor, taxCodeId, minimum, warrantyMonths, ...rest } = form
  const missing: FieldError[] = []
  if (rest.number.trim() === '') missing.push({ path: 'number', code: 'field.required' })
  if ((rest.zh + rest.en).trim() === '') missing.push({ path: 'zh', code: 'part.name_required' })
  if (priceMinor === null) missing.push({ path: 'priceMinor', code: 'field.required' })
  if (taxCodeId === null) missing.push({ path: 'taxCodeId', code: 'field.required' })
  if (priceMinor === null || taxCodeId === null || missing.length > 0) return { missing }
  return {
    input: { ...rest, priceMinor, taxCodeId, minimum: minimum ?? 0, warrantyMonths: warrantyMonths ?? 0 },
  }
}

import type { PartInput } from '#contract/stock-model.ts'
import type { CommandContext } from '../context.ts'
import { fieldError } from '../kernel/app-error.ts'
import { findableText } from '../search/steps.ts'
import { partByCode, partById } from './part-store.ts'
import { placeById } from './place-store.ts'
import { codeKey } from './stock.ts'
import { taxCodeActive } from './views.ts'

/** What stands on file of a part that is changed; an input may keep what is no longer offered. */
export interface Held {
  readonly id: number
  readonly binId: number | null
  readonly taxCodeId: number
}

/**
 * The columns of a part out of what a person typed. A scanned code must mean one part, so a number may not be
 * another's barcode either. Errors at their fields: `part.name_required` at zh, `part.number_taken`,
 * `part.barcode_taken`, `field.not_found`, `field.inactive`, `stock.place_not_a_bin`, and
 * `field.out_of_range` at maximum when it is less than the minimum.
 */
export function partColumns(ctx: CommandContext, input: PartInput, held: Held | null) {
  const { zh, en, number, barcode, models, ...rest } = input
  if (zh === '' && en === '') throw fieldError('part.zh', 'part.name_required')
  const numberKey = codeKey(number)
  if (numberKey === '') throw fieldError('part.number', 'field.required')
  const barcodeKey = codeKey(barcode)
  requireFree(ctx, numberKey, held, 'part.number', 'part.number_taken')
  if (barcodeKey !== numberKey) requireFree(ctx, barcodeKey, held, 'part.barcode', 'part.barcode_taken')
  if (rest.maximum !== null && rest.maximum < rest.minimum) {
    throw fieldError('part.maximum', 'field.out_of_range', { min: rest.minimum / 1000, max: null })
  }
  checkReferences(ctx, input, held)
  const nameZh = zh || en
  const nameEn = en || zh
  return {
    ...rest,
    number,
    numberKey,
    nameZh,
    nameEn,
    barcode: barcodeKey,
    models,
    searchText: findableText([nameZh, nameEn], [number, barcodeKey, models]),
  }
}

function requireFree(
  ctx: CommandContext,
  key: string,
  held: Held | null,
  path: string,
  code: 'part.number_taken' | 'part.barcode_taken',
): void {
  const other = partByCode(ctx.db, key)
  if (other && other.id !== held?.id) throw fieldError(path, code, { number: other.number })
}

function checkReferences(ctx: CommandContext, input: PartInput, held: Held | null): void {
  const { binId, taxCodeId, supersedesId } = input
  const tax = taxCodeActive(ctx.db, taxCodeId)
  if (tax === undefined) throw fieldError('part.taxCodeId', 'field.not_found')
  if (!tax && taxCodeId !== held?.taxCodeId) throw fieldError('part.taxCodeId', 'field.inactive')
  if (binId !== null) {
    const place = placeById(ctx.db, binId)
    if (!place) throw fieldError('part.binId', 'field.not_found')
    if (place.kind !== 'bin') throw fieldError('part.binId', 'stock.place_not_a_bin')
    if (!place.active && binId !== held?.binId) {
      throw fieldError('part.binId', 'field.inactive', { name: place.name })
    }
  }
  if (supersedesId === null) return
  if (supersedesId === held?.id) throw fieldError('part.supersedesId', 'field.not_an_option')
  if (!partById(ctx.db, supersedesId)) throw fieldError('part.supersedesId', 'field.not_found')
}

import { nameKey } from '#contract/names.ts'
import type { Service, ServiceInput } from '#contract/prices.ts'
import type { InputOf } from '#contract/method-types.ts'
import type { CommandContext, Handler, QueryContext } from '../context.ts'
import { requireEntry } from '../dictionaries/steps.ts'
import { fieldError, found } from '../kernel/app-error.ts'
import { stale } from '../system/views.ts'
import { bothNames } from './price-names.ts'
import {
  insertService,
  serviceByCode,
  serviceById,
  servicesOf,
  updateServiceRow,
  type ServiceRow,
} from './service-store.ts'
import { taxCodeById } from './tax-store.ts'

function serviceView(row: ServiceRow): Service {
  const { nameZh, nameEn, searchText: _text, active, ...rest } = row
  return { ...rest, zh: nameZh, en: nameEn, label: { zh: nameZh, en: nameEn }, active: active === 1 }
}

/** Labour items: those of a category come with those for every category. */
export function listServices(ctx: QueryContext, input: InputOf<'prices.services'>): Service[] {
  const { text = '', categoryId = null, includeInactive = false } = input
  return servicesOf(ctx.db, { text: nameKey(text), categoryId, includeInactive }).map(serviceView)
}

/** The row a labour item's input makes, checked against what is on file before (`held`). */
function rowOf(ctx: CommandContext, input: ServiceInput, held: ServiceRow | null) {
  const { zh, en, ...fields } = input
  const names = bothNames(input, 'service.zh')
  if (input.code !== '') {
    const other = serviceByCode(ctx.db, input.code)
    if (other && other.id !== held?.id)
      throw fieldError('service.code', 'price.code_taken', { code: input.code })
  }
  if (input.categoryId !== null)
    requireEntry(ctx, 'device_category', input.categoryId, 'service.categoryId', held?.categoryId ?? null)
  const code = taxCodeById(ctx.db, input.taxCodeId)
  if (!code) throw fieldError('service.taxCodeId', 'field.not_found')
  if (code.active === 0 && held?.taxCodeId !== code.id)
    throw fieldError('service.taxCodeId', 'field.inactive')
  const searchText = nameKey(`${input.code} ${zh} ${en}`)
  return { ...fields, ...names, searchText }
}

/** Errors: `price.name_required` at service.zh, `price.code_taken` at service.code, `field.not_found`, `field.inactive`. */
export const createService: Handler<'prices.createService'> = (ctx, { service }) => {
  const uid = ctx.newUid()
  const id = insertService(ctx.db, { uid, ...rowOf(ctx, service, null) })
  ctx.record({ entity: 'prices', id, uid, version: 1, type: 'service.created', payload: service })
  return { id, uid, version: 1 }
}

/** A new price holds for new lines; lines on a quote or a bill keep what they were written with. Error: `stale`. */
export const updateService: Handler<'prices.updateService'> = (ctx, input) => {
  const before = found(serviceById(ctx.db, input.serviceId), 'service')
  const { id, uid } = before
  if (before.version !== input.version) throw stale(ctx.db, 'service', uid)
  const version = before.version + 1
  updateServiceRow(ctx.db, id, { ...rowOf(ctx, input.service, before), version })
  ctx.record({ entity: 'prices', id, uid, version, type: 'service.updated', payload: input.service })
  return { id, version }
}

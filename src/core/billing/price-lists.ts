import type { PriceList } from '#contract/prices.ts'
import type { CommandContext, Handler, QueryContext } from '../context.ts'
import { fieldError, found } from '../kernel/app-error.ts'
import { stale } from '../system/views.ts'
import { bothNames } from './price-names.ts'
import {
  allPriceLists,
  deletePriceList,
  insertPriceList,
  itemsOfList,
  priceListById,
  setItems,
  updatePriceList,
  type PriceListItem,
} from './price-store.ts'
import { serviceById } from './service-store.ts'
import { partPrice } from './views.ts'

export function listPriceLists(ctx: QueryContext): PriceList[] {
  return allPriceLists(ctx.db).map((row) => {
    const { nameZh, nameEn, includesTax, active, tier, ...rest } = row
    return {
      ...rest,
      zh: nameZh,
      en: nameEn,
      label: { zh: nameZh, en: nameEn },
      includesTax: includesTax === 1,
      active: active === 1,
      tier: tier as PriceList['tier'],
      items: itemsOfList(ctx.db, row.id),
    }
  })
}

function requireItems(ctx: CommandContext, items: readonly PriceListItem[]): void {
  const seen = new Set<string>()
  items.forEach((item, index) => {
    const path = `list.items.${index}`
    const { partId, serviceId } = item
    if ((partId === null) === (serviceId === null)) throw fieldError(path, 'price.one_of')
    if (partId !== null && !partPrice(ctx.db, partId)) throw fieldError(`${path}.partId`, 'field.not_found')
    if (serviceId !== null && !serviceById(ctx.db, serviceId))
      throw fieldError(`${path}.serviceId`, 'field.not_found')
    const key = `${partId} ${serviceId}`
    if (seen.has(key)) throw fieldError(path, 'field.duplicate')
    seen.add(key)
  })
}

/**
 * Adds or replaces a price list; it holds for lines written from now on. Errors: `stale`; `price.name_required` at
 * list.zh; below `list.items.<n>`: `price.one_of`, `field.not_found`, `field.duplicate`.
 */
export const savePriceList: Handler<'prices.savePriceList'> = (ctx, { priceListId, version, list }) => {
  const before = priceListId === null ? null : found(priceListById(ctx.db, priceListId), 'price_list')
  if (before && before.version !== version) throw stale(ctx.db, 'price_list', before.uid)
  requireItems(ctx, list.items)
  const { includesTax, tier, active } = list
  const row = {
    ...bothNames(list, 'list.zh'),
    includesTax,
    tier,
    active,
    version: (before?.version ?? 0) + 1,
  }
  const uid = before?.uid ?? ctx.newUid()
  const id = before?.id ?? insertPriceList(ctx.db, { uid, ...row })
  if (before) updatePriceList(ctx.db, id, row)
  setItems(ctx.db, id, list.items)
  ctx.record({ entity: 'prices', id, uid, version: row.version, type: 'price_list.saved', payload: list })
  return { id, version: row.version }
}

/** Nothing refers to a list: lines copied their prices. Error: `stale`. */
export const removePriceList: Handler<'prices.removePriceList'> = (ctx, { priceListId, version }) => {
  const { id, uid, ...row } = found(priceListById(ctx.db, priceListId), 'price_list')
  if (row.version !== version) throw stale(ctx.db, 'price_list', uid)
  deletePriceList(ctx.db, id)
  ctx.record({
    entity: 'prices',
    id,
    uid,
    version: row.version + 1,
    type: 'price_list.removed',
    payload: { name: row.nameZh },
  })
  return { ok: true }
}

import { eq } from 'drizzle-orm'
import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { priceListItems, priceLists } from '../db/schema/prices.ts'
import { insertInto, insertRowsInto, updateOf } from '../db/row-statements.ts'

/** Rows of price lists. */

export type PriceListRow = Omit<typeof priceLists.$inferSelect, 'includesTax' | 'active'> & {
  readonly includesTax: number
  readonly active: number
}
export interface PriceListItem {
  readonly partId: number | null
  readonly serviceId: number | null
  readonly priceMinor: number
}

const columns = `id, uid, name_zh AS nameZh, name_en AS nameEn, includes_tax AS includesTax, tier, active, version`

export function allPriceLists(db: ReadDb): PriceListRow[] {
  return sqlStatement(db, `SELECT ${columns} FROM price_lists ORDER BY id`).all() as PriceListRow[]
}
export function priceListById(db: ReadDb, id: number): PriceListRow | undefined {
  return sqlStatement(db, `SELECT ${columns} FROM price_lists WHERE id = ?`).get(id) as
    | PriceListRow
    | undefined
}

/** The list that holds for a tier: one of its own before one for everybody, the newest of several. */
export function listForTier(db: ReadDb, tier: string): { id: number; includesTax: number } | undefined {
  const text = `SELECT id, includes_tax AS includesTax FROM price_lists
    WHERE active = 1 AND (tier = +? OR tier IS NULL) ORDER BY tier IS NULL, id DESC LIMIT 1`
  return sqlStatement(db, text).get(tier) as { id: number; includesTax: number } | undefined
}

export function itemsOfList(db: ReadDb, id: number): PriceListItem[] {
  const text = `SELECT part_id AS partId, service_id AS serviceId, price_minor AS priceMinor
    FROM price_list_items WHERE price_list_id = ? ORDER BY id`
  return sqlStatement(db, text).all(id) as PriceListItem[]
}

/** What a list says of a part or a service. */
export function listedPrice(
  db: ReadDb,
  listId: number,
  item: { readonly partId: number | null; readonly serviceId: number | null },
): number | undefined {
  const text = `SELECT price_minor FROM price_list_items
    WHERE price_list_id = ? AND part_id IS ? AND service_id IS ? ORDER BY id DESC LIMIT 1`
  return sqlStatement(db, text).pluck().get(listId, item.partId, item.serviceId) as number | undefined
}

export const insertPriceList = insertInto(priceLists)
export const updatePriceList = updateOf(priceLists)
const insertItems = insertRowsInto(priceListItems)

/** Replaces what a list says. */
export function setItems(db: WriteDb, priceListId: number, items: readonly PriceListItem[]): void {
  db.delete(priceListItems).where(eq(priceListItems.priceListId, priceListId)).run()
  // In portions: a statement takes a limited number of values.
  for (let from = 0; from < items.length; from += 500) {
    const rows = items.slice(from, from + 500)
    insertItems(
      db,
      rows.map(({ partId, serviceId, priceMinor }) => ({ priceListId, partId, serviceId, priceMinor })),
    )
  }
}

export function deletePriceList(db: WriteDb, id: number): void {
  setItems(db, id, [])
  db.delete(priceLists).where(eq(priceLists.id, id)).run()
}

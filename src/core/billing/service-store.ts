import { sqlStatement, type ReadDb } from '../db/handles.ts'
import { services } from '../db/schema/prices.ts'
import { insertInto, updateOf } from '../db/row-statements.ts'

/** Rows of labour items. */

export type ServiceRow = Omit<typeof services.$inferSelect, 'active'> & { readonly active: number }

const columns = `id, uid, code, name_zh AS nameZh, name_en AS nameEn, search_text AS searchText,
  category_id AS categoryId, standard_minutes AS standardMinutes, price_minor AS priceMinor,
  tax_code_id AS taxCodeId, warranty_months AS warrantyMonths, active, version`

export interface ServiceFilter {
  /** Folded words; empty for all. */
  readonly text: string
  /** Items of this category and those for every category; null for all. */
  readonly categoryId: number | null
  readonly includeInactive: boolean
}

const listText = `SELECT ${columns} FROM services
  WHERE (:inactive = 1 OR active = 1) AND (:categoryId IS NULL OR category_id IS NULL OR category_id = :categoryId)
    AND (:text = '' OR instr(search_text, :text) > 0)
  ORDER BY category_id IS NULL, category_id, id`

export function servicesOf(db: ReadDb, filter: ServiceFilter): ServiceRow[] {
  return sqlStatement(db, listText).all({
    text: filter.text,
    categoryId: filter.categoryId,
    inactive: filter.includeInactive ? 1 : 0,
  }) as ServiceRow[]
}
export function serviceById(db: ReadDb, id: number): ServiceRow | undefined {
  return sqlStatement(db, `SELECT ${columns} FROM services WHERE id = ?`).get(id) as ServiceRow | undefined
}
export function serviceByCode(db: ReadDb, code: string): { id: number } | undefined {
  return sqlStatement(db, 'SELECT id FROM services WHERE code = ?').get(code) as { id: number } | undefined
}

export const insertService = insertInto(services)
export const updateServiceRow = updateOf(services)

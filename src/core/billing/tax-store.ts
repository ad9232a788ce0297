import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { taxCodes, taxRates } from '../db/schema/prices.ts'
import { insertInto, updateOf } from '../db/row-statements.ts'

/** Rows of tax codes and their dated rates. */

export type TaxCodeRow = Omit<typeof taxCodes.$inferSelect, 'isDefault' | 'active'> & {
  readonly isDefault: number
  readonly active: number
}
export interface RateRow {
  readonly taxCodeId: number
  readonly validFrom: string
  readonly rateBp: number
}

const columns = 'id, code, name_zh AS nameZh, name_en AS nameEn, is_default AS isDefault, active, version'

export function allTaxCodes(db: ReadDb): TaxCodeRow[] {
  return sqlStatement(db, `SELECT ${columns} FROM tax_codes ORDER BY id`).all() as TaxCodeRow[]
}
export function taxCodeById(db: ReadDb, id: number): TaxCodeRow | undefined {
  return sqlStatement(db, `SELECT ${columns} FROM tax_codes WHERE id = ?`).get(id) as TaxCodeRow | undefined
}
export function taxCodeByCode(db: ReadDb, code: string): TaxCodeRow | undefined {
  return sqlStatement(db, `SELECT ${columns} FROM tax_codes WHERE code = ?`).get(code) as
    | TaxCodeRow
    | undefined
}
/** The code a new line takes; undefined only before the seed. */
export function defaultTaxCodeId(db: ReadDb): number | undefined {
  return sqlStatement(db, 'SELECT id FROM tax_codes WHERE is_default = 1').pluck().get() as number | undefined
}

/** Rates of all codes, the newest first. */
export function allRates(db: ReadDb): RateRow[] {
  const text = `SELECT tax_code_id AS taxCodeId, valid_from AS validFrom, rate_bp AS rateBp FROM tax_rates
    ORDER BY tax_code_id, valid_from DESC`
  return sqlStatement(db, text).all() as RateRow[]
}

const rateText = `SELECT rate_bp FROM tax_rates WHERE tax_code_id = ? AND valid_from <= ?
  ORDER BY valid_from DESC LIMIT 1`

/** The rate of a day: the one with the latest first day not after it; undefined when none is valid yet. */
export function rateOfDay(db: ReadDb, taxCodeId: number, on: string): number | undefined {
  return sqlStatement(db, rateText).pluck().get(taxCodeId, on) as number | undefined
}
/** The code's very first rate, for showing what has none today. */
export function firstRate(db: ReadDb, taxCodeId: number): number | undefined {
  const text = 'SELECT rate_bp FROM tax_rates WHERE tax_code_id = ? ORDER BY valid_from LIMIT 1'
  return sqlStatement(db, text).pluck().get(taxCodeId) as number | undefined
}

export const insertTaxCode = insertInto(taxCodes)
export const updateTaxCode = updateOf(taxCodes)
const insertRate = insertInto(taxRates)

/** There is one default; the index of the table insists on it, so the old one goes first. */
export function clearDefault(db: WriteDb): void {
  sqlStatement(db, 'UPDATE tax_codes SET is_default = 0, version = version + 1 WHERE is_default = 1').run()
}

/** Replaces a code's rates. */
export function setRates(
  db: WriteDb,
  taxCodeId: number,
  rates: readonly { validFrom: string; rateBp: number }[],
): void {
  sqlStatement(db, 'DELETE FROM tax_rates WHERE tax_code_id = ?').run(taxCodeId)
  for (const { validFrom, rateBp } of rates) insertRate(db, { taxCodeId, validFrom, rateBp })
}

import { eq } from 'drizzle-orm'
import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { parts } from '../db/schema/stock.ts'
import { insertInto, updateOf } from '../db/row-statements.ts'

/** Rows of the catalogue: the only file that names its table. */

/** What a move must know of a part. */
export interface PartRow {
  readonly id: number
  readonly uid: string
  readonly number: string
  readonly nameZh: string
  readonly nameEn: string
  readonly serialised: boolean
  readonly costMinor: number
  readonly binId: number | null
  readonly active: boolean
  readonly version: number
}

const columns = `id, uid, number, name_zh AS nameZh, name_en AS nameEn, serialised, cost_minor AS costMinor,
  bin_id AS binId, active, version`

function partOf(raw: unknown): PartRow | undefined {
  const row = raw as
    | (Omit<PartRow, 'serialised' | 'active'> & Record<'serialised' | 'active', number>)
    | undefined
  return row && { ...row, serialised: row.serialised === 1, active: row.active === 1 }
}

export function partById(db: ReadDb, id: number): PartRow | undefined {
  return partOf(sqlStatement(db, `SELECT ${columns} FROM parts WHERE id = ?`).get(id))
}

/** The part whose number or barcode has this comparable form; a number goes before a barcode. */
export function partByCode(db: ReadDb, key: string): PartRow | undefined {
  if (key === '') return undefined
  const byNumber = `SELECT ${columns} FROM parts WHERE number_key = ?`
  const byBarcode = `SELECT ${columns} FROM parts WHERE barcode <> '' AND barcode = ?`
  return partOf(sqlStatement(db, byNumber).get(key)) ?? partOf(sqlStatement(db, byBarcode).get(key))
}

export const insertPart = insertInto(parts)

export function updatePartRow(db: WriteDb, id: number, set: Partial<typeof parts.$inferInsert>): void {
  db.update(parts).set(set).where(eq(parts.id, id)).run()
}

const setCostOf = updateOf(parts)

/** The moving average; no change a person makes, so the version stays. */
export function setCost(db: WriteDb, id: number, costMinor: number): void {
  setCostOf(db, id, { costMinor })
}

export function taxCodeOf(db: ReadDb, id: number): number {
  return sqlStatement(db, 'SELECT tax_code_id FROM parts WHERE id = ?').pluck().get(id) as number
}

import { eq } from 'drizzle-orm'
import type { Place, PlaceKind } from '#contract/stock-model.ts'
import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { places } from '../db/schema/stock.ts'
import { insertInto } from '../db/row-statements.ts'

/** Rows of places: the only file that names their table. */

interface RawPlace extends Omit<Place, 'active'> {
  readonly active: number
}
const columns = 'id, uid, kind, name, active, version'

function placeOf(raw: unknown): Place | undefined {
  const row = raw as RawPlace | undefined
  return row && { ...row, active: row.active === 1 }
}

export function placeById(db: ReadDb, id: number): Place | undefined {
  return placeOf(sqlStatement(db, `SELECT ${columns} FROM places WHERE id = ?`).get(id))
}

/** The oldest place of a kind. */
export function firstPlace(db: ReadDb, kind: PlaceKind): Place | undefined {
  const text = `SELECT ${columns} FROM places WHERE id = (SELECT min(id) FROM places WHERE kind = +?)`
  return placeOf(sqlStatement(db, text).get(kind))
}

export function placeByName(db: ReadDb, kind: PlaceKind, nameKey: string): Place | undefined {
  const text = `SELECT ${columns} FROM places WHERE kind = ? AND name_key = ?`
  return placeOf(sqlStatement(db, text).get(kind, nameKey))
}

/** Places of the kinds (all when empty), those in use first, by name. */
export function placesOfKinds(db: ReadDb, kinds: readonly PlaceKind[]): Place[] {
  const text = `SELECT ${columns} FROM places
    WHERE @kinds = '[]' OR kind IN (SELECT value FROM json_each(@kinds)) ORDER BY active DESC, kind, name_key, id`
  return sqlStatement(db, text)
    .all({ kinds: JSON.stringify(kinds) })
    .flatMap((raw) => placeOf(raw) ?? [])
}

export const insertPlace = insertInto(places)

export function updatePlaceRow(db: WriteDb, id: number, set: Partial<typeof places.$inferInsert>): void {
  db.update(places).set(set).where(eq(places.id, id)).run()
}

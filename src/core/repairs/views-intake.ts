import { sqlStatement, type ReadDb } from '../db/handles.ts'

/** Reads across modules that intake needs (decision 005). Nothing here writes. */

/** The check list of a device category: id of each item and whether it is in use (1) or switched off (0). */
export function checkItemsOf(db: ReadDb, categoryId: number): Map<number, number> {
  const text = `SELECT id, active FROM dictionary_entries WHERE parent_id = ? AND kind = 'check_item'`
  const rows = sqlStatement(db, text).all(categoryId) as { id: number; active: number }[]
  return new Map(rows.map(({ id, active }) => [id, active]))
}

import { sqlStatement, type ReadDb } from '../db/handles.ts'

/** Reads across modules that intake needs (decision 005). Nothing here writes. */

/** Ids of the check list of a device category. */
export function checkItemsOf(db: ReadDb, categoryId: number): number[] {
  return sqlStatement(
    db,
    `SELECT id FROM dictionary_entries WHERE parent_id = ? AND kind = 'check_item' AND active = 1`,
  )
    .pluck()
    .all(categoryId) as number[]
}

/** True when the device can be recognised again: it has a serial or an IMEI. */
export function isIdentified(db: ReadDb, deviceId: number): boolean {
  return (
    sqlStatement(
      db,
      'SELECT 1 FROM devices WHERE id = ? AND coalesce(serial_key, imei1, imei2) IS NOT NULL',
    ).get(deviceId) !== undefined
  )
}

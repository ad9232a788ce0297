import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'

/** Numbers people see, one row per series. A number is drawn in its command's transaction, so none is lost or given twice. */

/** Draws the next number of a series, from 1. */
export function drawNumber(db: WriteDb, series: string): number {
  const row = sqlStatement(
    db,
    `INSERT INTO number_series (series, last) VALUES (?, 1)
     ON CONFLICT (series) DO UPDATE SET last = last + 1 RETURNING last`,
  ).get(series) as { last: number }
  return row.last
}

/** The number of a series that was drawn last; 0 before the first. */
export function lastNumber(db: ReadDb, series: string): number {
  return (
    (sqlStatement(db, 'SELECT last FROM number_series WHERE series = ?').pluck().get(series) as
      | number
      | undefined) ?? 0
  )
}

/** Makes sure a number given elsewhere (imported history) is not drawn again. */
export function passNumber(db: WriteDb, series: string, last: number): void {
  sqlStatement(
    db,
    `INSERT INTO number_series (series, last) VALUES (?, ?)
     ON CONFLICT (series) DO UPDATE SET last = max(last, excluded.last)`,
  ).run(series, last)
}

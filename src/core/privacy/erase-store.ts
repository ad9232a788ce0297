import { sqlStatement, type WriteDb } from '../db/handles.ts'
import { cleared, deletedRows, named, reachOf, type ReachedTable } from './reach.ts'

/**
 * Writes of erasing. They go across the tables of all modules, as views do: what is masked is one list (reach.ts) that
 * a test holds against the classes of all columns, and a step in each module would be a dozen lists nobody compares
 * (decision 015).
 */

/** Takes the person's names out of free texts. */
export function rewriteTexts(db: WriteDb, records: string, change: (text: string) => string): void {
  for (const [table, columns] of Object.entries(named) as [ReachedTable, readonly string[]][]) {
    const list = columns.map((column) => `"${column}"`).join(', ')
    const rows = sqlStatement(
      db,
      `SELECT rowid AS row_id, ${list} FROM ${table} WHERE ${reachOf[table]}`,
    ).all({
      records,
    }) as Record<string, string | number | null>[]
    for (const row of rows) {
      for (const column of columns) {
        const text = row[column]
        if (typeof text !== 'string') continue
        const next = change(text)
        if (next === text) continue
        sqlStatement(db, `UPDATE ${table} SET "${column}" = ? WHERE rowid = ?`).run(next, row['row_id'])
      }
    }
  }
}

/** Clears what is only about the person, and removes rows that are nothing else. */
export function clearRows(db: WriteDb, records: string, now: number): void {
  // What others are reached by (devices by owner, repairs by customer) is not touched, so the order is free.
  for (const table of deletedRows) {
    sqlStatement(db, `DELETE FROM ${table} WHERE ${reachOf[table]}`).run({ records })
  }
  for (const [table, set] of Object.entries(cleared) as [ReachedTable, string][]) {
    const values = set.includes(':now') ? { records, now } : { records }
    sqlStatement(db, `UPDATE ${table} SET ${set} WHERE ${reachOf[table]}`).run(values)
  }
}

/** A seat resends a command within minutes; what is older is kept for a month only in case. */
const resentWithinMs = 3_600_000

/** Remembered answers, refused import rows and import keys that are about the person. */
export function forgetTraces(db: WriteDb, records: string, traces: readonly string[], now: number): void {
  const given = JSON.stringify(traces)
  const has = (column: string) =>
    `EXISTS (SELECT 1 FROM json_each(:given) t WHERE instr(${column}, t.value) > 0)`
  sqlStatement(db, `DELETE FROM commands WHERE at < :before AND ${has('result')}`).run({
    given,
    before: now - resentWithinMs,
  })
  sqlStatement(db, `DELETE FROM import_rejects WHERE ${has('cells')}`).run({ given })
  sqlStatement(db, `UPDATE import_runs SET preview = '[]' WHERE ${has('preview')}`).run({ given })
  sqlStatement(
    db,
    `DELETE FROM import_keys WHERE target = 'customers' AND entity_id IN (SELECT value FROM json_each(:records))`,
  ).run({ records })
}

/** Unfinished intakes of the person, known by a phone, address or record: a name alone may be another's. */
export function draftsAbout(db: WriteDb, traces: readonly string[]): string[] {
  const text = `SELECT uid FROM drafts WHERE EXISTS (
    SELECT 1 FROM json_each(:given) t WHERE instr(title, t.value) > 0 OR instr(content, t.value) > 0)`
  return sqlStatement(db, text)
    .pluck()
    .all({ given: JSON.stringify(traces) }) as string[]
}

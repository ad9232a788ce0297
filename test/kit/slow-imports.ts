import { join } from 'node:path'
import Database from 'better-sqlite3'

/**
 * Makes imports slow by a trigger in the shop's file, so that one is under way for as long as a test needs it, however
 * fast or slow the machine. `turns` says in SQL how many turns of a loop (some millions take a second) it costs when
 * `new.rows` rows are in; a dry run is not slowed. Answers what takes the trigger away, when nothing is imported.
 */
export function slowImports(data: string, turns: string): () => void {
  const alter = (sql: string): void => {
    const file = new Database(join(data, 'shop.db'), { timeout: 60_000 })
    file.exec(sql)
    file.close()
  }
  alter(`
    CREATE TRIGGER slow_imports AFTER UPDATE OF rows ON import_runs WHEN NOT new.dry_run BEGIN
      SELECT count(*) FROM (
        WITH RECURSIVE turn(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM turn WHERE n < ${turns})
        SELECT n FROM turn);
    END`)
  return () => alter('DROP TRIGGER slow_imports')
}

/** Slower with each batch of 250 rows beside people at work: the first ones take moments, the later ones minutes. */
export const slowerAndSlower = '3000 * (new.rows / 250) * (new.rows / 250) * (new.rows / 250)'

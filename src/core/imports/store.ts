import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { importProfiles, importRejects, importRuns } from '../db/schema/imports.ts'

/** Rows of imports: the only file of the module that names its tables. */

export type RunRow = typeof importRuns.$inferSelect

export function storedProfiles(db: ReadDb): { id: string; profile: string }[] {
  return db.select().from(importProfiles).orderBy(asc(importProfiles.id)).all()
}

export function saveProfile(db: WriteDb, id: string, profile: string): void {
  db.insert(importProfiles)
    .values({ id, profile })
    .onConflictDoUpdate({ target: importProfiles.id, set: { profile } })
    .run()
}

export function deleteProfile(db: WriteDb, id: string): number {
  return db.delete(importProfiles).where(eq(importProfiles.id, id)).run().changes
}

export function runById(db: ReadDb, id: number): RunRow | undefined {
  return db.select().from(importRuns).where(eq(importRuns.id, id)).get()
}

export function lastRuns(db: ReadDb, limit: number): RunRow[] {
  return db.select().from(importRuns).orderBy(desc(importRuns.id)).limit(limit).all()
}

/** The newest unfinished run of the same file, read in the same way under the same profile: a killed import goes on there. */
export function unfinishedRun(
  db: ReadDb,
  same: Pick<RunRow, 'fileHash' | 'profile' | 'reading'>,
): RunRow | undefined {
  return db
    .select()
    .from(importRuns)
    .where(
      and(
        eq(importRuns.fileHash, same.fileHash),
        eq(importRuns.profile, same.profile),
        eq(importRuns.reading, same.reading),
        eq(importRuns.dryRun, false),
        sql`${importRuns.state} IN ('running', 'interrupted', 'failed')`,
      ),
    )
    .orderBy(desc(importRuns.id))
    .limit(1)
    .get()
}

export function insertRun(db: WriteDb, row: typeof importRuns.$inferInsert): number {
  return db.insert(importRuns).values(row).returning({ id: importRuns.id }).get().id
}

export function updateRun(db: WriteDb, id: number, set: Partial<typeof importRuns.$inferInsert>): void {
  db.update(importRuns).set(set).where(eq(importRuns.id, id)).run()
}

/** Rejected rows of a run in file order, at most `limit`, after a line. */
export function rejectsOf(db: ReadDb, runId: number, afterId: number, limit: number) {
  return db
    .select()
    .from(importRejects)
    .where(and(eq(importRejects.runId, runId), sql`${importRejects.id} > ${afterId}`))
    .orderBy(asc(importRejects.id))
    .limit(limit)
    .all()
}

export function insertReject(
  db: WriteDb,
  row: { runId: number; line: number; field: string; code: string; params: string; cells: string },
): void {
  sqlStatement(
    db,
    'INSERT INTO import_rejects (run_id, line, field, code, params, cells) VALUES (@runId, @line, @field, @code, @params, @cells)',
  ).run(row)
}

export interface KeyRow {
  readonly entityId: number
  readonly hash: string
  /** The run that met the key last, and on which line of its file. */
  readonly runId: number
  readonly line: number
}

export function keyOf(db: ReadDb, target: string, source: string, key: string): KeyRow | undefined {
  return sqlStatement(
    db,
    `SELECT entity_id AS entityId, hash, run_id AS runId, line FROM import_keys
     WHERE target = ? AND source = ? AND key = ?`,
  ).get(target, source, key) as KeyRow | undefined
}

export function insertKey(db: WriteDb, target: string, source: string, key: string, row: KeyRow): void {
  sqlStatement(
    db,
    'INSERT INTO import_keys (target, source, key, entity_id, hash, run_id, line) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(target, source, key, row.entityId, row.hash, row.runId, row.line)
}

/** A run met a known key: what stands there now, and where it stood. */
export function meetKey(db: WriteDb, target: string, source: string, key: string, row: KeyRow): void {
  sqlStatement(
    db,
    `UPDATE import_keys SET entity_id = ?, hash = ?, run_id = ?, line = ?
     WHERE target = ? AND source = ? AND key = ?`,
  ).run(row.entityId, row.hash, row.runId, row.line, target, source, key)
}

/** Forgets at most `limit` of the keys a dry run noted; answers how many. */
export function forgetKeys(db: WriteDb, target: string, source: string, limit: number): number {
  return sqlStatement(
    db,
    `DELETE FROM import_keys WHERE id IN (SELECT id FROM import_keys WHERE target = ? AND source = ? LIMIT ?)`,
  ).run(target, source, limit).changes
}

/** Runs that say they are running. */
export function runsUnderWay(db: ReadDb): { id: number; uid: string }[] {
  return db
    .select({ id: importRuns.id, uid: importRuns.uid })
    .from(importRuns)
    .where(eq(importRuns.state, 'running'))
    .all()
}

import { and, asc, desc, eq, lt, sql } from 'drizzle-orm'
import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { importKeys, importProfiles, importRejects, importRuns } from '../db/schema/imports.ts'

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

/** The newest unfinished run of the same file under the same profile: a killed import goes on there. */
export function unfinishedRun(db: ReadDb, fileHash: string, profile: string): RunRow | undefined {
  return db
    .select()
    .from(importRuns)
    .where(
      and(
        eq(importRuns.fileHash, fileHash),
        eq(importRuns.profile, profile),
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
}

export function keyOf(db: ReadDb, target: string, source: string, key: string): KeyRow | undefined {
  return sqlStatement(
    db,
    'SELECT entity_id AS entityId, hash FROM import_keys WHERE target = ? AND source = ? AND key = ?',
  ).get(target, source, key) as KeyRow | undefined
}

export function keepKey(db: WriteDb, target: string, source: string, key: string, row: KeyRow): void {
  sqlStatement(
    db,
    `INSERT INTO import_keys (target, source, key, entity_id, hash) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (target, source, key) DO UPDATE SET entity_id = excluded.entity_id, hash = excluded.hash`,
  ).run(target, source, key, row.entityId, row.hash)
}

/** Forgets what dry runs noted to count rows that stand twice in a file. */
export function forgetKeys(db: WriteDb, source: string): void {
  db.delete(importKeys).where(eq(importKeys.source, source)).run()
}

/** Runs that say they are running although no host does them any more: one was killed. */
export function interruptRuns(db: WriteDb, before: number): number {
  return db
    .update(importRuns)
    .set({ state: 'interrupted' })
    .where(and(eq(importRuns.state, 'running'), lt(importRuns.startedAt, before)))
    .run().changes
}

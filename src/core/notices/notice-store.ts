import { and, asc, eq, lte, sql } from 'drizzle-orm'
import { insertInto, updateOf } from '../db/row-statements.ts'
import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { notices, reportLinks } from '../db/schema/work.ts'

/** Rows of what customers were told, and of the links to their reports: the only file that names their tables. */

export type NoticeRow = typeof notices.$inferSelect

export const insertNotice = insertInto(notices)
export const updateNotice: (db: WriteDb, id: number, patch: Partial<NoticeRow>) => void = updateOf(notices)

export function noticeById(db: ReadDb, id: number): NoticeRow | undefined {
  return db.select().from(notices).where(eq(notices.id, id)).get()
}

/** E-mails whose time has come, the longest waiting first. */
export function dueMails(db: ReadDb, now: number, limit: number): NoticeRow[] {
  return db
    .select()
    .from(notices)
    .where(and(eq(notices.state, 'queued'), lte(notices.nextTryAt, now)))
    .orderBy(asc(notices.nextTryAt))
    .limit(limit)
    .all()
}

export function countNotices(db: ReadDb, state: 'queued' | 'failed'): number {
  const text = `SELECT count(*) FROM notices WHERE state = ? AND channel = 'email'`
  return sqlStatement(db, text).pluck().get(state) as number
}

export function linkOf(db: ReadDb, repairId: number): string | undefined {
  return db.select().from(reportLinks).where(eq(reportLinks.repairId, repairId)).get()?.token
}

export function keepLink(db: WriteDb, repairId: number, token: string, at: number): void {
  db.insert(reportLinks)
    .values({ repairId, token, createdAt: at })
    .onConflictDoUpdate({ target: reportLinks.repairId, set: { token: sql`excluded.token`, createdAt: at } })
    .run()
}

export function dropLink(db: WriteDb, repairId: number): void {
  db.delete(reportLinks).where(eq(reportLinks.repairId, repairId)).run()
}

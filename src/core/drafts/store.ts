import { eq } from 'drizzle-orm'
import type { ReadDb, WriteDb } from '../db/handles.ts'
import { drafts } from '../db/schema/repairs.ts'

export type StoredDraft = typeof drafts.$inferSelect

export function draftByUid(db: ReadDb, uid: string): StoredDraft | undefined {
  return db.select().from(drafts).where(eq(drafts.uid, uid)).get()
}

export function insertDraft(
  db: WriteDb,
  row: Omit<typeof drafts.$inferInsert, 'id' | 'version'>,
): StoredDraft {
  return db.insert(drafts).values(row).returning().get()
}

export function updateDraft(db: WriteDb, id: number, set: Partial<StoredDraft>): void {
  db.update(drafts).set(set).where(eq(drafts.id, id)).run()
}

export function deleteDraft(db: WriteDb, id: number): void {
  db.delete(drafts).where(eq(drafts.id, id)).run()
}

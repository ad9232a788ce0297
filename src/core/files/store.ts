import { eq } from 'drizzle-orm'
import type { AttachmentRow } from '#contract/repairs.ts'
import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { attachments } from '../db/schema/repairs.ts'

export type StoredFile = Omit<typeof attachments.$inferSelect, 'kind'> & Pick<AttachmentRow, 'kind'>

export function fileByUid(db: ReadDb, uid: string): StoredFile | undefined {
  return db.select().from(attachments).where(eq(attachments.uid, uid)).get() as StoredFile | undefined
}

export function insertFile(db: WriteDb, row: Omit<typeof attachments.$inferInsert, 'id'>): void {
  db.insert(attachments).values(row).run()
}

/** Photos (not signatures) a repair has. */
export function countPhotos(db: ReadDb, repairId: number): number {
  const text = "SELECT count(*) FROM attachments WHERE repair_id = ? AND kind = 'photo'"
  return sqlStatement(db, text).pluck().get(repairId) as number
}

export function countDraftFiles(db: ReadDb, draftUid: string): number {
  return sqlStatement(db, 'SELECT count(*) FROM attachments WHERE draft_uid = ?')
    .pluck()
    .get(draftUid) as number
}

/** The draft's file is the repair's from now on. */
export function giveToRepair(db: WriteDb, id: number, repairId: number): void {
  db.update(attachments).set({ repairId, draftUid: null }).where(eq(attachments.id, id)).run()
}

/** The file belongs to no intake any more, so that none takes it along when it is thrown away. */
export function keepForShop(db: WriteDb, id: number): void {
  db.update(attachments).set({ draftUid: null }).where(eq(attachments.id, id)).run()
}

/** Removes the files of a draft; those of repairs have no draft any more and stay. */
export function deleteDraftFiles(db: WriteDb, draftUid: string): void {
  db.delete(attachments).where(eq(attachments.draftUid, draftUid)).run()
}

export function deleteFile(db: WriteDb, id: number): void {
  db.delete(attachments).where(eq(attachments.id, id)).run()
}

/** Of these hashes the ones some row points at. */
export function knownHashes(db: ReadDb, sha256: readonly string[]): string[] {
  return sqlStatement(db, 'SELECT value FROM json_each(?) WHERE value IN (SELECT sha256 FROM attachments)')
    .pluck()
    .all(JSON.stringify(sha256)) as string[]
}

import type { AttachmentRow } from '#contract/repairs.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'

const shown = `
  SELECT a.uid, a.kind, a.name, a.mime, a.size, a.created_at AS createdAt, u.name AS createdBy
  FROM attachments a LEFT JOIN users u ON u.id = a.created_by_id`

/** A repair's files, in the order they came. */
export function attachmentsOf(db: ReadDb, repairId: number): AttachmentRow[] {
  return sqlStatement(db, `${shown} WHERE a.repair_id = ? ORDER BY a.id`).all(repairId) as AttachmentRow[]
}

/** Files of an intake not yet saved. */
export function filesOfDraft(db: ReadDb, draftUid: string): AttachmentRow[] {
  return sqlStatement(db, `${shown} WHERE a.draft_uid = ? ORDER BY a.id`).all(draftUid) as AttachmentRow[]
}

export function attachmentRow(db: ReadDb, uid: string): AttachmentRow | undefined {
  return sqlStatement(db, `${shown} WHERE a.uid = ?`).get(uid) as AttachmentRow | undefined
}

/** Ids of files put to an intake before `at` (UTC epoch ms) that was never saved as a draft, or whose draft is gone. */
export function abandonedFiles(db: ReadDb, at: number): number[] {
  return sqlStatement(
    db,
    `SELECT a.id FROM attachments a WHERE a.draft_uid IS NOT NULL AND a.created_at < ?
     AND NOT EXISTS (SELECT 1 FROM drafts d WHERE d.uid = a.draft_uid)`,
  )
    .pluck()
    .all(at) as number[]
}

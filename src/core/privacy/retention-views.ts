import { sqlStatement, type ReadDb } from '../db/handles.ts'

/** What is due under the rules of retention; reads only. Moments are UTC epoch ms. */

const inactiveText = `SELECT c.id FROM customers c
  WHERE c.id > :after AND c.merged_into_id IS NULL AND c.erased_at IS NULL AND c.open_repairs_count = 0
    AND c.updated_at < :before
    AND NOT EXISTS (SELECT 1 FROM repairs r WHERE r.customer_id = c.id AND r.active_at >= :before)
    AND NOT EXISTS (SELECT 1 FROM invoices i WHERE i.customer_id = c.id AND i.issued_at >= :before)
  ORDER BY c.id LIMIT :limit`

/** Customers without a repair, an invoice or a change since `before`, by id after `after`. */
export function inactiveCustomers(db: ReadDb, before: number, after: number, limit: number): number[] {
  return sqlStatement(db, inactiveText).pluck().all({ before, after, limit }) as number[]
}

const picturesText = `SELECT a.id, a.uid FROM attachments a
  CROSS JOIN repairs r ON r.id = a.repair_id AND r.closed_at < :before
  WHERE a.created_at < :before ORDER BY a.id LIMIT :limit`

/** Pictures of repairs closed before `before`. */
export function oldPictures(db: ReadDb, before: number, limit: number): { id: number; uid: string }[] {
  return sqlStatement(db, picturesText).all({ before, limit }) as { id: number; uid: string }[]
}

const messagesText = `SELECT id FROM notices WHERE created_at < :before AND body <> '' AND state <> 'queued'
  ORDER BY id LIMIT :limit`

/** Messages written before `before` whose text is still there. */
export function oldMessages(db: ReadDb, before: number, limit: number): number[] {
  return sqlStatement(db, messagesText).pluck().all({ before, limit }) as number[]
}

/** Unfinished intakes nobody touched since `before`. */
export function oldDrafts(db: ReadDb, before: number, limit: number): string[] {
  const text = 'SELECT uid FROM drafts WHERE updated_at < :before ORDER BY id LIMIT :limit'
  return sqlStatement(db, text).pluck().all({ before, limit }) as string[]
}

const rejectsText = `SELECT x.id FROM import_runs u CROSS JOIN import_rejects x ON x.run_id = u.id
  WHERE u.ended_at < :before AND u.state <> 'running' LIMIT :limit`

/** Refused rows of imports that ended before `before`. */
export function oldRejects(db: ReadDb, before: number, limit: number): number[] {
  return sqlStatement(db, rejectsText).pluck().all({ before, limit }) as number[]
}

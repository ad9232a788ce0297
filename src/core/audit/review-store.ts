import { desc } from 'drizzle-orm'
import type { ReadDb, WriteDb } from '../db/handles.ts'
import { permissionReviews } from '../db/schema/people.ts'

const shownReviews = 20

/** The newest reviews. */
export function listReviews(db: ReadDb) {
  return db.select().from(permissionReviews).orderBy(desc(permissionReviews.id)).limit(shownReviews).all()
}

export function insertReview(db: WriteDb, row: typeof permissionReviews.$inferInsert) {
  return db.insert(permissionReviews).values(row).returning().get()
}

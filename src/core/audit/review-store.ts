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

/** When somebody last reviewed; undefined before the first time. */
export function lastReviewAt(db: ReadDb): number | undefined {
  return db
    .select({ at: permissionReviews.at })
    .from(permissionReviews)
    .orderBy(desc(permissionReviews.id))
    .limit(1)
    .get()?.at
}

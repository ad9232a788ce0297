import { hash } from 'node:crypto'
import type { PermissionReview } from '#contract/audit.ts'
import type { Handler, HandlersOf, QueryContext } from '../context.ts'
import type { ReadDb } from '../db/handles.ts'
import { AppError, assert } from '../kernel/app-error.ts'
import { dayOf } from '../kernel/days.ts'
import { linesSince } from './queries.ts'
import { reviewDueOn } from './review-due.ts'
import { insertReview, lastReviewAt, listReviews } from './review-store.ts'
import { firstPersonAt, reviewedPeople, reviewedRoles, reviewerName } from './review-views.ts'

/** Acts that change who may do what, or how somebody proves who they are. */
const changing = [
  'users.update',
  'users.unlock',
  'users.createRole',
  'users.updateRole',
  'users.deleteRole',
  'people.insert',
  'people.setSecrets',
]
const shownChanges = 200

type StoredReview = ReturnType<typeof listReviews>[number]

interface Snapshot {
  readonly people: readonly unknown[]
  readonly roles: readonly unknown[]
}

function reviewOf(db: ReadDb, row: StoredReview): PermissionReview {
  const { people, roles } = JSON.parse(row.snapshot) as Snapshot
  const { uid, at, note, userId } = row
  return { uid, at, note, by: reviewerName(db, userId), people: people.length, roles: roles.length }
}

/** People and roles as they stand, and a name for just that state: last sign-ins do not change it. */
function present(db: ReadDb) {
  const people = reviewedPeople(db)
  const roles = reviewedRoles(db)
  const rights = people.map(({ id, login, name, active, roleIds }) => ({ id, login, name, active, roleIds }))
  return { people, roles, seen: hash('sha256', JSON.stringify([rights, roles]), 'hex') }
}

function standing(ctx: QueryContext): { dueOn: string | null; due: boolean } {
  const { timeZone, permissionReviewMonths: months } = ctx.settings
  // A shop that has never looked counts from the day on which its first person came.
  const since = lastReviewAt(ctx.db) ?? firstPersonAt(ctx.db)
  const dueOn = reviewDueOn(dayOf(since, timeZone), months)
  return { dueOn, due: dueOn !== null && dueOn <= ctx.today }
}

const report: Handler<'reviews.report'> = (ctx) => {
  const stored = listReviews(ctx.db)
  const [last] = stored
  const { people, roles, seen } = present(ctx.db)
  return {
    people,
    roles,
    seen,
    changes: linesSince(ctx.db, changing, last?.at ?? 0, shownChanges),
    reviews: stored.map((row) => reviewOf(ctx.db, row)),
    ...standing(ctx),
  }
}

/** Writes down that somebody looked, with what they saw. Error: `review.changed`. */
const record: Handler<'reviews.record'> = (ctx, { note, seen }) => {
  const { userId } = ctx.actor
  assert(userId !== null, 'a person reviews')
  const now = present(ctx.db)
  if (now.seen !== seen) throw new AppError('review.changed')
  const snapshot = JSON.stringify({ people: now.people, roles: now.roles } satisfies Snapshot)
  const row = insertReview(ctx.db, { uid: ctx.newUid(), at: ctx.now, userId, note, snapshot })
  ctx.announce('reviews', [row.id])
  return reviewOf(ctx.db, row)
}

export const reviewsHandlers: HandlersOf<'reviews'> = { report, due: standing, record }

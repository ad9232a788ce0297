import type { OutputOf } from '#contract/method-types.ts'
import type { Actor, CommandContext, SeatOrigin } from '../context.ts'
import type { ReadDb, WriteDb } from '../db/handles.ts'
import { found } from '../kernel/app-error.ts'
import { firstOwner, updateUser } from './people-store.ts'
import { currentSettings } from '../settings/steps.ts'
import { permissionSet, sessionHolds } from './access.ts'
import {
  closeAllSessions,
  closeSessionsOf,
  deleteSessionsBefore,
  firstUserUid,
  openSessionByToken,
  rolesOfUser,
  seatById,
  setLoginState,
  touch,
  userById,
  userIsActive,
  userPermissions,
} from './store.ts'

/** The person and seat behind a token, or null when the session ended, idled out or the person left. */
export function resolveSession(
  db: ReadDb,
  tokenHash: string,
  now: number,
): { id: number; lastSeenAt: number; actor: Actor } | null {
  const row = openSessionByToken(db, tokenHash)
  if (!row || !sessionHolds(row, now, currentSettings(db))) return null
  return {
    id: row.id,
    lastSeenAt: row.lastSeenAt,
    actor: { userId: row.userId, seatId: row.seatId, permissions: permissionSet(row.permissions) },
  }
}

export function touchSession(db: WriteDb, sessionId: number, now: number, from?: SeatOrigin): void {
  touch(db, sessionId, now, from)
}

/** Name of a user for "changed by"; empty for the program itself. */
export function userName(db: ReadDb, userId: number | null): string {
  return userId === null ? '' : (userById(db, userId)?.name ?? '')
}

/** The uid of whoever founded the shop, which stands in all of its backups; empty before that. */
export function firstUser(db: ReadDb): string {
  return firstUserUid(db) ?? ''
}

/** Whether a user can be given a repair: active, with `repairs.work`. */
export function isEngineer(db: ReadDb, userId: number): 'ok' | 'unknown' | 'inactive' {
  const active = userIsActive(db, userId)
  if (active === undefined) return 'unknown'
  const works = permissionSet(userPermissions(db, userId)).has('repairs.work')
  return active && works ? 'ok' : 'inactive'
}

/** What a seat is told of who is signed in. */
export function signedInView(db: ReadDb, actor: Actor): NonNullable<OutputOf<'session.state'>['session']> {
  const user = found(actor.userId === null ? null : userById(db, actor.userId), 'user')
  const seat = found(actor.seatId === null ? null : seatById(db, actor.seatId), 'seat')
  return {
    user: {
      id: user.id,
      uid: user.uid,
      login: user.login,
      name: user.name,
      language: user.language as 'en' | null,
    },
    permissions: [...actor.permissions],
    roles: rolesOfUser(db, user.id).map((role) => role.code ?? role.name),
    seat: { id: seat.id, uid: seat.uid, name: seat.name },
  }
}

/** Ends a person's sessions, except the one this act comes from. */
export function endSessionsOf(ctx: CommandContext, userId: number): void {
  closeSessionsOf(ctx.db, userId, ctx.now, ctx.tokenHash)
}

/** Everybody signs in again, at every seat. */
export function endEverySession(ctx: CommandContext): void {
  closeAllSessions(ctx.db, ctx.now)
}

/** Lifts a lock-out. */
export function forgetFailures(ctx: CommandContext, userId: number): void {
  setLoginState(ctx.db, userId, { failedLogins: 0, lockedUntil: null })
}

/** The shop's owner signs in with this password from now on; answers the login, null when nobody is owner. */
export function giveOwnerPassword(ctx: CommandContext, passwordHash: string): string | null {
  const owner = firstOwner(ctx.db)
  if (!owner) return null
  updateUser(ctx.db, owner.id, { passwordHash, failedLogins: 0, lockedUntil: null })
  return owner.login
}

/** Removes long-ended sessions. Answers how many. */
export function purgeSessions(ctx: CommandContext): number {
  return deleteSessionsBefore(ctx.db, ctx.now - 30 * 86_400_000)
}

export { createUser, seedRoles } from './people.ts'

import { and, asc, eq, isNull, lt, sql } from 'drizzle-orm'
import { statement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { roles, seats, sessions, userRoles, users } from '../db/schema/people.ts'

/**
 * The permission sets of a user as one text: JSON arrays joined by `|`. Also the key of a kept parse. Spelled out,
 * because Drizzle leaves the table off a column's name in a select from one table, and `id` would be the role's.
 */
const rolePermissions = sql<string | null>`(
  SELECT group_concat(r.permissions, '|') FROM user_roles ur JOIN roles r ON r.id = ur.role_id
  WHERE ur.user_id = users.id)`

export const openSessionByToken = statement((db: ReadDb) =>
  db
    .select({
      id: sessions.id,
      userId: sessions.userId,
      seatId: sessions.seatId,
      lastSeenAt: sessions.lastSeenAt,
      expiresAt: sessions.expiresAt,
      active: users.active,
      permissions: rolePermissions,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.tokenHash, sql.placeholder('tokenHash')), isNull(sessions.closedAt)))
    .prepare(),
)

export function touch(db: WriteDb, id: number, at: number): void {
  db.update(sessions).set({ lastSeenAt: at }).where(eq(sessions.id, id)).run()
  db.update(seats)
    .set({ lastSeenAt: at })
    .where(sql`${seats.id} = (SELECT seat_id FROM sessions WHERE id = ${id})`)
    .run()
}

const permissionsOfUser = statement((db: ReadDb) =>
  db
    .select({ permissions: rolePermissions })
    .from(users)
    .where(eq(users.id, sql.placeholder('userId')))
    .prepare(),
)

export function userPermissions(db: ReadDb, userId: number): string {
  return permissionsOfUser(db).get({ userId })?.permissions ?? ''
}

const oneUser = statement((db: ReadDb) =>
  db
    .select()
    .from(users)
    .where(eq(users.id, sql.placeholder('userId')))
    .prepare(),
)

export function userById(db: ReadDb, userId: number) {
  return oneUser(db).get({ userId })
}

export function userByLogin(db: ReadDb, loginKey: string) {
  return db.select().from(users).where(eq(users.loginKey, loginKey)).get()
}

export function rolesOfUser(db: ReadDb, userId: number) {
  return db
    .select({ id: roles.id, code: roles.code, name: roles.name })
    .from(userRoles)
    .innerJoin(roles, eq(roles.id, userRoles.roleId))
    .where(eq(userRoles.userId, userId))
    .orderBy(asc(roles.id))
    .all()
}

export function seatByUid(db: ReadDb, uid: string) {
  return db.select().from(seats).where(eq(seats.uid, uid)).get()
}

export function seatById(db: ReadDb, id: number) {
  return db.select().from(seats).where(eq(seats.id, id)).get()
}

export function insertSeat(db: WriteDb, seat: { uid: string; name: string; at: number }) {
  return db
    .insert(seats)
    .values({ uid: seat.uid, name: seat.name, createdAt: seat.at, lastSeenAt: seat.at })
    .returning()
    .get()
}

export function renameSeat(db: WriteDb, id: number, name: string): void {
  db.update(seats).set({ name }).where(eq(seats.id, id)).run()
}

export function insertSession(
  db: WriteDb,
  row: { tokenHash: string; userId: number; seatId: number; at: number; expiresAt: number },
): void {
  db.insert(sessions)
    .values({
      tokenHash: row.tokenHash,
      userId: row.userId,
      seatId: row.seatId,
      openedAt: row.at,
      lastSeenAt: row.at,
      expiresAt: row.expiresAt,
    })
    .run()
}

export function closeSession(db: WriteDb, tokenHash: string, at: number): void {
  db.update(sessions).set({ closedAt: at }).where(eq(sessions.tokenHash, tokenHash)).run()
}

/** Ends every session of a user: after deactivation, or a new password. */
export function closeSessionsOf(
  db: WriteDb,
  userId: number,
  at: number,
  exceptTokenHash: string | null,
): void {
  db.update(sessions)
    .set({ closedAt: at })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.closedAt),
        exceptTokenHash ? sql`${sessions.tokenHash} <> ${exceptTokenHash}` : undefined,
      ),
    )
    .run()
}

/** Removes sessions that ended before `at`; they say nothing the audit log does not. */
export function deleteSessionsBefore(db: WriteDb, at: number): number {
  return db.delete(sessions).where(lt(sessions.expiresAt, at)).run().changes
}

export function setLoginState(
  db: WriteDb,
  userId: number,
  state: { failedLogins: number; lockedUntil: number | null; lastLoginAt?: number },
): void {
  db.update(users).set(state).where(eq(users.id, userId)).run()
}

import { and, asc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { SeatOrigin } from '../context.ts'
import { sqlStatement, statement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { roles, seats, sessions, userRoles, users } from '../db/schema/people.ts'

/** The permission sets of a user as one text: JSON arrays joined by `|`. Also the key of a kept parse. */
const rolePermissions = `(SELECT group_concat(r.permissions, '|') FROM user_roles ur JOIN roles r ON r.id = ur.role_id
  WHERE ur.user_id = u.id)`

// Plain SQL: each call of each seat begins with this, and Drizzle's mapping costs more than SQLite's own work.
const sessionText = `
  SELECT s.id, s.user_id AS userId, s.seat_id AS seatId, s.last_seen_at AS lastSeenAt, s.expires_at AS expiresAt,
    u.active, ${rolePermissions} AS permissions
  FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = ? AND s.closed_at IS NULL`

interface OpenSession {
  readonly id: number
  readonly userId: number
  readonly seatId: number
  readonly lastSeenAt: number
  readonly expiresAt: number
  /** 0 or 1: whether the person still works here. */
  readonly active: number
  readonly permissions: string | null
}

export function openSessionByToken(db: ReadDb, tokenHash: string): OpenSession | undefined {
  return sqlStatement(db, sessionText).get(tokenHash) as OpenSession | undefined
}

const seen = statement((db: WriteDb) =>
  db.$client.transaction((id: number, at: number, from: SeatOrigin | undefined) => {
    sqlStatement(db, 'UPDATE sessions SET last_seen_at = ? WHERE id = ?').run(at, id)
    sqlStatement(
      db,
      `UPDATE seats SET last_seen_at = ?, address = coalesce(?, address), agent = coalesce(?, agent)
        WHERE id = (SELECT seat_id FROM sessions WHERE id = ?)`,
    ).run(at, from?.address ?? null, from?.agent ?? null, id)
  }),
)

/** Notes that a seat was used, and from where: one transaction, so that it waits for the disk once. */
export function touch(db: WriteDb, id: number, at: number, from?: SeatOrigin): void {
  seen(db).immediate(id, at, from)
}

export function userPermissions(db: ReadDb, userId: number): string {
  const text = `SELECT ${rolePermissions} FROM users u WHERE u.id = ?`
  return (sqlStatement(db, text).pluck().get(userId) as string | null | undefined) ?? ''
}

const oneUser = statement((db: ReadDb) =>
  db
    .select()
    .from(users)
    .where(eq(users.id, sql.placeholder('userId')))
    .prepare(),
)

/** Whether somebody is here, and may still be. */
export function userIsActive(db: ReadDb, userId: number): boolean | undefined {
  const active = sqlStatement(db, 'SELECT active FROM users WHERE id = ?').pluck().get(userId)
  return active === undefined ? undefined : active === 1
}

export function firstUserUid(db: ReadDb): string | undefined {
  return sqlStatement(db, 'SELECT uid FROM users ORDER BY id LIMIT 1').pluck().get() as string | undefined
}

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

/** Notes where a seat was used from just now. */
export function noteOrigin(db: WriteDb, id: number, at: number, from: SeatOrigin): void {
  db.update(seats)
    .set({ lastSeenAt: at, ...from })
    .where(eq(seats.id, id))
    .run()
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

/** Ends whatever session is open, of anybody at any seat. */
export function closeAllSessions(db: WriteDb, at: number): void {
  db.update(sessions).set({ closedAt: at }).where(isNull(sessions.closedAt)).run()
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

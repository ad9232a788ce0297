import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { ReadDb, WriteDb } from '../db/handles.ts'
import { roles, userRoles, users } from '../db/schema/people.ts'

const roleIds = sql<
  string | null
>`(SELECT group_concat(role_id) FROM ${userRoles} WHERE ${userRoles.userId} = ${users.id})`

const columns = {
  id: users.id,
  uid: users.uid,
  login: users.login,
  name: users.name,
  language: users.language,
  hasPin: sql<number>`${users.pinHash} IS NOT NULL`,
  active: users.active,
  lockedUntil: users.lockedUntil,
  lastLoginAt: users.lastLoginAt,
  version: users.version,
  roleIds,
}

export function listUsers(db: ReadDb) {
  return db.select(columns).from(users).orderBy(asc(users.name), asc(users.id)).all()
}

export function getUser(db: ReadDb, id: number) {
  return db.select(columns).from(users).where(eq(users.id, id)).get()
}

export function userIdByLogin(db: ReadDb, loginKey: string): number | undefined {
  return db.select({ id: users.id }).from(users).where(eq(users.loginKey, loginKey)).get()?.id
}

export function insertUser(db: WriteDb, row: typeof users.$inferInsert): number {
  return db.insert(users).values(row).returning({ id: users.id }).get().id
}

export function updateUser(db: WriteDb, id: number, set: Partial<typeof users.$inferInsert>): void {
  db.update(users).set(set).where(eq(users.id, id)).run()
}

export function setRoles(db: WriteDb, userId: number, ids: readonly number[]): void {
  db.delete(userRoles).where(eq(userRoles.userId, userId)).run()
  for (const roleId of new Set(ids)) db.insert(userRoles).values({ userId, roleId }).run()
}

export function listRoles(db: ReadDb) {
  return db
    .select({
      id: roles.id,
      code: roles.code,
      name: roles.name,
      permissions: roles.permissions,
      version: roles.version,
      users: sql<number>`(SELECT count(*) FROM ${userRoles} WHERE ${userRoles.roleId} = ${roles.id})`,
    })
    .from(roles)
    .orderBy(asc(roles.id))
    .all()
}

export function insertRole(db: WriteDb, row: typeof roles.$inferInsert): number {
  return db.insert(roles).values(row).returning({ id: roles.id }).get().id
}

export function updateRole(db: WriteDb, id: number, set: Partial<typeof roles.$inferInsert>): void {
  db.update(roles).set(set).where(eq(roles.id, id)).run()
}

export function deleteRole(db: WriteDb, id: number): void {
  db.delete(roles).where(eq(roles.id, id)).run()
}

export function rolesExist(db: ReadDb, ids: readonly number[]): boolean {
  const rows = db
    .select({ id: roles.id })
    .from(roles)
    .where(inArray(roles.id, [...ids]))
    .all()
  return rows.length === new Set(ids).size
}

/** Active users holding the built-in owner role, except one. */
export function otherActiveOwners(db: ReadDb, exceptUserId: number): number {
  return (
    db
      .select({ count: sql<number>`count(*)` })
      .from(users)
      .innerJoin(userRoles, eq(userRoles.userId, users.id))
      .innerJoin(roles, eq(roles.id, userRoles.roleId))
      .where(and(eq(roles.code, 'owner'), eq(users.active, true), sql`${users.id} <> ${exceptUserId}`))
      .get()?.count ?? 0
  )
}

/** The active owner who was there first; nobody when all of them are switched off. */
export function firstOwner(db: ReadDb): { id: number; login: string } | undefined {
  return db
    .select({ id: users.id, login: users.login })
    .from(users)
    .innerJoin(userRoles, eq(userRoles.userId, users.id))
    .innerJoin(roles, eq(roles.id, userRoles.roleId))
    .where(and(eq(roles.code, 'owner'), eq(users.active, true)))
    .orderBy(asc(users.id))
    .limit(1)
    .get()
}

/** Active users whose roles hold a permission, with their open repairs. */
export function usersWithPermission(db: ReadDb, permission: string) {
  return db
    .select({
      id: users.id,
      uid: users.uid,
      name: users.name,
      active: users.active,
    })
    .from(users)
    .where(
      and(
        eq(users.active, true),
        sql`EXISTS (SELECT 1 FROM ${userRoles} ur JOIN ${roles} r ON r.id = ur.role_id, json_each(r.permissions) p
            WHERE ur.user_id = ${users.id} AND p.value = ${permission})`,
      ),
    )
    .orderBy(asc(users.name))
    .all()
}

import {
  builtInRoles,
  defaultRolePermissions,
  type BuiltInRole,
  type Permission,
} from '#contract/permissions.ts'
import type { Language } from '#contract/fields.ts'
import { loginKey } from './access.ts'
import type { CommandContext } from '../context.ts'
import type { ReadDb } from '../db/handles.ts'
import { fieldError } from '../kernel/app-error.ts'
import { requireOwnersRights } from './owners-rights.ts'
import {
  insertRole,
  insertUser,
  listRoles,
  listUsers,
  rolesExist,
  setRoles,
  userIdByLogin,
} from './people-store.ts'

export interface NewUser {
  readonly login: string
  readonly name: string
  readonly language: Language | null
  readonly roleIds: readonly number[]
  readonly passwordHash: string
  readonly pinHash: string | null
}

/** What roles hold together. */
export function permissionsOfRoles(db: ReadDb, roleIds: readonly number[]): Permission[] {
  const chosen = listRoles(db).filter((role) => roleIds.includes(role.id))
  return chosen.flatMap((role) => role.permissions as Permission[])
}

/** Adds a person. Errors: `users.login_taken` at login, `field.not_found` and `users.owners_rights` at roleIds. */
export function createUser(ctx: CommandContext, user: NewUser): number {
  if (userIdByLogin(ctx.db, loginKey(user.login)) !== undefined)
    throw fieldError('login', 'users.login_taken')
  if (!rolesExist(ctx.db, user.roleIds)) throw fieldError('roleIds', 'field.not_found')
  requireOwnersRights(ctx, permissionsOfRoles(ctx.db, user.roleIds), 'roleIds')
  const uid = ctx.newUid()
  const id = insertUser(ctx.db, {
    uid,
    login: user.login,
    loginKey: loginKey(user.login),
    name: user.name,
    language: user.language,
    passwordHash: user.passwordHash,
    pinHash: user.pinHash,
    createdAt: ctx.now,
  })
  setRoles(ctx.db, id, user.roleIds)
  ctx.record({
    entity: 'users',
    id,
    uid,
    version: 1,
    type: 'user.created',
    payload: { login: user.login, name: user.name },
  })
  return id
}

/** The roles every shop starts with; answers their ids. */
export function seedRoles(ctx: CommandContext): Record<BuiltInRole, number> {
  const ids = builtInRoles.map((code) => [
    code,
    insertRole(ctx.db, { code, name: code, permissions: [...defaultRolePermissions[code]] }),
  ])
  return Object.fromEntries(ids) as Record<BuiltInRole, number>
}

/** People who may switch by PIN at a shared seat. */
export function peopleWithPin(db: ReadDb): { id: number; uid: string; name: string; active: boolean }[] {
  return listUsers(db)
    .filter((user) => user.active && user.hasPin === 1)
    .map(({ id, uid, name, active }) => ({ id, uid, name, active }))
}

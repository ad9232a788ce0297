import type { HandlersOf, QueryContext } from '../context.ts'
import type { OutputOf } from '#contract/method-types.ts'
import type { Permission } from '#contract/permissions.ts'
import type { RoleRow, UserRow } from '#contract/session.ts'
import { initials, loginKey, permissionSet } from './access.ts'
import { endSessionsOf, forgetFailures } from './steps.ts'
import { AppError, fieldError, found } from '../kernel/app-error.ts'
import { openRepairsByEngineer } from '../repairs/queries.ts'
import { stale } from '../system/views.ts'
import { requireOwnersRights } from './owners-rights.ts'
import { createUser, permissionsOfRoles } from './people.ts'
import {
  deleteRole,
  getUser,
  insertRole,
  listRoles,
  listUsers,
  otherActiveOwners,
  rolesExist,
  setRoles,
  updateRole,
  updateUser,
  userIdByLogin,
  usersWithPermission,
} from './people-store.ts'
import { userPermissions } from './store.ts'

type StoredUser = NonNullable<ReturnType<typeof getUser>>

function userRow(user: StoredUser): UserRow {
  const { roleIds, hasPin, language, ...rest } = user
  return {
    ...rest,
    language: language as UserRow['language'],
    hasPin: hasPin === 1,
    roleIds: (roleIds ?? '').split(',').filter(Boolean).map(Number),
  }
}

function roleRow(role: ReturnType<typeof listRoles>[number]): RoleRow {
  return { ...role, code: role.code as RoleRow['code'], permissions: role.permissions as Permission[] }
}

function requireRole(ctx: QueryContext, roleId: number): RoleRow {
  const role = listRoles(ctx.db).find((r) => r.id === roleId)
  return roleRow(found(role, 'role'))
}

function nameFree(ctx: QueryContext, name: string, exceptId: number | null): void {
  const taken = listRoles(ctx.db).some(
    (r) => r.id !== exceptId && r.name.toLowerCase() === name.toLowerCase(),
  )
  if (taken) throw fieldError('name', 'roles.name_taken')
}

/** A record of a role change, for the outbox: roles have no uid of their own, their id is stable. */
function roleUid(id: number): string {
  return `00000000-0000-7000-8001-${id.toString(16).padStart(12, '0')}`
}

export const usersHandlers: HandlersOf<'users'> = {
  list: (ctx) => listUsers(ctx.db).map(userRow),
  engineers(ctx): OutputOf<'users.engineers'> {
    const open = openRepairsByEngineer(ctx.db)
    return usersWithPermission(ctx.db, 'repairs.work').map((user) => ({
      ...user,
      initials: initials(user.name),
      openRepairs: open.get(user.id) ?? 0,
    }))
  },
  update(ctx, input) {
    const user = found(getUser(ctx.db, input.userId), 'user')
    if (user.version !== input.version) throw stale(ctx.db, 'user', user.uid)
    const taken = userIdByLogin(ctx.db, loginKey(input.login))
    if (taken !== undefined && taken !== user.id) throw fieldError('login', 'users.login_taken')
    if (!rolesExist(ctx.db, input.roleIds)) throw fieldError('roleIds', 'field.not_found')
    requireOwnersRights(ctx, permissionSet(userPermissions(ctx.db, user.id)), 'roleIds')
    requireOwnersRights(ctx, permissionsOfRoles(ctx.db, input.roleIds), 'roleIds')
    if (!input.active && user.id === ctx.actor.userId) throw fieldError('active', 'users.own_account')
    const owner = listRoles(ctx.db).find((role) => role.code === 'owner')
    const staysOwner = input.active && owner !== undefined && input.roleIds.includes(owner.id)
    if (!staysOwner && otherActiveOwners(ctx.db, user.id) === 0)
      throw fieldError('roleIds', 'users.last_owner')
    const { login, name, language, active } = input
    updateUser(ctx.db, user.id, {
      login,
      loginKey: loginKey(login),
      name,
      language,
      active,
      version: user.version + 1,
    })
    setRoles(ctx.db, user.id, input.roleIds)
    if (!active) endSessionsOf(ctx, user.id)
    const version = user.version + 1
    ctx.record({
      entity: 'users',
      id: user.id,
      uid: user.uid,
      version,
      type: 'user.updated',
      payload: { login, name, active },
    })
    return userRow(found(getUser(ctx.db, user.id), 'user'))
  },
  unlock(ctx, input) {
    found(getUser(ctx.db, input.userId), 'user')
    forgetFailures(ctx, input.userId)
    ctx.announce('users', [input.userId])
    return { ok: true }
  },
  setOwnLanguage(ctx, input) {
    const user = found(ctx.actor.userId === null ? null : getUser(ctx.db, ctx.actor.userId), 'user')
    updateUser(ctx.db, user.id, { language: input.language })
    return { ok: true }
  },
  roles: (ctx) => listRoles(ctx.db).map(roleRow),
  createRole(ctx, input) {
    nameFree(ctx, input.name, null)
    requireOwnersRights(ctx, input.permissions, 'permissions')
    const id = insertRole(ctx.db, {
      code: null,
      name: input.name,
      permissions: [...new Set(input.permissions)],
    })
    ctx.record({ entity: 'roles', id, uid: roleUid(id), version: 1, type: 'role.created', payload: input })
    return requireRole(ctx, id)
  },
  updateRole(ctx, input) {
    const role = requireRole(ctx, input.roleId)
    if (role.version !== input.version) throw stale(ctx.db, 'role', roleUid(role.id))
    nameFree(ctx, input.name, role.id)
    // The owner must always be able to put things right again.
    if (role.code === 'owner') throw fieldError('permissions', 'roles.built_in')
    requireOwnersRights(ctx, [...role.permissions, ...input.permissions], 'permissions')
    const version = role.version + 1
    updateRole(ctx.db, role.id, { name: input.name, permissions: [...new Set(input.permissions)], version })
    ctx.record({
      entity: 'roles',
      id: role.id,
      uid: roleUid(role.id),
      version,
      type: 'role.updated',
      payload: input,
    })
    return requireRole(ctx, role.id)
  },
  deleteRole(ctx, input) {
    const role = requireRole(ctx, input.roleId)
    if (role.code !== null) throw new AppError('roles.built_in')
    if (role.users > 0) throw new AppError('roles.in_use', { users: role.users })
    deleteRole(ctx.db, role.id)
    ctx.record({
      entity: 'roles',
      id: role.id,
      uid: roleUid(role.id),
      version: role.version + 1,
      type: 'role.deleted',
      payload: {},
    })
    return { ok: true }
  },
}

export const peopleHandlers: HandlersOf<'people'> = {
  insert: (ctx, input) => ({ userId: createUser(ctx, input) }),
  setSecrets(ctx, input) {
    const user = found(getUser(ctx.db, input.userId), 'user')
    requireOwnersRights(ctx, permissionSet(userPermissions(ctx.db, user.id)))
    const version = user.version + 1
    updateUser(ctx.db, user.id, {
      version,
      ...(input.passwordHash === undefined ? {} : { passwordHash: input.passwordHash }),
      ...(input.pinHash === undefined ? {} : { pinHash: input.pinHash }),
    })
    // A new password ends every other session of that person.
    if (input.passwordHash !== undefined) endSessionsOf(ctx, user.id)
    ctx.record({
      entity: 'users',
      id: user.id,
      uid: user.uid,
      version,
      type: 'user.secrets_changed',
      payload: {},
    })
    return { ok: true }
  },
}

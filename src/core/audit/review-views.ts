import type { Permission } from '#contract/permissions.ts'
import type { ReviewedPerson } from '#contract/audit.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'

const peopleText = `SELECT u.id, u.name, u.login, u.active, u.last_login_at AS lastLoginAt, u.created_at AS createdAt,
    (SELECT json_group_array(role_id) FROM (SELECT role_id FROM user_roles WHERE user_id = u.id ORDER BY role_id)) AS roles
  FROM users u ORDER BY u.active DESC, u.name, u.id`

type PersonRow = Omit<ReviewedPerson, 'active' | 'roleIds'> & { active: number; roles: string }

/** Everybody with an account, those who may sign in first. */
export function reviewedPeople(db: ReadDb): ReviewedPerson[] {
  const rows = sqlStatement(db, peopleText).all() as PersonRow[]
  return rows.map(({ active, roles, ...person }) => ({
    ...person,
    active: active === 1,
    roleIds: JSON.parse(roles) as number[],
  }))
}

/** Every role with what it allows. */
export function reviewedRoles(db: ReadDb) {
  const rows = sqlStatement(db, 'SELECT id, code, name, permissions FROM roles ORDER BY id').all()
  return (rows as { id: number; code: string | null; name: string; permissions: string }[]).map((role) => ({
    ...role,
    permissions: JSON.parse(role.permissions) as Permission[],
  }))
}

/** Names of those who reviewed. */
export function reviewerName(db: ReadDb, userId: number): string {
  return (sqlStatement(db, 'SELECT name FROM users WHERE id = ?').pluck().get(userId) as string | null) ?? ''
}

/** When the shop's first person came. */
export function firstPersonAt(db: ReadDb): number {
  return sqlStatement(db, 'SELECT ifnull(min(created_at), 0) FROM users').pluck().get() as number
}

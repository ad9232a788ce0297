import type { RoleRow } from '#contract/session.ts'

/** A role's name: the shop's own words, or for an untouched built-in role the window's. */
export function roleName(role: RoleRow, t: (key: string) => string): string {
  return role.code && (role.name === '' || role.name === role.code)
    ? t(`permissions.role.${role.code}`)
    : role.name
}

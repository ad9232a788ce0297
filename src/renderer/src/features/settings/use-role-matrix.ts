import { computed, reactive, watch } from 'vue'
import { permissions, type Permission } from '#contract/permissions.ts'
import type { RoleRow } from '#contract/session.ts'

/** Permissions in groups by what they are about, in the contract's order. */
export const permissionGroups: readonly { group: string; permissions: Permission[] }[] = [
  ...new Set(permissions.map((permission) => permission.split('.')[0] ?? '')),
].map((group) => ({
  group,
  permissions: permissions.filter((permission) => permission.startsWith(`${group}.`)),
}))

interface Ticked {
  version: number
  permissions: Set<Permission>
}

/** What is ticked in the matrix, apart from what is stored: roles can be changed together and saved together. */
export function useRoleMatrix(roles: () => readonly RoleRow[]) {
  const ticked = reactive(new Map<number, Ticked>())

  const take = (role: RoleRow): void => {
    ticked.set(role.id, { version: role.version, permissions: new Set(role.permissions) })
  }
  watch(
    roles,
    (rows) => {
      // A role that somebody saved elsewhere shows its new state; one that is only ticked here keeps its ticks.
      for (const role of rows) if (ticked.get(role.id)?.version !== role.version) take(role)
    },
    { immediate: true },
  )

  const has = (role: RoleRow, permission: Permission): boolean =>
    ticked.get(role.id)?.permissions.has(permission) ?? role.permissions.includes(permission)
  const changed = computed(() =>
    roles().filter((role) =>
      permissions.some((permission) => has(role, permission) !== role.permissions.includes(permission)),
    ),
  )

  return {
    has,
    changed,
    set(role: RoleRow, permission: Permission, on: boolean): void {
      const own = ticked.get(role.id)?.permissions
      if (on) own?.add(permission)
      else own?.delete(permission)
    },
    permissionsOf: (role: RoleRow): Permission[] => permissions.filter((permission) => has(role, permission)),
    reset(): void {
      for (const role of roles()) take(role)
    },
  }
}

/**
 * Permissions are declared on a method and checked in dispatch only.
 * `public` needs no session; `signed_in` needs any session.
 */
export const permissions = [
  'settings.manage',
  'users.manage',
  'dictionaries.read',
  'dictionaries.add',
  'dictionaries.manage',
  'customers.read',
  'customers.write',
  'customers.merge',
  'devices.read',
  'devices.write',
  'repairs.read',
  'repairs.receive',
  'repairs.edit',
  'repairs.override_serial',
  'repairs.assign',
  'repairs.work',
  'repairs.work_for_others',
  'repairs.suspend',
  'repairs.lock',
  'repairs.unlock',
  'repairs.cancel',
  'repairs.hand_over',
  'repairs.follow_up',
  'repairs.verify',
  'repairs.view_passcode',
  'attachments.write',
  'documents.print',
  'imports.run',
  'audit.read',
] as const

export type Permission = (typeof permissions)[number]
export type MethodPermission = Permission | 'public' | 'signed_in'

/** Roles every shop starts with; the shop may edit their permission sets. */
export const builtInRoles = [
  'owner',
  'manager',
  'counter',
  'technician',
  'storekeeper',
  'claims_clerk',
] as const
export type BuiltInRole = (typeof builtInRoles)[number]

const readAll: Permission[] = [
  'dictionaries.read',
  'customers.read',
  'devices.read',
  'repairs.read',
  'documents.print',
]

/** The permission set each built-in role starts with. */
export const defaultRolePermissions: Record<BuiltInRole, readonly Permission[]> = {
  owner: permissions,
  manager: permissions.filter((p) => p !== 'settings.manage'),
  counter: [
    ...readAll,
    'dictionaries.add',
    'customers.write',
    'devices.write',
    'repairs.receive',
    'repairs.edit',
    'repairs.assign',
    'repairs.suspend',
    'repairs.cancel',
    'repairs.hand_over',
    'repairs.follow_up',
    'attachments.write',
  ],
  technician: [
    ...readAll,
    'dictionaries.add',
    'devices.write',
    'repairs.work',
    'repairs.suspend',
    'repairs.view_passcode',
    'attachments.write',
  ],
  storekeeper: [...readAll, 'dictionaries.add'],
  claims_clerk: [...readAll, 'attachments.write'],
}

import { z } from 'zod'
import { at, ok, id, uid, language, line, name, version } from './fields.ts'
import { builtInRoles, permissions } from './permissions.ts'
import { command, query, stream, task } from './method.ts'
import { setupShop, shop } from './settings.ts'

export const permission = z.enum(permissions)

/** A person as every seat may see them. */
export const person = z.object({ id, uid, name: z.string(), initials: z.string(), active: z.boolean() })

export const signedIn = z.object({
  user: z.object({ id, uid, login: z.string(), name: z.string(), language: language.nullable() }),
  permissions: z.array(permission),
  roles: z.array(z.string()),
  seat: z.object({ id, uid, name: z.string() }),
})

const password = z.string().min(1).max(200)
const newPassword = z.string().min(8).max(200)
const pin = z.string().regex(/^\d{4,8}$/, { message: 'users.pin_format' })

export const sessionContract = {
  /** What a window needs before anybody has signed in. */
  state: query(
    'public',
    {},
    z.object({
      setUp: z.boolean(),
      version: z.string(),
      schemaVersion: z.int(),
      demo: z.boolean(),
      shop: shop.nullable(),
      /** People who may switch by PIN at this seat; empty before the seat's first password login. */
      people: z.array(person),
      /** When a backup last took the place of the shop's data; null when none ever did. */
      restoredAt: at.nullable(),
      session: signedIn.nullable(),
    }),
  ),
  login: task('public', { login: line(60), password, seatName: line(60).optional() }, signedIn, {
    secret: ['password'],
  }),
  /** Change of person at a shared seat: the seat must have seen a password login that is still valid. */
  switchByPin: task('public', { userId: id, pin: z.string().max(8) }, signedIn, { secret: ['pin'] }),
  logout: task('signed_in', {}, ok),
  events: stream(
    'signed_in',
    {},
    z.object({
      /** Monotonic within one host process. */
      seq: z.int(),
      topic: z.string(),
      ids: z.array(id),
      /** The seat that caused it; null when the program itself did. */
      seatId: z.int().nullable(),
    }),
  ),
}

export const setupContract = {
  /** Creates the shop, its dictionaries and its owner on an empty data folder. */
  create: task(
    'public',
    {
      shop: setupShop,
      owner: z.strictObject({ login: name(60), name: name(80), password: newPassword, pin: pin.optional() }),
    },
    signedIn,
    { secret: ['owner.password', 'owner.pin'] },
  ),
}

const userRow = z.object({
  id,
  uid,
  login: z.string(),
  name: z.string(),
  language: language.nullable(),
  roleIds: z.array(id),
  hasPin: z.boolean(),
  active: z.boolean(),
  lockedUntil: z.int().nullable(),
  lastLoginAt: z.int().nullable(),
  version,
})
export type UserRow = z.output<typeof userRow>

const roleRow = z.object({
  id,
  code: z.enum(builtInRoles).nullable(),
  name: z.string(),
  permissions: z.array(permission),
  users: z.int(),
  version,
})
export type RoleRow = z.output<typeof roleRow>

const userFields = {
  login: name(60),
  name: name(80),
  language: language.nullable(),
  roleIds: z.array(id).min(1).max(20),
}

export const usersContract = {
  list: query('users.manage', {}, z.array(userRow)),
  /** Those who can be given a repair: active, with `repairs.work`. */
  engineers: query('repairs.read', {}, z.array(person.extend({ openRepairs: z.int() }))),
  create: task(
    'users.manage',
    { commandId: z.uuid(), ...userFields, password: newPassword, pin: pin.optional() },
    userRow,
    {
      secret: ['password', 'pin'],
    },
  ),
  update: command('users.manage', { userId: id, version, ...userFields, active: z.boolean() }, userRow),
  setPassword: task('users.manage', { commandId: z.uuid(), userId: id, password: newPassword }, ok, {
    secret: ['password'],
  }),
  setPin: task('users.manage', { commandId: z.uuid(), userId: id, pin: pin.nullable() }, ok, {
    secret: ['pin'],
  }),
  unlock: command('users.manage', { userId: id }, ok),
  /** One's own password and PIN, after giving the present password. */
  changeOwn: task(
    'signed_in',
    { commandId: z.uuid(), password, newPassword: newPassword.optional(), pin: pin.nullable().optional() },
    ok,
    { secret: ['password', 'newPassword', 'pin'] },
  ),
  setOwnLanguage: command('signed_in', { language }, ok),
  roles: query('users.manage', {}, z.array(roleRow)),
  createRole: command('users.manage', { name: name(60), permissions: z.array(permission).max(100) }, roleRow),
  updateRole: command(
    'users.manage',
    { roleId: id, version, name: name(60), permissions: z.array(permission).max(100) },
    roleRow,
  ),
  deleteRole: command('users.manage', { roleId: id }, ok),
}

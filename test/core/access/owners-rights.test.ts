import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { UserRow } from '#contract/session.ts'
import { ownersOnly } from '#contract/permissions.ts'
import { AppError } from '#core/app.ts'
import { testApp, type TestApp } from '../../kit/app.ts'

let shop: TestApp
beforeEach(() => {
  shop = testApp()
})
afterEach(() => shop.close())

/** The codes an act is refused with: its own, and those at its fields. */
function refusal(act: () => unknown): string[] {
  try {
    act()
    return []
  } catch (error) {
    if (error instanceof AppError)
      return [error.code, ...error.fields.map(({ path, code }) => `${path} ${code}`)]
    throw error
  }
}

const roleId = (code: string): number =>
  shop.call('users.roles', {}).find((role) => role.code === code)?.id ?? 0
function person(login: string): UserRow {
  const found = shop.call('users.list', {}).find((user) => user.login === login)
  if (!found) throw new Error(`${login} is on file`)
  return found
}
function saved(login: string, change: Partial<Pick<UserRow, 'roleIds' | 'active' | 'name' | 'login'>>) {
  const { id: userId, version, name, language, roleIds, active } = person(login)
  return { userId, version, login, name, language, roleIds, active, ...change }
}

describe('a manager, who looks after people but is no owner,', () => {
  const atRoles = ['input.invalid', 'roleIds users.owners_rights']
  const atPermissions = ['input.invalid', 'permissions users.owners_rights']
  const manager = () => shop.as('manager')

  test('cannot make themselves or anybody else an owner', () => {
    for (const login of ['manager', 'counter'])
      expect(
        refusal(() => manager().call('users.update', saved(login, { roleIds: [roleId('owner')] }))),
      ).toEqual(atRoles)
    const inserted = () =>
      shop.app.run(
        'people.insert',
        {
          commandId: randomUUID(),
          login: 'second',
          name: 'Second',
          language: null,
          roleIds: [roleId('owner')],
          passwordHash: 'x',
          pinHash: null,
        },
        shop.people.manager,
      )
    expect(refusal(inserted)).toEqual(atRoles)
  })

  test('cannot give the owner another password, PIN, login or end', () => {
    for (const secret of [{ passwordHash: 'x' }, { pinHash: 'x' }]) {
      const given = { commandId: randomUUID(), userId: shop.people.owner.userId, ...secret }
      expect(refusal(() => shop.app.run('people.setSecrets', given, shop.people.manager))).toEqual([
        'users.owners_rights',
      ])
    }
    for (const change of [{ login: 'mine' }, { active: false }, { roleIds: [roleId('counter')] }])
      expect(refusal(() => manager().call('users.update', saved('owner', change)))).toEqual(atRoles)
  })

  test.each([...ownersOnly])(
    'cannot give %s to a role, and what a deputy of the owner has stays',
    (permission) => {
      const own = shop.call('users.roles', {}).find((role) => role.code === 'manager')
      if (!own) throw new Error('there is a manager role')
      const { id, version, name, permissions } = own
      const change = { roleId: id, version, name, permissions: [...permissions, permission] }
      expect(refusal(() => manager().call('users.updateRole', change))).toEqual(atPermissions)
      expect(
        refusal(() => manager().call('users.createRole', { name: '副店长', permissions: [permission] })),
      ).toEqual(atPermissions)
      const deputy = shop.call('users.createRole', { name: '副店长', permissions: [permission] })
      const cut = { roleId: deputy.id, version: deputy.version, name: '副店长', permissions: [] }
      expect(refusal(() => manager().call('users.updateRole', cut))).toEqual(atPermissions)
      // An owner may.
      expect(shop.call('users.updateRole', cut).permissions).toEqual([])
    },
  )

  test('goes on looking after everybody else', () => {
    expect(
      manager().call('users.update', saved('counter', { roleIds: [roleId('technician')] })).roleIds,
    ).toEqual([roleId('technician')])
    const given = { commandId: randomUUID(), userId: shop.people.technician.userId, passwordHash: 'y' }
    expect(refusal(() => shop.app.run('people.setSecrets', given, shop.people.manager))).toEqual([])
    expect(refusal(() => manager().call('users.update', saved('manager', { name: '马经理' })))).toEqual([])
  })
})

import { expect, test } from 'vitest'
import { testApp, type TestApp } from '../../kit/app.ts'
import { refusal } from '../repairs/kit.ts'

/* Somebody saves what somebody else has changed meanwhile: they are told who it was, when, and of what. */
type Save = (shop: TestApp, who: 'owner' | 'manager', version: number) => unknown

const person = (shop: TestApp) =>
  shop.call('users.list', {}).find((user) => user.id === shop.people.counter.userId)
const role = (shop: TestApp) => shop.call('users.roles', {}).find((one) => one.code === 'technician')
const as = (shop: TestApp, who: 'owner' | 'manager') =>
  shop.as({ ...shop.people.owner, userId: shop.people[who].userId })

const saves: [what: string, entity: string, version: (shop: TestApp) => number | undefined, save: Save][] = [
  [
    'the settings of the shop',
    'settings',
    (shop) => shop.call('settings.get', {}).version,
    (shop, who, version) =>
      as(shop, who).call('settings.update', { version, settings: { phone: `by ${who}` } }),
  ],
  [
    'a role',
    'role',
    (shop) => role(shop)?.version,
    (shop, who, version) => {
      const { id = 0, permissions = [] } = role(shop) ?? {}
      return as(shop, who).call('users.updateRole', { roleId: id, version, name: `by ${who}`, permissions })
    },
  ],
  [
    'a person',
    'user',
    (shop) => person(shop)?.version,
    (shop, who, version) => {
      const { id = 0, login = '', roleIds = [] } = person(shop) ?? {}
      const changes = { login, name: `by ${who}`, language: null, roleIds, active: true }
      return as(shop, who).call('users.update', { userId: id, version, ...changes })
    },
  ],
]

test.each(saves)(
  'a stale save of %s says who changed it last, and when',
  (_what, entity, versionOf, save) => {
    const shop = testApp()
    const version = versionOf(shop) ?? 0
    shop.clock.advance(60_000)
    save(shop, 'owner', version)
    shop.clock.advance(60_000)
    save(shop, 'manager', version + 1)
    const at = shop.clock.now()
    shop.clock.advance(60_000)
    const late = refusal(() => save(shop, 'owner', version))
    expect(late).toMatchObject({ code: 'stale', params: { entity, by: 'manager', at } })
    expect(versionOf(shop)).toBe(version + 2)
    shop.close()
  },
)

import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { AppError } from '#core/app.ts'
import { everyMethod } from '#contract/index.ts'
import { builtInRoles, defaultRolePermissions } from '#contract/permissions.ts'
import { testApp, type TestApp } from '../../kit/app.ts'
import { plainCategory, walkIn } from '../../kit/intake.ts'

function receive(shop: TestApp, commandId: string = randomUUID()) {
  const category = plainCategory(shop.call('dictionaries.list', { kinds: ['device_category'] }))
  return shop.call('repairs.receive', { ...walkIn(category), commandId })
}

function code(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
  throw new Error('nothing was refused')
}

const count = (shop: TestApp, table: string) =>
  shop.sql.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number

describe('one act', () => {
  test('leaves one line in the audit log and its changes in the outbox', () => {
    const shop = testApp()
    const audits = count(shop, 'audit_log')
    const commandId = randomUUID()
    const { repairs } = receive(shop, commandId)
    expect(count(shop, 'audit_log')).toBe(audits + 1)
    const line = shop.sql
      .prepare('SELECT method, command_id, result, user_id FROM audit_log ORDER BY id DESC LIMIT 1')
      .get()
    expect(line).toEqual({
      method: 'repairs.receive',
      command_id: commandId,
      result: 'ok',
      user_id: shop.people.owner.userId,
    })
    const sent = shop.sql.prepare('SELECT type FROM outbox WHERE entity_uid = ?').pluck().all(repairs[0]?.uid)
    expect(sent).toEqual(['repair.receive'])
    shop.close()
  })

  test('that is refused leaves its line in the log and nothing else', () => {
    const shop = testApp()
    const tables = ['outbox', 'commands', 'repairs', 'customers', 'devices']
    const before = tables.map((table) => count(shop, table))
    const lines = count(shop, 'audit_log')
    const category = plainCategory(shop.call('dictionaries.list', { kinds: ['device_category'] }))
    const typed = walkIn(category, { dueOn: '2020-01-01' })
    expect(code(() => shop.call('repairs.receive', typed))).toBe('input.invalid')
    expect(tables.map((table) => count(shop, table))).toEqual(before)
    expect(count(shop, 'audit_log')).toBe(lines + 1)
    const line = shop.sql.prepare('SELECT method, command_id, result FROM audit_log ORDER BY id DESC LIMIT 1')
    expect(line.raw().get()).toEqual(['repairs.receive', null, 'field.in_past'])
    shop.close()
  })

  test('of another person with the same command id is refused', () => {
    const shop = testApp()
    const category = plainCategory(shop.call('dictionaries.list', { kinds: ['device_category'] }))
    const typed = { ...walkIn(category), commandId: randomUUID() }
    shop.as('counter').call('repairs.receive', typed)
    expect(code(() => shop.as('manager').call('repairs.receive', typed))).toBe('command.reused')
    expect(count(shop, 'repairs')).toBe(1)
    shop.close()
  })

  test('announces its repairs after the commit, once per topic', () => {
    const shop = testApp()
    const heard: string[] = []
    shop.app.subscribe((event) => heard.push(event.topic))
    receive(shop)
    expect(heard.toSorted()).toEqual([...new Set(heard)].toSorted())
    expect(heard).toContain('repairs')
    shop.close()
  })
})

describe('secrets', () => {
  test('a passcode is in no table in clear, and every look at it is on record', () => {
    const shop = testApp()
    const category = plainCategory(shop.call('dictionaries.list', { kinds: ['device_category'] }))
    const typed = walkIn(category)
    const passcode = '97531-Zebra'
    const items = typed.items.map((item) => ({ ...item, passcode, passcodeKind: 'text' as const }))
    const { repairs } = shop.call('repairs.receive', { ...typed, items })
    const repairId = repairs[0]?.id ?? 0
    const looks = { commandId: randomUUID(), repairId }
    expect(shop.call('repairs.viewPasscode', looks)).toEqual({ passcode, kind: 'text' })
    expect(shop.call('repairs.viewPasscode', looks)).toEqual({ passcode, kind: 'text' })
    const bytes = shop.sql.serialize()
    expect(bytes.includes(Buffer.from(passcode))).toBe(false)
    const audited = shop.sql
      .prepare("SELECT count(*) FROM audit_log WHERE method = 'repairs.viewPasscode'")
      .pluck()
      .get()
    expect(audited).toBe(2)
    expect(shop.call('repairs.timeline', { repairId }).filter((row) => row.kind === 'passcode')).toHaveLength(
      2,
    )
    shop.close()
  })
})

describe('the audit log and the history', () => {
  test.each(['audit_log', 'outbox', 'repair_log'])('%s can be neither changed nor deleted', (table) => {
    const shop = testApp()
    receive(shop)
    expect(() => shop.sql.prepare(`DELETE FROM ${table}`).run()).toThrow(/append-only/)
    expect(() => shop.sql.prepare(`UPDATE ${table} SET id = id + 1000`).run()).toThrow(/append-only/)
    shop.close()
  })
})

describe('permissions', () => {
  test('who may call what is as the shop knows it', () => {
    const lines = Object.entries(everyMethod).flatMap(([module, verbs]) =>
      Object.entries(verbs).map(([verb, procedure]) => {
        const { permission } = procedure['~orpc'].meta
        const roles =
          permission === 'public'
            ? ['everybody']
            : permission === 'signed_in'
              ? ['signed in']
              : builtInRoles.filter((role) => defaultRolePermissions[role].includes(permission))
        return `${procedure.kind} ${module}.${verb}: ${roles.join(' ')}`
      }),
    )
    expect(lines.join('\n')).toMatchSnapshot()
  })

  test('a role’s permissions hold on the next call, in both directions', () => {
    const shop = testApp()
    const roles = shop.call('users.roles', {})
    const counter = roles.find((role) => role.code === 'counter')
    if (!counter) throw new Error('there is a counter role')
    expect(() =>
      shop.call('users.updateRole', {
        roleId: counter.id,
        version: counter.version,
        name: 'counter',
        permissions: ['repairs.read'],
      }),
    ).not.toThrow()
    const changed = shop.call('users.roles', {}).find((role) => role.code === 'counter')
    expect(changed?.permissions).toEqual(['repairs.read'])
    shop.close()
  })

  test('the owner’s own set cannot be cut', () => {
    const shop = testApp()
    const owner = shop.call('users.roles', {}).find((role) => role.code === 'owner')
    if (!owner) throw new Error('there is an owner role')
    expect(
      code(() =>
        shop.call('users.updateRole', {
          roleId: owner.id,
          version: owner.version,
          name: 'owner',
          permissions: [],
        }),
      ),
    ).toBe('input.invalid')
    shop.close()
  })

  test('the last owner can be neither switched off nor made less', () => {
    const shop = testApp()
    const user = shop.call('users.list', {}).find((row) => row.login === 'owner')
    const roles = shop.call('users.roles', {})
    const counter = roles.find((role) => role.code === 'counter')
    if (!user || !counter) throw new Error('the shop has its people')
    const { id: userId, version, login, name, language } = user
    const typed = { userId, version, login, name, language, roleIds: [counter.id], active: true }
    expect(code(() => shop.call('users.update', typed))).toBe('input.invalid')
    expect(code(() => shop.call('users.update', { ...typed, roleIds: user.roleIds, active: false }))).toBe(
      'input.invalid',
    )
    shop.close()
  })
})

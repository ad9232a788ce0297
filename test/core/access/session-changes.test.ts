import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AppError } from '#core/app.ts'
import { testApp, type TestApp } from '../../kit/app.ts'

let shop: TestApp
beforeEach(() => {
  shop = testApp()
})
afterEach(() => shop.close())

const tokenHash = 'the counter’s token'

/** What the counter is told when it asks for the board: null when it is shown. */
function refusal(): string | null {
  try {
    shop.app.dispatch('repairs.list', {}, { kind: 'seat', tokenHash })
    return null
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

function signIn(): void {
  const { userId } = shop.people.counter
  const session = { userId, tokenHash, seatUid: null, seatName: '前台', by: 'password' as const }
  shop.app.run('access.openSession', { commandId: randomUUID(), ...session })
  expect(refusal()).toBe(null)
}

test('a session that was ended is over with the next call', () => {
  signIn()
  shop.app.run('access.closeSession', { commandId: randomUUID(), tokenHash })
  expect(refusal()).toBe('session.expired')
})

test('a person who was switched off can do nothing from the next call on', () => {
  signIn()
  const user = shop.call('users.list', {}).find((row) => row.id === shop.people.counter.userId)
  if (!user) throw new Error('the counter is on file')
  const { id: userId, version, login, name, language, roleIds } = user
  shop.call('users.update', { userId, version, login, name, language, roleIds, active: false })
  expect(refusal()).toBe('session.expired')
})

test('what a role may do is taken and given with the next call', () => {
  signIn()
  const change = (permissions: readonly ['repairs.read'] | readonly []) => {
    const role = shop.call('users.roles', {}).find((row) => row.code === 'counter')
    if (!role) throw new Error('there is a counter role')
    const { id: roleId, version, name } = role
    shop.call('users.updateRole', { roleId, version, name, permissions: [...permissions] })
  }
  change([])
  expect(refusal()).toBe('forbidden')
  change(['repairs.read'])
  expect(refusal()).toBe(null)
})

test('another role holds with the next call', () => {
  signIn()
  const user = shop.call('users.list', {}).find((row) => row.id === shop.people.counter.userId)
  const none = shop.call('users.createRole', { name: '见习', permissions: [] })
  if (!user) throw new Error('the counter is on file')
  const { id: userId, version, login, name, language } = user
  shop.call('users.update', { userId, version, login, name, language, roleIds: [none.id], active: true })
  expect(refusal()).toBe('forbidden')
})

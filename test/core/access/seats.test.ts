import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '#core/app.ts'
import { testApp, type TestApp } from '../../kit/app.ts'

const hour = 3_600_000
const tablet = { address: '192.168.1.31', agent: 'Mozilla/5.0 (iPad; CPU OS 17_4) Safari/604.1' }

let shop: TestApp
beforeEach(() => {
  shop = testApp()
})
afterEach(() => shop.close())

interface SignIn {
  readonly token: string
  readonly by?: 'password' | 'pin'
  readonly seatUid?: string
  /** The session that the new one takes the place of. */
  readonly before?: string
  readonly role?: 'counter' | 'technician'
}

function signIn({ token, by = 'password', seatUid, before, role = 'counter' }: SignIn) {
  const input = {
    commandId: randomUUID(),
    userId: shop.people[role].userId,
    tokenHash: token,
    seatUid: seatUid ?? null,
    seatName: token,
    from: tablet,
    by,
  }
  return shop.app.run('access.openSession', input, undefined, before)
}

/** What a seat is told when it asks for the board from an address: null when it is shown. */
function refusal(tokenHash: string, from = tablet): string | null {
  try {
    shop.app.dispatch('repairs.list', {}, { kind: 'seat', tokenHash, from })
    return null
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

const seat = (name: string) => {
  const found = shop.call('seats.list', {}).find((row) => row.name === name)
  if (!found) throw new Error(`no seat ${name}`)
  return found
}

describe('the list of seats', () => {
  test('names seat, person, last use, address and browser, the latest first', () => {
    signIn({ token: 'bench', role: 'technician' })
    shop.clock.advance(hour)
    signIn({ token: 'counter 2' })
    const [first, second] = shop.call('seats.list', {})
    const counter = { name: 'counter 2', person: 'counter', signedIn: true, lastSeenAt: shop.clock.now() }
    expect(first).toMatchObject({ ...counter, ...tablet, own: false })
    expect(second).toMatchObject({ name: 'bench', person: 'technician', signedIn: true })
  })

  test('a seat that moved to another network is shown there with its next use', () => {
    signIn({ token: 'bench' })
    shop.clock.advance(2 * 60_000)
    expect(refusal('bench', { ...tablet, address: '192.168.1.77' })).toBe(null)
    expect(seat('bench')).toMatchObject({ address: '192.168.1.77', lastSeenAt: shop.clock.now() })
  })

  test('the seat one asks from is marked, and a seat may be given another name', () => {
    const { signedIn } = signIn({ token: 'bench' })
    shop.call('seats.rename', { seatId: signedIn.seat.id, name: '工作台 1' })
    const asked = shop.as({ ...shop.people.owner, seatId: signedIn.seat.id }).call('seats.list', {})
    expect(asked.filter((row) => row.own).map((row) => row.name)).toEqual(['工作台 1'])
  })
})

describe('signing a seat out from somewhere else', () => {
  test('ends whatever is open there, and nothing at the others', () => {
    const { signedIn } = signIn({ token: 'bench' })
    signIn({ token: 'counter 2' })
    shop.call('seats.signOut', { seatId: signedIn.seat.id })
    expect([refusal('bench'), refusal('counter 2')]).toEqual(['session.expired', null])
    expect([seat('bench').signedIn, seat('counter 2').signedIn]).toEqual([false, true])
  })

  test('all others at once leaves the own seat signed in and says how many it were', () => {
    const { signedIn } = signIn({ token: 'own' })
    signIn({ token: 'bench' })
    signIn({ token: 'counter 2' })
    const here = shop.as({ ...shop.people.owner, seatId: signedIn.seat.id })
    expect(here.call('seats.signOutOthers', {})).toEqual({ signedOut: 2 })
    expect([refusal('own'), refusal('bench'), refusal('counter 2')]).toEqual([
      null,
      'session.expired',
      'session.expired',
    ])
  })

  test('is the manager’s and the owner’s, nobody else’s', () => {
    expect(() => shop.as('technician').call('seats.signOutOthers', {})).toThrow(/forbidden/)
    expect(() => shop.as('counter').call('seats.list', {})).toThrow(/forbidden/)
    expect(shop.as('manager').call('seats.signOutOthers', {})).toEqual({ signedOut: 0 })
  })
})

describe('when a seat must sign in again', () => {
  const set = (settings: { sessionDays?: number; sessionIdleHours?: number }) => {
    const { version } = shop.call('settings.get', {})
    shop.call('settings.update', { version, settings })
  }

  test('a seat unused for longer than the shop allows is signed out, and one used within is not', () => {
    set({ sessionIdleHours: 12 })
    signIn({ token: 'bench' })
    shop.clock.advance(12 * hour)
    expect(refusal('bench')).toBe(null)
    shop.clock.advance(12 * hour + 1)
    expect(seat('bench').signedIn).toBe(false)
    expect(refusal('bench')).toBe('session.expired')
  })

  test('a seat used every hour is signed out on the shop’s last day all the same', () => {
    set({ sessionDays: 2 })
    signIn({ token: 'bench' })
    for (let n = 0; n < 47; n++) {
      shop.clock.advance(hour)
      expect(refusal('bench')).toBe(null)
    }
    shop.clock.advance(hour)
    expect(refusal('bench')).toBe('session.expired')
  })

  test('a change of person by PIN ends when the password’s own session would have ended', () => {
    set({ sessionDays: 2 })
    const first = signIn({ token: 'one' })
    shop.clock.advance(40 * hour)
    const { seatUid } = first
    const second = signIn({ token: 'two', by: 'pin', before: 'one', seatUid, role: 'technician' })
    expect(second.expiresAt).toBe(first.expiresAt)
    const third = signIn({ token: 'three', before: 'two', seatUid })
    expect(third.expiresAt).toBe(shop.clock.now() + 48 * hour)
  })

  test('asking whether a session still holds does not count as using the seat', () => {
    set({ sessionIdleHours: 1 })
    signIn({ token: 'bench' })
    for (let n = 0; n < 6; n++) {
      expect(shop.app.run('access.alive', { tokenHash: 'bench' })).toBe(true)
      shop.clock.advance(hour / 6)
    }
    shop.clock.advance(1)
    expect(shop.app.run('access.alive', { tokenHash: 'bench' })).toBe(false)
  })
})

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { manualClock } from '#core/app.ts'
import { foundEmptyShop } from '#host/start-host.ts'
import { cashShop, type CashShop } from '../core/billing/cash-kit.ts'
import { day, refusal } from '../core/repairs/kit.ts'
import { served } from './served.ts'
import { hostOn, newFolder, type Host } from './shop-folder.ts'

/* The clock of the host's computer is set, back or forward, while people are signed in and money is in the drawer. */
const start = Date.UTC(2026, 2, 2, 2)
const hour = 3_600_000

describe('sessions', () => {
  const clock = manualClock(start)
  const years = 5 * 365 * day
  let host: Host
  beforeAll(async () => {
    host = hostOn(newFolder(), { clock })
    await foundEmptyShop(host, 'correct horse 12')
  })
  afterAll(async () => {
    await host.close()
  })
  beforeEach(() => clock.set(start))
  type Seat = Awaited<ReturnType<typeof served>>
  const codeAt = async (seat: Seat, at: number) => {
    clock.set(at)
    return (await seat.call('repairs.today', {})).code
  }

  test('one that was opened while the clock was years ahead ends when the clock is right, instead of lasting for years', async () => {
    clock.set(start + years)
    const ahead = await served(host)
    expect(await codeAt(ahead, start + years + hour)).toBe(undefined)
    expect(await codeAt(ahead, start)).toBe('session.expired')
    expect(host.app.run('access.alive', { tokenHash: ahead.tokenHash })).toBe(false)
  })

  test('one that was used while the clock was ahead ends too, and one that was not goes on to its own end', async () => {
    const used = await served(host)
    const unused = await served(host)
    expect(await codeAt(used, start + 5 * hour)).toBe(undefined)
    expect(await codeAt(used, start)).toBe('session.expired')
    expect(await codeAt(unused, start)).toBe(undefined)
    expect(await codeAt(unused, start + years)).toBe('session.expired')
  })

  test('a clock that is set back by minutes, as time servers do it, signs nobody out', async () => {
    const seat = await served(host)
    expect(await codeAt(seat, start + 2 * hour)).toBe(undefined)
    expect(await codeAt(seat, start + hour + 1)).toBe(undefined)
  })

  test('an account locked while the clock was years ahead is not locked for years', () => {
    clock.set(start + years)
    const wrong = { userId: 1, login: 'owner', by: 'password' } as const
    for (let tries = 0; tries < 5; tries++)
      host.app.run('access.recordFailure', { commandId: crypto.randomUUID(), ...wrong })
    const lockedUntil = () => host.app.run('access.credentials', { login: 'owner' })?.lockedUntil
    expect(lockedUntil()).toBeGreaterThan(start + years)
    clock.set(start)
    expect(lockedUntil()).toBe(null)
  })
})

describe('the cash desk', () => {
  let shop: CashShop
  beforeEach(() => {
    shop = cashShop()
  })
  afterEach(() => {
    shop.sound()
    shop.close()
  })

  test.each([
    ['back', -3 * day],
    ['forward', 400 * day],
  ])(
    'a shift over which the clock is set %s counts what was put into its drawer, whatever the day',
    (_way, by) => {
      const [first, second] = [shop.invoiced(5000), shop.invoiced(3000)]
      shop.openShift(1000)
      shop.takeMoney([[first.id, 5000]], 'cash')
      shop.clock.advance(by)
      shop.takeMoney([[second.id, 3000]], 'cash')
      expect(shop.closeShift(9000, { leftMinor: 1000 }).differenceMinor).toBe(0)
      shop.openShift(1000)
      expect(shop.closeShift(1000).differenceMinor).toBe(0)
      const numbers = shop.call('shifts.list', {}).rows.map(({ number }) => number)
      expect(new Set(numbers).size).toBe(2)
    },
  )

  test('no invoice is dated before the one with the number before it: while the clock is behind it is refused with the day', () => {
    const issued = (): [string, string][] =>
      shop.sql.prepare('SELECT issued_on, number FROM invoices ORDER BY id').raw().all() as [string, string][]
    shop.invoiced(100)
    for (const by of [-2 * day, -400 * day]) {
      shop.clock.advance(by)
      const { id } = shop.receive()
      shop.charge(id, 100)
      const behind = { code: 'invoice.clock_behind', params: { last: '2026-03-02' } }
      expect(refusal(() => shop.issue([id]))).toMatchObject(behind)
    }
    shop.clock.set(start)
    shop.invoiced(100)
    shop.clock.advance(300 * day)
    shop.invoiced(100)
    shop.clock.advance(100 * day)
    shop.invoiced(100)
    const [days, numbers] = [issued().map(([on]) => on), issued().map(([, number]) => number)]
    expect(days).toEqual(days.toSorted())
    expect(numbers).toEqual(['2026000001', '2026000002', '2026000003', '2027000001'])
  })
})

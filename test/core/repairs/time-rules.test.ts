import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { timeRuleQueries } from '#core/repairs/store.ts'
import { anyUid, day, repairShop, type RepairShop } from './kit.ts'

let shop: RepairShop
beforeEach(() => {
  shop = repairShop()
})
afterEach(() => shop.close())

const nothing = { lockedUnassigned: 0, missed: 0, woken: 0, closedUnreached: 0, more: false }

describe('by the calendar of the shop', () => {
  test('an assigned technician who has not started by the resolution date loses the repair, the attempt is missed', () => {
    const id = shop.at('assigned', { dueOn: shop.today(1) })
    shop.pass(1)
    expect(shop.row(id).state).toBe('assigned')
    expect(shop.pass(1)).toEqual({ ...nothing, missed: 1 })
    expect(shop.row(id)).toMatchObject({
      state: 'waiting',
      engineer_id: null,
      lockReason: null,
      failed_attempts: 0,
    })
    expect(shop.attempts(id)).toMatchObject([{ result: 'missed', endedAt: shop.clock.now() }])
    expect(shop.log(id).at(-1)).toMatchObject({
      action: 'miss',
      from: 'assigned',
      to: 'waiting',
      userId: null,
    })
  })

  test('a repair that was started stays where it is, however late', () => {
    const id = shop.at('diagnosing', { requestedOn: shop.today(), dueOn: shop.today(1) })
    expect(shop.pass(60)).toEqual(nothing)
    expect(shop.row(id)).toMatchObject({ state: 'diagnosing', lockReason: null })
    expect(shop.call('repairs.today', {}).late.rows.map((card) => card.id)).toEqual([id])
  })

  test('a suspended repair wakes up on its day in the state beneath', () => {
    const id = shop.at('in_repair', { dueOn: shop.today(30) })
    const suspend = { ...shop.targets(id), reasonId: null, reason: '等件', wakeOn: shop.today(3) }
    shop.call('repairs.suspend', suspend)
    expect(shop.pass(2)).toEqual(nothing)
    expect(shop.pass(1)).toEqual({ ...nothing, woken: 1 })
    expect(shop.row(id)).toMatchObject({ state: 'in_repair', wake_on: null })
    expect(shop.log(id).at(-1)).toMatchObject({
      action: 'wake',
      from: 'suspended',
      to: 'in_repair',
      userId: null,
    })
  })

  test('the day changes at midnight of the shop, not of the machine or of UTC', () => {
    // 23:59 on 2026-03-10 in Shanghai.
    shop.clock.set(Date.UTC(2026, 2, 10, 15, 59))
    const { id } = shop.receive({ requestedOn: '2026-03-10' })
    expect(shop.timeRules()).toEqual(nothing)
    shop.clock.advance(60_000)
    expect(shop.timeRules()).toEqual({ ...nothing, lockedUnassigned: 1 })
    expect(shop.row(id).lockReason).toBe('unassigned')
  })

  test('fewer follow-up tries allowed than were made closes a repair when its next try is due', () => {
    shop.settings({ followUpTries: 5 })
    const id = shop.at('collected')
    shop.notReached(id, shop.today(1))
    shop.notReached(id, shop.today(2))
    shop.settings({ followUpTries: 2 })
    expect(shop.pass(1)).toEqual(nothing)
    expect(shop.pass(1)).toEqual({ ...nothing, closedUnreached: 1 })
    expect(shop.row(id)).toMatchObject({ state: 'closed', close_kind: 'not_reached' })
  })
})

describe('after the host was off for weeks', () => {
  test('one call catches up: a repair wakes up, was missed, waits again and is locked', () => {
    const id = shop.at('assigned', { requestedOn: shop.today(4), dueOn: shop.today(6) })
    shop.call('repairs.suspend', { ...shop.targets(id), reasonId: null, reason: '等', wakeOn: shop.today(2) })
    expect(shop.pass(30)).toEqual({ ...nothing, woken: 1, missed: 1, lockedUnassigned: 1 })
    expect(shop.row(id)).toMatchObject({ state: 'waiting', lockReason: 'unassigned', engineer_id: null })
    expect(shop.log(id).map(({ action }) => action)).toEqual([
      'receive',
      'assign',
      'suspend',
      'wake',
      'miss',
      'lock_unassigned',
    ])
  })

  test('running the rules again changes nothing', () => {
    shop.receive({ requestedOn: shop.today() })
    shop.at('assigned', { dueOn: shop.today() })
    shop.pass(10)
    const before = shop.sql.prepare('SELECT * FROM repairs ORDER BY id').all()
    expect(shop.timeRules()).toEqual(nothing)
    expect(shop.sql.prepare('SELECT * FROM repairs ORDER BY id').all()).toEqual(before)
  })

  test('a locked repair is left to the manager, whatever passes', () => {
    const id = shop.at('assigned', { requestedOn: shop.today(), dueOn: shop.today() })
    shop.call('repairs.lock', { ...shop.target(id), reason: '查' })
    const before = shop.row(id)
    expect(shop.pass(90)).toEqual(nothing)
    expect(shop.row(id)).toEqual(before)
  })

  test('many repairs are worked through in batches', () => {
    const items = Array.from({ length: 25 }, () =>
      shop.item({ visit: shop.visit({ requestedOn: shop.today() }) }),
    )
    shop.call('repairs.receive', shop.intake({ items }))
    shop.clock.advance(2 * day)
    const run = () => shop.app.run('schedule.timeRules', { commandId: anyUid(), limit: 10 })
    expect([run(), run(), run()].map(({ lockedUnassigned, more }) => [lockedUnassigned, more])).toEqual([
      [10, true],
      [10, true],
      [5, false],
    ])
  })
})

test.each(Object.entries(timeRuleQueries))(
  'the rule “%s” reads an index, not the whole file',
  (_rule, query) => {
    const plan = shop.sql
      .prepare(`EXPLAIN QUERY PLAN ${query}`)
      .all({ today: shop.today(), limit: 10, tries: 3 }) as {
      detail: string
    }[]
    expect(plan.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^SEARCH repairs USING (COVERING )?INDEX repairs_/),
    ])
  },
)

test('passcodes are purged once their day has passed', () => {
  const { id } = shop.receive({}, { passcode: '2580', passcodeKind: 'digits' })
  shop.assign(id)
  shop.work(id, 'start')
  shop.solve(id)
  shop.settings({ passcodePurgeDays: 7 })
  shop.handOver(id)
  const purge = () => shop.app.run('schedule.purge', { commandId: anyUid() }).passcodes
  shop.clock.advance(7 * day)
  expect(purge()).toBe(0)
  shop.clock.advance(day)
  expect(purge()).toBe(1)
  expect(shop.call('repairs.get', { uid: shop.row(id).uid }).hasPasscode).toBe(false)
})

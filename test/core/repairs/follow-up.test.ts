import { afterEach, beforeEach, expect, test } from 'vitest'
import { refusal, repairShop, type RepairShop } from './kit.ts'

let shop: RepairShop
beforeEach(() => {
  shop = repairShop()
})
afterEach(() => shop.close())

test('a collected repair is to be followed up the day after', () => {
  const id = shop.at('collected')
  expect(shop.row(id)).toMatchObject({ state: 'collected', next_try_on: shop.today(1), follow_up_tries: 0 })
})

test('a satisfied customer ends the service', () => {
  const id = shop.at('collected')
  shop.satisfied(id)
  expect(shop.row(id)).toMatchObject({
    state: 'closed',
    close_kind: 'satisfied',
    satisfaction: 'very_satisfied',
    closed_at: shop.clock.now(),
    next_try_on: null,
  })
})

test('a dissatisfied customer brings the repair back to waiting with the reason, and its clocks run again', () => {
  const id = shop.at('collected', { requestedOn: shop.today(1), dueOn: shop.today(2) })
  shop.clock.advance(10 * 86_400_000)
  shop.dissatisfied(id)
  const { defaultDueDays } = shop.call('settings.get', {}).settings
  expect(shop.row(id)).toMatchObject({
    state: 'waiting',
    lockReason: null,
    engineer_id: null,
    due_on: shop.today(defaultDueDays),
    requested_on: shop.today(defaultDueDays),
    outcome: null,
    processed_at: null,
    collected_at: null,
    failed_attempts: 1,
  })
  expect(shop.log(id).at(-1)).toMatchObject({ action: 'follow_up_dissatisfied', text: '又坏了' })
  shop.assign(id)
  expect(shop.attempts(id).map(({ result }) => result)).toEqual(['solved', null])
})

test('handled twice and still unresolved locks the repair: a failure, then a dissatisfied customer', () => {
  const { id } = shop.receive()
  shop.assign(id)
  shop.work(id, 'start')
  shop.fail(id)
  shop.assign(id)
  shop.work(id, 'start')
  shop.solve(id)
  shop.handOver(id)
  shop.dissatisfied(id)
  expect(shop.row(id)).toMatchObject({ state: 'waiting', lockReason: 'failed_twice', failed_attempts: 2 })
})

test('a dissatisfied customer whose device is back as a new repair gives the reason why two are open', () => {
  const device = { new: shop.deviceInput({ serial: 'TWICE-1' }) }
  const first = shop.receive({}, { device }).id
  shop.assign(first)
  shop.work(first, 'start')
  shop.solve(first)
  shop.handOver(first)
  const deviceId = Number(shop.row(first)['device_id'])
  const second = shop.receive({}, { device: { id: deviceId } }).id
  expect(shop.row(second)['rework_of_id']).toBe(first)
  shop.dissatisfied(first)
  expect(shop.row(first)).toMatchObject({ state: 'waiting', override_reason: '又坏了' })
})

test('a customer who is not reached is tried again on a later day', () => {
  const id = shop.at('collected')
  expect(refusal(() => shop.notReached(id, shop.today()))).toMatchObject({
    code: 'field.before',
    path: 'result.nextTryOn',
  })
  shop.notReached(id, shop.today(2))
  expect(shop.row(id)).toMatchObject({ state: 'collected', follow_up_tries: 1, next_try_on: shop.today(2) })
  expect(shop.log(id).at(-1)).toMatchObject({
    kind: 'contact',
    action: 'follow_up_unreached',
    from: 'collected',
    to: 'collected',
    text: '没人接',
  })
})

test('after the shop’s number of dated tries a repair closes as not reached, by the program', () => {
  shop.settings({ followUpTries: 3 })
  const id = shop.at('collected')
  shop.notReached(id, shop.today(1))
  shop.notReached(id, shop.today(1))
  expect(shop.row(id).state).toBe('collected')
  shop.notReached(id, shop.today(1))
  expect(shop.row(id)).toMatchObject({ state: 'closed', close_kind: 'not_reached', follow_up_tries: 3 })
  expect(shop.log(id).slice(-2)).toMatchObject([
    { action: 'follow_up_unreached', userId: shop.people.owner.userId },
    { action: 'close_unreached', from: 'collected', to: 'closed', userId: null },
  ])
})

test('the manager verifies closed work once, singly and in bulk', () => {
  const closed = [shop.at('closed'), shop.at('closed')]
  const open = shop.at('collected')
  const result = shop.as('manager').call('repairs.verify', shop.targets(...closed, open))
  expect(result.done.map(({ id }) => id)).toEqual(closed)
  expect(result.refused).toMatchObject([{ id: open, code: 'repair.not_allowed_in_state' }])
  expect(shop.row(closed[0]!)).toMatchObject({
    state: 'closed',
    verified_at: shop.clock.now(),
    verified_by_id: shop.people.manager.userId,
  })
  const again = shop.call('repairs.verify', shop.targets(closed[0]!))
  expect(again.refused).toMatchObject([{ code: 'repair.already_verified' }])
  expect(refusal(() => shop.as('counter').call('repairs.verify', shop.targets(closed[1]!))).code).toBe(
    'forbidden',
  )
})

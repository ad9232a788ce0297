import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FinishedAtCounter } from '#contract/repairs.ts'
import type { Actor } from '#core/app.ts'
import { refusal, refusedFields, repairShop, type RepairShop } from './kit.ts'

/* "Already finished": a fix made at the counter is received and processed in one step (domain §3.1). */
let shop: RepairShop
beforeEach(() => {
  shop = repairShop()
})
afterEach(() => shop.close())

const done = (engineerId: number) => ({ engineerId, outcome: 'repaired' as const, findings: '清理充电口' })
const receiveAs = (who: Parameters<RepairShop['as']>[0], items: ReturnType<RepairShop['item']>[]) =>
  shop.as(who).call('repairs.receive', shop.intake({ items }))
const count = (table: string) => shop.sql.prepare(`SELECT count(*) FROM ${table}`).pluck().get()

test('a fix made at the counter goes through the whole table in one command, as if by hand', () => {
  const engineerId = shop.technicianId
  const { repairs, customerId } = receiveAs('counter', [shop.item({ finished: done(engineerId) })])
  const [{ id, state } = { id: 0, state: '' }] = repairs
  expect(state).toBe('processed')
  const now = shop.clock.now()
  expect(shop.row(id)).toMatchObject({
    state: 'processed',
    engineer_id: engineerId,
    outcome: 'repaired',
    attempts: 1,
    failed_attempts: 0,
    processed_at: now,
  })
  const by = shop.people.counter.userId
  expect(shop.log(id)).toMatchObject([
    { action: 'receive', from: null, to: 'waiting', userId: by },
    { action: 'assign', from: 'waiting', to: 'assigned', userId: by, detail: { engineerId, attempt: 1 } },
    { action: 'start', from: 'assigned', to: 'diagnosing', userId: by },
    {
      action: 'solve',
      from: 'diagnosing',
      to: 'processed',
      text: '清理充电口',
      detail: { outcome: 'repaired' },
    },
  ])
  expect(shop.attempts(id)).toMatchObject([
    { no: 1, engineerId, startedAt: now, endedAt: now, result: 'solved' },
  ])
  expect(shop.call('repairs.today', {})).toMatchObject({ receivedToday: 1, processedToday: 1 })
  const customer = shop.call('customers.list', {}).rows.find((row) => row.id === customerId)
  expect(customer).toMatchObject({ repairs: 1 })
  shop.handOver(id)
  expect(shop.row(id).state).toBe('collected')
})

test('of several devices one is finished, the others wait', () => {
  const items = [shop.item(), shop.item({ finished: done(shop.technicianId) }), shop.item()]
  const { repairs } = receiveAs('counter', items)
  expect(repairs.map(({ state }) => state)).toEqual(['waiting', 'processed', 'waiting'])
})

test('somebody with repairs.work names themselves; others need to be allowed to assign', () => {
  const technician = shop.people.technician
  const both: Actor = {
    ...technician,
    permissions: new Set([...technician.permissions, 'repairs.receive', 'customers.write', 'devices.write']),
  }
  const self = technician.userId ?? 0
  const other = shop.technician2.userId ?? 0
  expect(receiveAs(both, [shop.item({ finished: done(self) })]).repairs[0]?.state).toBe('processed')
  expect(refusedFields(() => receiveAs(both, [shop.item({ finished: done(other) })]))).toEqual([
    ['items.0.finished.engineerId', 'forbidden'],
  ])
  const clerk = shop.people.counter.userId ?? 0
  expect(refusedFields(() => receiveAs('counter', [shop.item({ finished: done(clerk) })]))).toEqual([
    ['items.0.finished.engineerId', 'forbidden'],
  ])
})

test('nobody who is no engineer has finished it, and what is finished is not suspended; nothing is half received', () => {
  const storekeeper = shop.people.storekeeper.userId ?? 0
  const suspend = { reasonId: null, reason: '等客户', wakeOn: shop.today(3) }
  const items = [
    shop.item(),
    shop.item({ finished: done(storekeeper) }),
    shop.item({ finished: done(99_999) }),
    shop.item({ finished: done(shop.technicianId), suspend }),
  ]
  expect(refusedFields(() => receiveAs('counter', items))).toEqual([
    ['items.1.finished.engineerId', 'repair.engineer_inactive'],
    ['items.2.finished.engineerId', 'field.not_found'],
    ['items.3.suspend', 'field.not_an_option'],
  ])
  expect(['repairs', 'repair_log', 'repair_attempts', 'devices'].map(count)).toEqual([0, 0, 0, 0])
})

describe('where the category has a test list', () => {
  type Finished = FinishedAtCounter
  type Result = 'passed' | 'failed' | 'not_applicable'
  let list: number[]
  beforeEach(() => {
    const parentId = shop.categoryId
    list = ['充电', '屏幕'].map(
      (zh) => shop.call('dictionaries.add', { kind: 'test_item', zh, en: zh, parentId }).id,
    )
  })
  const tested = (results: readonly Result[], outcome: Finished['outcome'] = 'repaired') => ({
    ...done(shop.technicianId),
    outcome,
    testResults: results.map((result, index) => ({ itemId: list[index]!, result, note: '' })),
  })
  const receive = (finished: Finished) => receiveAs('counter', [shop.item({ finished })]).repairs[0]!
  const refusedAt = (finished: Finished) => refusedFields(() => receive(finished))
  const tests = (repairId: number) => shop.call('work.ofRepair', { repairId }).tests

  test('a device is not said to work before it was tested, whole and by its own list', () => {
    const at = 'items.0.finished.testResults'
    expect(refusedAt(done(shop.technicianId))).toEqual([[at, 'work.test_incomplete']])
    expect(refusedAt(tested([], 'replaced_unit'))).toEqual([[at, 'work.test_incomplete']])
    expect(refusedAt(tested(['passed']))).toEqual([[at, 'work.test_incomplete']])
    const twice = tested(['passed', 'passed'])
    twice.testResults[1]!.itemId = list[0]!
    expect(refusedAt(twice)).toEqual([[`${at}.1.itemId`, 'field.duplicate']])
    const foreign = tested(['passed', 'passed'])
    foreign.testResults[1]!.itemId = shop.categoryId
    expect(refusedAt(foreign)).toEqual([[`${at}.1.itemId`, 'field.not_found']])
    expect(['repairs', 'repair_log', 'test_runs', 'devices'].map(count)).toEqual([0, 0, 0, 0])
  })

  test('a passed test is kept as one of the bench is, and the device is ready', () => {
    const { id, state } = receive(tested(['passed', 'not_applicable']))
    expect(state).toBe('processed')
    expect(tests(id)).toMatchObject([
      { passed: true, userName: 'counter', results: [{ result: 'passed' }, { result: 'not_applicable' }] },
    ])
    expect(shop.log(id).map(({ action, detail }) => action ?? detail['test'])).toEqual([
      'receive',
      'assign',
      'start',
      'repair',
      'test',
      'passed',
      'solve',
    ])
    shop.handOver(id)
    expect(shop.row(id).state).toBe('collected')
  })

  test('a device that failed its test stays on the engineer’s bench with what was found and what failed', () => {
    const { id, state } = receive(tested(['passed', 'failed']))
    expect(state).toBe('in_repair')
    expect(shop.row(id)).toMatchObject({
      engineer_id: shop.technicianId,
      outcome: null,
      processed_at: null,
      failed_attempts: 0,
    })
    expect(shop.attempts(id)).toMatchObject([{ no: 1, findings: '清理充电口', endedAt: null, result: null }])
    expect(tests(id)).toMatchObject([{ passed: false }])
    expect(shop.log(id).at(-1)).toMatchObject({
      action: 'repair',
      from: 'testing',
      text: '屏幕',
      detail: { test: 'failed', failed: 1 },
    })
    expect(refusal(() => shop.solve(id)).code).toBe('work.test_required')
    expect(shop.as('technician').call('repairs.myJobs', {})).toMatchObject([{ id }])
  })

  test('what goes back unrepaired needs no test, and one that failed does not keep it', () => {
    expect(receive({ ...done(shop.technicianId), outcome: 'not_repairable' }).state).toBe('processed')
    const { id, state } = receive(tested(['failed', 'failed'], 'not_repairable'))
    expect(state).toBe('processed')
    expect(tests(id)).toMatchObject([{ passed: false }])
  })

  test('a shop that wants no test asks for none, and keeps the one that was made', () => {
    shop.settings({ testRequired: false })
    expect(receive(done(shop.technicianId)).state).toBe('processed')
    expect(refusedAt(tested(['passed']))).toEqual([['items.0.finished.testResults', 'work.test_incomplete']])
    expect(receive(tested(['passed', 'failed'])).state).toBe('in_repair')
  })
})

import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Actor } from '#core/app.ts'
import { refusedFields, repairShop, type RepairShop } from './kit.ts'

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

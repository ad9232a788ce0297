import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { repairActions, repairTransitions } from '#contract/repair-states.ts'
import { day, refusal, repairShop, type RepairShop } from './kit.ts'

let shop: RepairShop
beforeEach(() => {
  shop = repairShop()
})
afterEach(() => shop.close())

const lock = (id: number) => shop.call('repairs.lock', { ...shop.target(id), reason: '先别动' })
const unlock = (id: number, resolution: Parameters<typeof resolved>[1]) => resolved(id, resolution)
function resolved(id: number, resolution: Resolution) {
  return shop.call('repairs.unlock', { ...shop.target(id), resolution })
}
type Resolution =
  | { kind: 'reassign'; engineerId: number; dueOn?: string; reason: string }
  | { kind: 'new_date'; dueOn: string; consent: string }
  | { kind: 'close'; reason: string }

describe('locking', () => {
  test('a manager locks by hand with a reason, and the state beneath stays', () => {
    const id = shop.at('in_repair')
    lock(id)
    expect(shop.row(id)).toMatchObject({ state: 'in_repair', lockReason: 'manual', lock_note: '先别动' })
    expect(shop.log(id).at(-1)).toMatchObject({
      action: 'lock',
      from: 'in_repair',
      to: 'in_repair',
      text: '先别动',
    })
    expect(refusal(() => lock(id))).toMatchObject({ code: 'repair.locked' })
  })

  test('a repair nobody was assigned to within the date the customer asked for is locked', () => {
    const { id } = shop.receive({ requestedOn: shop.today(1) })
    shop.pass(1)
    expect(shop.row(id).lockReason).toBeNull()
    expect(shop.pass(1)).toMatchObject({ lockedUnassigned: 1 })
    expect(shop.row(id)).toMatchObject({ state: 'waiting', lockReason: 'unassigned' })
    expect(shop.log(id).at(-1)).toMatchObject({ action: 'lock_unassigned', userId: null, seatId: null })
  })

  test('a repair without a date the customer asked for is never locked for waiting', () => {
    const { id } = shop.receive({ requestedOn: null })
    shop.pass(400)
    expect(shop.row(id)).toMatchObject({ state: 'waiting', lockReason: null })
  })

  test('while locked nothing moves: every other way is refused as locked', () => {
    const id = shop.at('in_repair')
    lock(id)
    const before = shop.row(id)
    const to = shop.target(id)
    const many = shop.targets(id)
    const acts = [
      () => shop.assign(id, shop.technician2.userId, { reason: 'x' }),
      () => shop.work(id, 'test'),
      () => shop.solve(id),
      () => shop.fail(id),
      () => shop.handOver(id),
      () => shop.satisfied(id),
      () => shop.call('repairs.setSubStatus', { ...to, subStatusId: null }),
      () => shop.call('repairs.markUnclaimed', { ...to, reason: 'x' }),
      () => shop.call('repairs.edit', { ...to, changes: { dueOn: shop.today(9) } }),
    ]
    for (const act of acts) expect(refusal(act).code).toBe('repair.locked')
    const bulk = [
      shop.call('repairs.suspend', { ...many, reasonId: null, reason: 'x', wakeOn: shop.today(2) }),
      shop.call('repairs.resume', many),
      shop.call('repairs.cancel', { ...many, reason: 'x' }),
      shop.call('repairs.verify', many),
    ]
    for (const { refused } of bulk) expect(refused.map(({ code }) => code)).toEqual(['repair.locked'])
    expect(shop.row(id)).toEqual(before)
  })

  test('the table lets only unlocking happen while locked', () => {
    const unlocking = repairActions.filter((action) => action.startsWith('unlock_'))
    const allowed = repairTransitions.filter((row) => row.whenLocked !== 'refused').map((row) => row.action)
    expect(allowed).toEqual(unlocking)
  })
})

describe('unlocking', () => {
  test('only who holds the permission unlocks', () => {
    const { id } = shop.receive()
    lock(id)
    const resolution = { kind: 'close', reason: 'x' } as const
    for (const role of ['counter', 'technician', 'storekeeper', 'claims_clerk'] as const) {
      const act = () => shop.as(role).call('repairs.unlock', { ...shop.target(id), resolution })
      expect(refusal(act).code).toBe('forbidden')
    }
    shop.as('manager').call('repairs.unlock', { ...shop.target(id), resolution })
    expect(shop.row(id).state).toBe('closed')
  })

  test('a repair that is not locked cannot be unlocked', () => {
    const { id } = shop.receive()
    expect(refusal(() => unlock(id, { kind: 'close', reason: 'x' })).code).toBe('repair.not_locked')
    const collected = shop.at('collected')
    expect(refusal(() => unlock(collected, { kind: 'close', reason: 'x' })).code).toBe('repair.not_locked')
  })

  test('reassigning gives the repair to an engineer and counts failures anew', () => {
    const id = shop.at('in_repair')
    shop.fail(id)
    shop.assign(id)
    shop.work(id, 'start')
    shop.fail(id)
    unlock(id, { kind: 'reassign', engineerId: shop.technician2.userId, reason: '换人' })
    expect(shop.row(id)).toMatchObject({
      state: 'assigned',
      lockReason: null,
      failed_attempts: 0,
      attempts: 3,
    })
    expect(shop.attempts(id).at(-1)).toMatchObject({
      no: 3,
      engineerId: shop.technician2.userId,
      endedAt: null,
    })
    shop.work(id, 'start')
    shop.fail(id)
    expect(shop.row(id)).toMatchObject({ state: 'waiting', lockReason: null, failed_attempts: 1 })
  })

  test('reassigning a repair locked on the bench ends its handling as reassigned', () => {
    const id = shop.at('in_repair')
    lock(id)
    unlock(id, { kind: 'reassign', engineerId: shop.technician2.userId, reason: '换人' })
    expect(shop.attempts(id)).toMatchObject([{ result: 'reassigned' }, { endedAt: null }])
  })

  test('reassigning after the resolution date has passed needs a new one', () => {
    const { id } = shop.receive({ requestedOn: shop.today(), dueOn: shop.today(1) })
    shop.pass(2)
    const resolution = { kind: 'reassign', engineerId: shop.technicianId, reason: '赶工' } as const
    expect(refusal(() => unlock(id, resolution))).toMatchObject({
      code: 'repair.due_date_passed',
      path: 'resolution.dueOn',
    })
    expect(refusal(() => unlock(id, { ...resolution, dueOn: shop.today(-1) }))).toMatchObject({
      code: 'field.in_past',
    })
    unlock(id, { ...resolution, dueOn: shop.today() })
    expect(shop.row(id)).toMatchObject({ state: 'assigned', due_on: shop.today() })
  })

  test('a new date with the customer’s consent starts the clocks of an unassigned repair again', () => {
    const { id } = shop.receive({ requestedOn: shop.today(), dueOn: shop.today(1) })
    shop.pass(1)
    expect(shop.row(id).lockReason).toBe('unassigned')
    unlock(id, { kind: 'new_date', dueOn: shop.today(3), consent: '电话同意' })
    expect(shop.row(id)).toMatchObject({
      lockReason: null,
      due_on: shop.today(3),
      requested_on: shop.today(3),
    })
    expect(shop.log(id).at(-1)).toMatchObject({ action: 'unlock_new_date', text: '电话同意' })
    shop.pass(3)
    expect(shop.row(id).lockReason).toBeNull()
    shop.pass(1)
    expect(shop.row(id).lockReason).toBe('unassigned')
  })

  test('a new date for a repair locked by hand keeps the customer’s own date when it still lies ahead', () => {
    const { id } = shop.receive({ requestedOn: shop.today(2), dueOn: shop.today(4) })
    lock(id)
    unlock(id, { kind: 'new_date', dueOn: shop.today(9), consent: '微信' })
    expect(shop.row(id)).toMatchObject({ requested_on: shop.today(2), due_on: shop.today(9) })
  })

  test('closing ends the handling and the repair, by the manager', () => {
    const id = shop.at('in_repair')
    lock(id)
    unlock(id, { kind: 'close', reason: '退款' })
    expect(shop.row(id)).toMatchObject({
      state: 'closed',
      close_kind: 'by_manager',
      closed_at: shop.clock.now(),
    })
    expect(shop.attempts(id)).toMatchObject([{ result: 'closed' }])
    expect(shop.log(id).at(-1)).toMatchObject({ action: 'unlock_close', text: '退款' })
  })

  test('a suspended repair that is locked does not wake up until it is unlocked', () => {
    const { id } = shop.receive({}, { suspend: { reasonId: null, reason: '等', wakeOn: shop.today(1) } })
    lock(id)
    shop.pass(3)
    expect(shop.row(id).state).toBe('suspended')
    unlock(id, { kind: 'new_date', dueOn: shop.today(9), consent: '同意' })
    expect(shop.row(id).state).toBe('suspended')
    expect(shop.timeRules()).toMatchObject({ woken: 1 })
    expect(shop.row(id).state).toBe('waiting')
  })

  test('who did what when is kept of every lock and unlock', () => {
    const { id } = shop.receive()
    lock(id)
    shop.clock.advance(day)
    const resolution = { kind: 'new_date', dueOn: shop.today(9), consent: '同意' } as const
    shop.as('manager').call('repairs.unlock', { ...shop.target(id), resolution })
    const { userId, seatId } = shop.people.manager
    expect(shop.log(id).at(-1)).toMatchObject({
      userId,
      seatId,
      at: shop.clock.now(),
      detail: { lock: 'manual' },
    })
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { benchStates } from '#contract/repair-states.ts'
import { refusal, repairShop, type RepairShop } from './kit.ts'

let shop: RepairShop
beforeEach(() => {
  shop = repairShop()
})
afterEach(() => shop.close())

describe('out of the shop', () => {
  test('handing over records who collected, what went along and when the passcode is purged', () => {
    const accessories = [
      { accessoryId: null, name: '充电器', serial: 'C1' },
      { accessoryId: null, name: '保护壳', serial: '' },
    ]
    const { id } = shop.receive({}, { accessories, passcode: '1234', passcodeKind: 'digits' })
    shop.assign(id)
    shop.work(id, 'start')
    shop.solve(id)
    const ids = shop.sql.prepare('SELECT id FROM repair_accessories WHERE repair_id = ? ORDER BY id').pluck()
    const [charger] = ids.all(id) as number[]
    shop.handOver(id, { collectedBy: '李四', returnedAccessoryIds: [charger!], note: '本人朋友' })
    expect(shop.row(id)).toMatchObject({
      state: 'collected',
      collected_by: '李四',
      collected_at: shop.clock.now(),
    })
    expect(shop.log(id).at(-1)).toMatchObject({
      action: 'hand_over',
      text: '本人朋友',
      detail: { accessoriesReturned: 1, accessoriesKept: 1 },
    })
    const purge = shop.sql
      .prepare('SELECT purge_after FROM repair_passcodes WHERE repair_id = ?')
      .pluck()
      .get(id)
    const { settings } = shop.call('settings.get', {})
    expect(purge).toBe(shop.today(settings.passcodePurgeDays))
    expect(refusal(() => shop.handOver(id))).toMatchObject({ code: 'repair.not_allowed_in_state' })
  })

  test('an accessory of another repair is not handed over here', () => {
    const other = shop.receive({}, { accessories: [{ accessoryId: null, name: '笔', serial: '' }] })
    const id = shop.at('processed')
    const ids = shop.sql.prepare('SELECT id FROM repair_accessories WHERE repair_id = ?').pluck()
    const returnedAccessoryIds = ids.all(other.id) as number[]
    expect(refusal(() => shop.handOver(id, { returnedAccessoryIds }))).toMatchObject({
      code: 'field.not_found',
      path: 'returnedAccessoryIds.0',
    })
  })

  test('what nobody claims leaves the loop and may be claimed after all', () => {
    const id = shop.at('processed')
    shop.call('repairs.markUnclaimed', { ...shop.target(id), reason: '三次联系无人来取' })
    expect(shop.row(id).state).toBe('unclaimed')
    shop.handOver(id)
    expect(shop.row(id).state).toBe('collected')
    expect(shop.log(id).at(-1)).toMatchObject({
      action: 'claim_after_all',
      from: 'unclaimed',
      to: 'collected',
    })
  })

  test('cancelling needs a reason and ends the handling under way', () => {
    const id = shop.at('in_repair')
    const result = shop.call('repairs.cancel', { ...shop.targets(id), reason: '客户不修了' })
    expect(result.refused).toEqual([])
    expect(shop.row(id).state).toBe('cancelled')
    expect(shop.attempts(id)).toMatchObject([{ result: 'cancelled', endedAt: shop.clock.now() }])
    expect(shop.log(id).at(-1)).toMatchObject({ action: 'cancel', text: '客户不修了' })
  })
})

describe('suspended', () => {
  test.each(['assigned', ...benchStates] as const)(
    'a repair suspended while %s returns to that state with its handling still open',
    (state) => {
      const id = shop.at(state === 'assigned' ? 'assigned' : 'diagnosing')
      const steps = {
        assigned: [],
        diagnosing: [],
        awaiting_approval: ['request_approval'],
        awaiting_parts: ['wait_for_parts'],
        in_repair: ['repair'],
        testing: ['repair', 'test'],
        at_vendor: ['send_out'],
      } as const
      for (const step of steps[state as keyof typeof steps]) shop.work(id, step)
      const suspend = { ...shop.targets(id), reasonId: null, reason: '等客户', wakeOn: shop.today(5) }
      expect(shop.call('repairs.suspend', suspend).refused).toEqual([])
      expect(shop.row(id).state).toBe('suspended')
      expect(shop.call('repairs.resume', shop.targets(id)).refused).toEqual([])
      expect(shop.row(id)).toMatchObject({ state, wake_on: null, suspended_from: null, suspend_reason: '' })
      expect(shop.attempts(id)).toMatchObject([{ endedAt: null }])
    },
  )

  test('a suspension has a reason, from the list or in words, and wakes up tomorrow at the earliest', () => {
    const { id } = shop.receive()
    const suspend = (given: object) => () =>
      shop.call('repairs.suspend', {
        ...shop.targets(id),
        reasonId: null,
        reason: '',
        wakeOn: shop.today(1),
        ...given,
      })
    expect(refusal(suspend({}))).toMatchObject({ code: 'repair.reason_required', path: 'reason' })
    expect(refusal(suspend({ reason: '等', wakeOn: shop.today() }))).toMatchObject({
      code: 'repair.wake_date_required',
      path: 'wakeOn',
    })
    expect(refusal(suspend({ reasonId: shop.categoryId }))).toMatchObject({
      code: 'field.not_found',
      path: 'reasonId',
    })
    const [reason] = shop.call('dictionaries.list', { kinds: ['suspension_reason'] })
    suspend({ reasonId: reason!.id })()
    expect(shop.row(id).state).toBe('suspended')
  })
})

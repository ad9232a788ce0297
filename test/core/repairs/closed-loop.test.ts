import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { repairTransitions } from '#contract/repair-states.ts'
import { day, refusal, repairShop, type RepairShop } from './kit.ts'

/* One test for each rule of the closed loop; the title names the rule. */
let shop: RepairShop
beforeEach(() => {
  shop = repairShop()
})
afterEach(() => shop.close())

describe('saved', () => {
  test('a received repair waits for assignment', () => {
    const { id, state } = shop.receive()
    expect(state).toBe('waiting')
    expect(shop.row(id).state).toBe('waiting')
    expect(shop.log(id)).toMatchObject([{ kind: 'move', action: 'receive', from: null, to: 'waiting' }])
  })

  test('a repair may be saved as suspended, with its reason and the day it wakes up', () => {
    const suspend = { reasonId: null, reason: '客户出差', wakeOn: shop.today(3) }
    const { id, state } = shop.receive({}, { suspend })
    expect(state).toBe('suspended')
    expect(shop.row(id)).toMatchObject({
      suspend_reason: '客户出差',
      wake_on: shop.today(3),
      suspended_from: 'waiting',
    })
    expect(shop.log(id)[0]).toMatchObject({ action: 'receive_suspended', to: 'suspended', text: '客户出差' })
  })

  test('saving raises the counters of the product and of the problem type by one', () => {
    const brandId = shop.call('dictionaries.add', { kind: 'brand', zh: '华为', en: 'Huawei' }).id
    const modelId = shop.call('dictionaries.add', { kind: 'model', zh: 'M9', en: 'M9', parentId: brandId }).id
    const problemTypeId = shop.call('dictionaries.add', {
      kind: 'problem_type',
      zh: '不充电',
      en: 'No charge',
    }).id
    const device = { new: shop.deviceInput({ brandId, modelId }) }
    shop.receive({ problemTypeId }, { device })
    shop.receive({ problemTypeId })
    const counts = shop.sql.prepare('SELECT repairs_count FROM dictionary_entries WHERE id = ?').pluck()
    expect([shop.categoryId, brandId, modelId, problemTypeId].map((id) => counts.get(id))).toEqual([
      2, 1, 1, 2,
    ])
  })
})

describe('assigned and started', () => {
  test('assigning a technician makes a repair assigned by itself and opens an attempt', () => {
    const { id } = shop.receive()
    shop.assign(id)
    expect(shop.row(id)).toMatchObject({ state: 'assigned', engineer_id: shop.technicianId, attempts: 1 })
    expect(shop.attempts(id)).toMatchObject([
      { no: 1, engineerId: shop.technicianId, startedAt: null, endedAt: null },
    ])
    expect(shop.log(id)[1]).toMatchObject({ action: 'assign', from: 'waiting', to: 'assigned' })
  })

  test('starting work begins diagnosis and marks the attempt as started', () => {
    const id = shop.at('assigned')
    shop.clock.advance(60_000)
    shop.work(id, 'start')
    expect(shop.row(id).state).toBe('diagnosing')
    expect(shop.attempts(id)[0]?.startedAt).toBe(shop.clock.now())
  })

  test.each([
    ['request_approval', 'awaiting_approval'],
    ['wait_for_parts', 'awaiting_parts'],
    ['repair', 'in_repair'],
    ['send_out', 'at_vendor'],
  ] as const)('from diagnosis %s leads to %s', (action, state) => {
    const id = shop.at('diagnosing')
    shop.work(id, action)
    expect(shop.row(id).state).toBe(state)
  })

  test('a step back on the bench needs a reason', () => {
    const id = shop.at('testing')
    expect(refusal(() => shop.work(id, 'repair'))).toMatchObject({ code: 'repair.reason_required' })
    shop.work(id, 'repair', { reason: '测试不通过' })
    expect(shop.log(id).at(-1)).toMatchObject({
      action: 'repair',
      from: 'testing',
      to: 'in_repair',
      text: '测试不通过',
    })
  })

  test('a step the table does not have is refused with the state the repair is in', () => {
    const { id } = shop.receive()
    expect(refusal(() => shop.work(id, 'test'))).toMatchObject({
      code: 'repair.not_allowed_in_state',
      params: { state: 'waiting', action: 'test' },
    })
  })

  test('a technician works on their own repairs only', () => {
    const id = shop.at('assigned')
    const act = () => shop.work(id, 'start', { as: shop.technician2 })
    expect(refusal(act)).toMatchObject({ code: 'repair.not_your_repair', params: { engineer: 'technician' } })
    shop.work(id, 'start', { as: 'technician' })
    expect(shop.row(id).state).toBe('diagnosing')
  })

  test('a repair given to another technician ends the handling as reassigned and counts no failure', () => {
    const id = shop.at('in_repair')
    const other = shop.technician2.userId
    expect(refusal(() => shop.assign(id, other))).toMatchObject({ code: 'repair.reason_required' })
    shop.assign(id, other, { reason: '请假' })
    expect(shop.row(id)).toMatchObject({ state: 'assigned', engineer_id: other, failed_attempts: 0 })
    expect(shop.attempts(id)).toMatchObject([
      { result: 'reassigned', endedAt: shop.clock.now() },
      { no: 2, engineerId: other, startedAt: null, endedAt: null },
    ])
  })

  test('a repair is not assigned for a date that has passed, until a new one is given', () => {
    const { id } = shop.receive({ dueOn: shop.today(1) })
    shop.clock.advance(2 * day)
    expect(refusal(() => shop.assign(id))).toMatchObject({
      code: 'repair.due_date_passed',
      params: { field: 'dueOn' },
    })
    shop.assign(id, shop.technicianId, { dueOn: shop.today(1) })
    expect(shop.row(id)).toMatchObject({ state: 'assigned', due_on: shop.today(1) })
    expect(shop.log(id).at(-1)?.detail).toMatchObject({
      'dueOn.from': shop.today(-1),
      'dueOn.to': shop.today(1),
    })
  })

  test('somebody who may not work on repairs is given none', () => {
    const { id } = shop.receive()
    expect(refusal(() => shop.assign(id, shop.people.counter.userId))).toMatchObject({
      code: 'repair.engineer_inactive',
      path: 'engineerId',
    })
    expect(refusal(() => shop.assign(id, 9_999))).toMatchObject({
      code: 'field.not_found',
      path: 'engineerId',
    })
  })
})

describe('solved or failed', () => {
  test('a first handling that fails puts the repair back to waiting with the attempt recorded', () => {
    const id = shop.at('in_repair')
    shop.fail(id)
    expect(shop.row(id)).toMatchObject({
      state: 'waiting',
      lockReason: null,
      engineer_id: null,
      failed_attempts: 1,
    })
    expect(shop.attempts(id)).toMatchObject([
      { result: 'failed', findings: '主板查不出', endedAt: shop.clock.now() },
    ])
  })

  test('the first failure leaves the repair to be assigned again although the date to be on it has passed', () => {
    const id = shop.at('in_repair', { requestedOn: shop.today(), dueOn: shop.today(9) })
    shop.clock.advance(2 * day)
    shop.fail(id)
    shop.timeRules()
    expect(shop.row(id)).toMatchObject({
      state: 'waiting',
      lockReason: null,
      requested_on: shop.row(id)['due_on'] ?? '',
    })
  })

  test('two handlings that failed lock the repair for the manager', () => {
    const id = shop.at('in_repair')
    shop.fail(id)
    shop.assign(id)
    shop.work(id, 'start')
    shop.fail(id)
    expect(shop.row(id)).toMatchObject({ state: 'waiting', lockReason: 'failed_twice', failed_attempts: 2 })
    expect(shop.log(id).slice(-2)).toMatchObject([
      { action: 'fail', from: 'diagnosing', to: 'waiting' },
      { action: 'lock_failed', from: 'waiting', to: 'waiting', userId: null },
    ])
  })

  test('what was never started cannot fail', () => {
    const id = shop.at('assigned')
    expect(refusal(() => shop.fail(id))).toMatchObject({ code: 'repair.not_allowed_in_state' })
  })

  test('a solved repair is processed with its outcome, findings and codes, and Today counts it', () => {
    const id = shop.at('testing')
    const code = shop.call('dictionaries.add', { kind: 'cause', zh: '电容短路', en: 'Shorted capacitor' }).id
    shop.call('repairs.solve', {
      ...shop.target(id),
      outcome: 'no_fault_found',
      findings: '一切正常',
      codeIds: [code, code],
      knownDefects: ['屏幕有划痕'],
    })
    expect(shop.row(id)).toMatchObject({
      state: 'processed',
      outcome: 'no_fault_found',
      processed_at: shop.clock.now(),
    })
    expect(shop.attempts(id)).toMatchObject([{ result: 'solved', findings: '一切正常' }])
    const { attempts, knownDefects } = shop.call('repairs.get', { uid: shop.row(id).uid })
    expect(attempts[0]?.codes.map((entry) => entry.label.en)).toEqual(['Shorted capacitor'])
    expect(knownDefects.map((defect) => defect.text)).toEqual(['屏幕有划痕'])
    expect(shop.call('repairs.today', {}).processedToday).toBe(1)
  })

  test('only symptom, cause and action codes describe a handling', () => {
    const id = shop.at('testing')
    const input = { ...shop.target(id), findings: 'x', codeIds: [shop.categoryId] }
    expect(refusal(() => shop.call('repairs.fail', input))).toMatchObject({
      code: 'field.not_found',
      path: 'codeIds.0',
    })
  })
})

test('every move of the table needs the permission its method asks for', () => {
  const methods = {
    'repairs.assign': ['assign', 'reassign'],
    'repairs.suspend': ['suspend', 'resume'],
    'repairs.lock': ['lock'],
    'repairs.unlock': ['unlock_reassign', 'unlock_new_date', 'unlock_close', 'mark_unclaimed'],
    'repairs.cancel': ['cancel'],
    'repairs.hand_over': ['hand_over', 'claim_after_all'],
    'repairs.follow_up': ['follow_up_satisfied', 'follow_up_dissatisfied', 'follow_up_unreached'],
    'repairs.verify': ['verify'],
  } as const
  const expected = new Map<string, string>(
    Object.entries(methods).flatMap(([permission, actions]) => actions.map((action) => [action, permission])),
  )
  for (const row of repairTransitions) {
    const program = ['miss', 'wake', 'lock_unassigned', 'lock_failed', 'close_unreached'].includes(row.action)
    expect([row.action, row.permission]).toEqual([
      row.action,
      program ? null : (expected.get(row.action) ?? 'repairs.work'),
    ])
  }
})

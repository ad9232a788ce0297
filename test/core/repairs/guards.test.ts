import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { InputOf } from '#contract/method-types.ts'
import { benchShop, type BenchShop } from '../quotes/bench-kit.ts'
import { refusal } from './kit.ts'

/* What must be in order before a repair is ready, given up or out of the shop; the title names the rule. */
let shop: BenchShop
beforeEach(() => {
  shop = benchShop()
})
afterEach(() => shop.close())

const lend = (repairId: number) => {
  const loaner = { name: '备用机', serial: 'L-1', valueMinor: 100_000, condition: '', active: true }
  const { id: loanerId } = shop.call('loaners.create', { loaner })
  const terms = { dueOn: shop.today(7), conditionOut: '完好', signatureUid: null }
  return shop.call('loaners.lend', { loanerId, repairId, ...terms })
}
/** A repair with a part out on the bench. */
const withIssuedPart = () => {
  const id = shop.at('diagnosing')
  shop.approve(shop.asked(id, [shop.option(shop.partLine(shop.part(2), 30_000))]))
  shop.issue(shop.onlyPart(id))
  return id
}
const cancel = (id: number) =>
  shop.call('repairs.cancel', { ...shop.targets(id), reason: '客户不修了' }).refused
const leave = (id: number, more: Partial<InputOf<'repairs.handOver'>> = {}) =>
  shop.as('counter').call('repairs.handOver', {
    ...shop.target(id),
    collectedBy: '张三',
    signatureUid: null,
    noSignatureReason: 'customer_refused',
    noSignatureNote: '',
    returnedAccessoryIds: [],
    accessoriesKeptConfirmed: false,
    note: '',
    ...more,
  })
const pay = (id: number) => {
  const issue = { repairIds: [id], payer: 'customer' as const, customerId: null, cashRounding: false }
  const invoice = shop.call('invoices.issue', { ...issue, dueOn: null, note: '', expectedGrossMinor: null })
  const { grossMinor } = shop.bill(id).invoices[0]!
  const allocations = [{ invoiceId: invoice.id, amountMinor: grossMinor }]
  const how = { method: 'card' as const, tenderedMinor: null, reference: '', note: '' }
  shop.as('counter').call('payments.take', { ...how, amountMinor: grossMinor, allocations })
}

describe('under test', () => {
  test('a device is not tested while a part for it still lies on the bench', () => {
    const id = withIssuedPart()
    const move = () => shop.call('repairs.work', { ...shop.targets(id), action: 'test' as const })
    expect(move().refused).toMatchObject([{ code: 'stock.parts_unsettled', params: { count: 1 } }])
    shop.settle(shop.onlyPart(id), 'used')
    expect(move().done).toHaveLength(1)
  })
})

describe('ready', () => {
  test('every part has its place before a repair is ready', () => {
    const id = withIssuedPart()
    expect(refusal(() => shop.solve(id))).toMatchObject({
      code: 'stock.parts_unsettled',
      params: { count: 1 },
    })
    shop.settle(shop.onlyPart(id), 'used')
    shop.solve(id)
    expect(shop.state(id)).toBe('processed')
  })

  test('a part dead on arrival is put aside with its reason, and another one is used for the same line', () => {
    const id = withIssuedPart()
    const part = shop.onlyPart(id)
    shop.settle(part, 'dead_on_arrival', { reason: '装上不亮' })
    shop.call('stock.plan', { repairId: id, partId: part.partId, quantity: 1000, reserve: true })
    const second = shop.partsOf(id).find(({ state }) => state === 'reserved')!
    shop.issue(second)
    shop.settle(
      shop.partsOf(id).find((each) => each.id === second.id)!,
      'used',
    )
    shop.solve(id)
    expect(shop.partsOf(id).map(({ state, reason }) => [state, reason])).toEqual([
      ['dead_on_arrival', '装上不亮'],
      ['used', ''],
    ])
    expect(shop.billed(id)).toEqual([['part', 30_000]])
  })

  test('damage by a technician has a reason and a name, and nobody is charged for it', () => {
    const id = withIssuedPart()
    const personId = shop.people.technician.userId
    expect(refusal(() => shop.settle(shop.onlyPart(id), 'broken_here')).code).toBe('stock.reason_required')
    shop.settle(shop.onlyPart(id), 'broken_here', { reason: '排线撕断', personId })
    expect(shop.onlyPart(id)).toMatchObject({
      state: 'broken_here',
      reason: '排线撕断',
      personName: 'technician',
    })
    const [line] = shop.bill(id).lines
    shop.call('charges.waive', { chargeLineId: line!.id, reason: '本店损坏' })
    shop.solve(id)
    expect(shop.standing(id).presentMinor).toBe(0)
    leave(id)
    expect(shop.state(id)).toBe('collected')
  })

  test('an outcome that costs nothing needs no approval and takes the work off the bill', () => {
    const id = shop.at('in_repair', { benchFeeMinor: 5000 })
    shop.call('charges.add', { repairId: id, line: shop.line(20_000) })
    shop.solve(id, 'no_fault_found')
    expect(shop.billed(id)).toEqual([['bench_fee', 5000]])
  })

  test('a fix made at the counter follows the shop’s fee rule too', () => {
    const finished = {
      engineerId: shop.people.technician.userId,
      outcome: 'no_fault_found' as const,
      findings: '一切正常',
    }
    const { id } = shop.receive({ benchFeeMinor: 3000 }, { finished })
    expect(shop.billed(id)).toEqual([['bench_fee', 3000]])
  })
})

describe('given up', () => {
  test('a cancelled repair asks where each part goes, and what was set aside is free again', () => {
    const id = withIssuedPart()
    expect(cancel(id)).toMatchObject([{ code: 'stock.parts_unsettled', params: { count: 1 } }])
    expect(shop.state(id)).toBe('in_repair')
    shop.settle(shop.onlyPart(id), 'returned', { binId: shop.binId })
    const { partId } = shop.partsOf(id)[0]!
    shop.call('stock.plan', { repairId: id, partId, quantity: 1000, reserve: true })
    expect(cancel(id)).toEqual([])
    expect(shop.partsOf(id).map(({ state }) => state)).toEqual(['returned', 'cancelled'])
    const [part] = shop.call('stock.parts', {}).rows
    expect(part).toMatchObject({ onHand: 2000, reserved: 0 })
  })

  test('closing a locked repair asks the same', () => {
    const id = withIssuedPart()
    shop.call('repairs.lock', { ...shop.target(id), reason: '争议' })
    const close = () =>
      shop.call('repairs.unlock', { ...shop.target(id), resolution: { kind: 'close', reason: '退款' } })
    expect(refusal(close).code).toBe('stock.parts_unsettled')
  })

  test('nothing is closed or cancelled while a loaner is out', () => {
    const id = shop.at('diagnosing')
    lend(id)
    expect(cancel(id)).toMatchObject([{ code: 'loaner.still_out', params: { name: '备用机' } }])
    shop.call('repairs.lock', { ...shop.target(id), reason: '争议' })
    const close = () =>
      shop.call('repairs.unlock', { ...shop.target(id), resolution: { kind: 'close', reason: '退款' } })
    expect(refusal(close).code).toBe('loaner.still_out')
  })
})

describe('out of the shop', () => {
  test('nothing leaves while a loaner is out', () => {
    const id = shop.at('processed')
    lend(id)
    expect(refusal(() => leave(id))).toMatchObject({ code: 'loaner.still_out', params: { name: '备用机' } })
  })

  test('nothing leaves unbilled or unpaid, unless a role allows credit', () => {
    const id = shop.at('diagnosing')
    shop.approve(shop.asked(id, [shop.option(shop.line(20_000))]))
    shop.solve(id)
    expect(refusal(() => leave(id))).toMatchObject({ code: 'repair.unbilled', params: { amount: 20_000 } })
    const other = shop.at('diagnosing')
    shop.approve(shop.asked(other, [shop.option(shop.line(7000))]))
    shop.solve(other)
    shop.handOver(other)
    expect(shop.state(other)).toBe('collected')
    pay(id)
    leave(id)
    expect(shop.state(id)).toBe('collected')
  })

  test('the customer signs, or it is said why not, even when nothing is due', () => {
    const id = shop.at('processed')
    expect(refusal(() => leave(id, { noSignatureReason: null }))).toMatchObject({
      code: 'repair.hand_over_signature_required',
      path: 'signatureUid',
    })
    expect(refusal(() => leave(id, { noSignatureReason: 'other' }))).toMatchObject({
      code: 'field.required',
      path: 'noSignatureNote',
    })
    leave(id, { noSignatureReason: 'other', noSignatureNote: '手受伤' })
    expect(shop.log(id).at(-1)?.detail).toMatchObject({
      noSignatureReason: 'other',
      noSignatureNote: '手受伤',
    })
    const signed = shop.at('processed')
    const signatureUid = shop.signature(signed)
    leave(signed, { signatureUid, noSignatureReason: null })
    expect(shop.log(signed).at(-1)?.detail).toMatchObject({ signatureUid })
  })

  test('accessories that are not ticked are said to stay', () => {
    const accessories = [{ accessoryId: null, name: '充电器', serial: '' }]
    const { id } = shop.receive({}, { accessories })
    shop.assign(id)
    shop.work(id, 'start')
    shop.solve(id)
    expect(refusal(() => leave(id))).toMatchObject({
      code: 'repair.accessory_left',
      path: 'accessoriesKeptConfirmed',
      params: { count: 1 },
    })
    leave(id, { accessoriesKeptConfirmed: true })
    expect(shop.log(id).at(-1)?.detail).toMatchObject({ accessoriesReturned: 0, accessoriesKept: 1 })
  })

  test('a device is collected unrepaired as an outcome of its own, signed all the same', () => {
    const id = shop.at('diagnosing')
    shop.solve(id, 'returned_unrepaired')
    leave(id)
    expect(shop.row(id)).toMatchObject({ state: 'collected', outcome: 'returned_unrepaired' })
  })

  test('one device of two is collected while the other stays on the bench', () => {
    const items = [shop.item(), shop.item()]
    const { repairs } = shop.call('repairs.receive', shop.intake({ items }))
    const [first, second] = repairs.map(({ id }) => id) as [number, number]
    for (const id of [first, second]) {
      shop.assign(id)
      shop.work(id, 'start')
    }
    shop.solve(first)
    leave(first)
    expect([shop.state(first), shop.state(second)]).toEqual(['collected', 'diagnosing'])
  })
})

describe('back again', () => {
  /** The same device some days after it was collected. */
  const back = (firstId: number, days: number) => {
    shop.pass(days)
    const device = { id: Number(shop.row(firstId)['device_id']) }
    const customer = { id: Number(shop.row(firstId)['customer_id']) }
    const { id } = shop.receive({ benchFeeMinor: 5000 }, { device }, { customer })
    shop.assign(id, shop.technician2.userId)
    shop.work(id, 'start')
    return id
  }
  const page = (id: number) => shop.call('repairs.get', { uid: shop.row(id).uid })
  const say = (id: number, kind: 'same' | 'different') =>
    shop.call('repairs.setReworkKind', { ...shop.target(id), kind })

  test('a device that comes back costs nothing until another fault is found, and names whose work it was', () => {
    const first = shop.at('collected')
    const id = back(first, 10)
    const goodwill = [{ payer: 'goodwill', customerId: null, shareBp: 10_000 }]
    expect(page(id)).toMatchObject({
      reworkOf: { number: shop.row(first).number, engineerName: 'technician' },
      reworkKind: null,
      defaultShares: goodwill,
    })
    say(id, 'same')
    expect(page(id)).toMatchObject({ reworkKind: 'same', defaultShares: goodwill })
    expect(shop.log(id).at(-1)?.detail).toEqual({ 'reworkKind.from': null, 'reworkKind.to': 'same' })
    shop.solve(id, 'no_fault_found')
    expect(shop.billed(id)).toEqual([])
  })

  test('another fault than before is a repair like any other', () => {
    const id = back(shop.at('collected'), 10)
    say(id, 'different')
    expect(page(id).defaultShares).toEqual([{ payer: 'customer', customerId: null, shareBp: 10_000 }])
    shop.solve(id, 'no_fault_found')
    expect(shop.billed(id)).toEqual([['bench_fee', 5000]])
  })

  test('the warranty start is kept through every rework of the same fault, another fault begins its own', () => {
    const first = shop.at('collected')
    const began = shop.today()
    expect(page(first).warrantyFrom).toBe(began)
    const second = back(first, 10)
    expect(page(second).warrantyFrom).toBe(began)
    say(second, 'same')
    shop.solve(second)
    shop.handOver(second)
    const third = back(second, 20)
    expect(page(third).warrantyFrom).toBe(began)
    say(third, 'different')
    expect(page(third).warrantyFrom).toBeNull()
    shop.solve(third)
    shop.handOver(third)
    expect(page(third).warrantyFrom).toBe(shop.today())
  })

  test('a device that was not here lately is no rework', () => {
    const id = shop.at('diagnosing')
    expect(refusal(() => say(id, 'same')).code).toBe('repair.not_a_rework')
    expect(page(id)).toMatchObject({ reworkOf: null, reworkKind: null, warrantyFrom: null })
  })
})

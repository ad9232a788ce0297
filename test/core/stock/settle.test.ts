import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { refusal, refusedFields } from '../repairs/kit.ts'
import { one, stockShop, type StockShop } from './kit.ts'

let shop: StockShop
beforeEach(() => {
  shop = stockShop()
})
afterEach(() => shop.closeSound())

describe('where an issued part ended', () => {
  test('each end is a place of its own', () => {
    const part = shop.part({}, 5)
    const id = shop.repair()
    const person = shop.technicianId
    const ends = [
      ['used', 'customer', {}],
      ['dead_on_arrival', 'quarantine', { reason: '开机无显示' }],
      ['broken_here', 'scrap', { reason: '排线扯断', personId: person }],
      ['lost', 'lost', { reason: '找不到', personId: person }],
      ['returned', 'bin', {}],
    ] as const
    for (const [result, , more] of ends) shop.settle(shop.issue(id, part.number), result, more)
    expect(shop.lines(id).map((row) => row.state)).toEqual(ends.map(([result]) => result))
    for (const [, kind] of ends) expect([kind, shop.lying(part.uid, kind)]).toEqual([kind, 1])
    expect(shop.lying(part.uid, 'bench')).toBe(0)
    expect(shop.log(id).at(-1)?.detail['partState']).toBe('returned')
  })

  test('what the shop loses needs a reason, and who it was where somebody did it', () => {
    const part = shop.part({}, 1)
    const issued = shop.issue(shop.repair(), part.number)
    const refused = (result: 'dead_on_arrival' | 'broken_here' | 'lost', more = {}) =>
      refusedFields(() => shop.settle(issued, result, more))
    for (const result of ['dead_on_arrival', 'broken_here', 'lost'] as const) {
      expect(refused(result, { personId: shop.technicianId })).toEqual([['reason', 'stock.reason_required']])
    }
    for (const result of ['broken_here', 'lost'] as const) {
      expect(refused(result, { reason: '摔了' })).toEqual([['personId', 'stock.person_required']])
      expect(refused(result, { reason: '摔了', personId: 999_999 })).toEqual([
        ['personId', 'field.not_found'],
      ])
    }
  })

  test('is said once, by who saw the line as it is', () => {
    const part = shop.part({}, 1)
    const id = shop.repair()
    const issued = shop.issue(id, part.number)
    const done = shop.settle(issued, 'used')
    expect(refusal(() => shop.settle(issued, 'returned')).code).toBe('stale')
    expect(refusal(() => shop.settle({ ...issued, version: done.version }, 'returned')).code).toBe(
      'stock.line_settled',
    )
  })

  test('of a part that was never issued cannot be told, but what is set aside goes back', () => {
    const part = shop.part({}, 1)
    const id = shop.repair()
    const line = shop.plan(id, part.id)
    expect(refusal(() => shop.settle(line, 'used')).code).toBe('stock.line_not_issued')
    shop.settle(line, 'returned')
    expect(shop.stock(part.uid)).toEqual([1, 0, 1])
    const planned = shop.plan(id, part.id, 5, false)
    expect(refusal(() => shop.settle(planned, 'returned')).code).toBe('stock.line_not_issued')
  })

  test('a part of the quantity leaves the rest on the bench', () => {
    const part = shop.part({}, 3)
    const id = shop.repair()
    const issued = shop.issue(id, part.number, { quantity: 3 * one })
    shop.settle(issued, 'used', { quantity: one })
    expect(shop.lines(id).map((row) => [row.state, row.quantity])).toEqual([
      ['used', one],
      ['issued', 2 * one],
    ])
    const [, rest] = shop.lines(id)
    expect(refusedFields(() => shop.settle(rest!, 'used', { quantity: 3 * one }))).toEqual([
      ['quantity', 'field.out_of_range'],
    ])
    const reserved = shop.part({}, 3)
    const line = shop.plan(id, reserved.id, 3)
    shop.settle(line, 'returned', { quantity: one })
    expect(shop.stock(reserved.uid)).toEqual([3, 2, 1])
  })

  test('the piece that was scanned is the one built in, and the old serial is kept with it', () => {
    const part = shop.part({ serialised: true, returnable: true })
    shop.receiveSerials(part.id, 'S1', 'S2')
    const id = shop.repair()
    const issued = shop.issue(id, 'S1')
    expect(refusedFields(() => shop.settle(issued, 'used', { serial: 'S2' }))).toEqual([
      ['serial', 'part.serial_unknown'],
    ])
    shop.settle(issued, 'used', { serial: 's 1', oldSerial: 'OLD-9' })
    expect(shop.line(id, issued.id)).toMatchObject({
      serial: 'S1',
      oldSerial: 'OLD-9',
      personName: '王店主',
      state: 'used',
    })
    expect(shop.get(part.uid).serials.map((row) => [row.serial, row.kind])).toEqual([
      ['S2', 'bin'],
      ['S1', 'customer'],
    ])
  })

  test('nothing that costs the customer money is built in before they said yes', () => {
    const part = shop.part({}, 1)
    const id = shop.repair()
    shop.call('charges.add', {
      repairId: id,
      line: {
        kind: 'part',
        serviceId: null,
        partId: part.id,
        description: '屏幕',
        quantity: one,
        unitMinor: 50_000,
        discountMinor: 0,
        taxCodeId: shop.taxCodeId,
        shares: [{ payer: 'customer', customerId: null, shareBp: 10_000 }],
        standardMinutes: 0,
        warrantyMonths: 3,
      },
    })
    const issued = shop.issue(id, part.number)
    expect(refusal(() => shop.settle(issued, 'used')).code).toBe('quote.approval_required')
    shop.settle(issued, 'returned')
    expect(shop.stock(part.uid)).toEqual([1, 0, 1])
  })

  test('a repair is not finished while a part is on the bench, and a cancelled one asks where each went', () => {
    const part = shop.part({}, 2)
    const id = shop.repairAt('testing')
    const issued = shop.issue(id, part.number)
    expect(refusal(() => shop.solve(id))).toMatchObject({
      code: 'stock.parts_unsettled',
      params: { count: 1 },
    })
    const cancel = () => shop.call('repairs.cancel', { ...shop.targets(id), reason: '客户不修了' })
    expect(cancel().refused).toMatchObject([{ code: 'stock.parts_unsettled', params: { count: 1 } }])
    shop.plan(id, part.id)
    shop.settle(issued, 'returned')
    expect(cancel().refused).toEqual([])
    expect(shop.lines(id).map((row) => row.state)).toEqual(['returned', 'cancelled'])
    expect(shop.stock(part.uid)).toEqual([2, 0, 2])
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { refusal, refusedFields } from '../repairs/kit.ts'
import { stockShop, type StockShop } from './kit.ts'

let shop: StockShop
beforeEach(() => {
  shop = stockShop()
})
afterEach(() => shop.closeSound())

const fields = { name: '备用机 1', serial: 'LN-1', valueMinor: 80_000, condition: '九成新', active: true }
const create = (more = {}) => shop.call('loaners.create', { loaner: { ...fields, ...more } })
const lend = (loanerId: number, repairId: number, more = {}) =>
  shop.as('counter').call('loaners.lend', {
    loanerId,
    repairId,
    dueOn: shop.today(3),
    conditionOut: '无划痕',
    signatureUid: null,
    ...more,
  })
const takeBack = (loan: { id: number; version: number }) =>
  shop.call('loaners.takeBack', { loanId: loan.id, version: loan.version, conditionIn: '屏幕有划痕' })

describe('a loaner', () => {
  test('is out with one repair at a time, and its way is on the goods ledger', () => {
    const loaner = create()
    const [mine, other] = [shop.repair(), shop.repair()]
    const loan = lend(loaner.id, mine)
    expect(refusal(() => lend(loaner.id, other))).toMatchObject({
      code: 'loaner.out',
      params: { number: shop.row(mine).number },
    })
    const [shown] = shop.call('loaners.list', { only: 'out' })
    expect(shown?.out).toMatchObject({ repairId: mine, conditionOut: '无划痕', lentBy: 'counter' })
    takeBack(loan)
    lend(loaner.id, other)
    const moves = shop.call('stock.moves', { loanerId: loaner.id }).rows
    expect(moves.map((move) => [move.reason, move.fromPlace, move.toPlace])).toEqual([
      ['lend', 'A1', 'customer'],
      ['loan_back', 'customer', 'A1'],
      ['lend', 'A1', 'customer'],
    ])
    expect(shop.call('loaners.ofRepair', { repairId: mine })).toMatchObject([{ conditionIn: '屏幕有划痕' }])
    expect(shop.log(mine).at(-1)?.detail).toMatchObject({ loaner: '备用机 1', loanerState: 'back' })
  })

  test('is lent with an open repair only, for a day to come', () => {
    const loaner = create()
    expect(refusal(() => lend(loaner.id, shop.repairAt('closed'))).code).toBe('repair.not_allowed_in_state')
    expect(refusedFields(() => lend(loaner.id, shop.repair(), { dueOn: shop.today(-1) }))).toEqual([
      ['dueOn', 'field.in_past'],
    ])
    expect(refusedFields(() => lend(999_999, shop.repair()))).toEqual([['loanerId', 'field.not_found']])
    const idle = create({ active: false })
    expect(refusedFields(() => lend(idle.id, shop.repair()))).toEqual([['loanerId', 'loaner.inactive']])
  })

  test('that is overdue is listed; one that is free is not out', () => {
    const [late, free] = [create(), create({ name: '备用机 2' })]
    lend(late.id, shop.repair(), { dueOn: shop.today(1) })
    const listed = (only: 'free' | 'out' | 'overdue') =>
      shop.call('loaners.list', { only }).map((row) => row.id)
    expect([listed('free'), listed('out'), listed('overdue')]).toEqual([[free.id], [late.id], []])
    shop.clock.advance(2 * 86_400_000)
    expect(listed('overdue')).toEqual([late.id])
  })

  test('comes back once', () => {
    const loan = lend(create().id, shop.repair())
    takeBack(loan)
    expect(refusal(() => takeBack(loan)).code).toBe('loaner.not_out')
  })

  test('that is out stays in use; otherwise it is changed by who saw it as it is', () => {
    const loaner = create()
    const update = (version: number, changes: object) =>
      shop.call('loaners.update', { loanerId: loaner.id, version, loaner: { ...fields, ...changes } })
    const loan = lend(loaner.id, shop.repair())
    expect(refusedFields(() => update(1, { active: false }))).toEqual([['loaner.active', 'loaner.out']])
    takeBack(loan)
    expect(update(1, { active: false }).version).toBe(2)
    expect(refusal(() => update(1, {})).code).toBe('stale')
    expect(shop.call('loaners.list', {})).toEqual([])
    expect(shop.call('loaners.list', { includeInactive: true })).toHaveLength(1)
  })

  test('keeps a repair from being cancelled while it is out (no device leaves the books with ours away)', () => {
    const id = shop.repair()
    const loan = lend(create().id, id)
    const cancel = () => shop.call('repairs.cancel', { ...shop.targets(id), reason: '不修了' })
    expect(cancel().refused).toMatchObject([{ code: 'loaner.still_out', params: { name: '备用机 1' } }])
    takeBack(loan)
    expect(cancel().refused).toEqual([])
  })
})

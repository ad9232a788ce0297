import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { refusal, refusedFields } from '../repairs/kit.ts'
import { one, stockShop, type StockShop } from './kit.ts'

let shop: StockShop
beforeEach(() => {
  shop = stockShop()
})
afterEach(() => shop.closeSound())

describe('parts a repair will need', () => {
  test('are set aside when they are planned, and then nobody else’s', () => {
    const part = shop.part({}, 2)
    const [mine, other] = [shop.repair(), shop.repair()]
    expect(shop.plan(mine, part.id, 2).state).toBe('reserved')
    expect(shop.stock(part.uid)).toEqual([2, 2, 0])
    expect(shop.plan(other, part.id).state).toBe('planned')
    expect(refusal(() => shop.issue(other, part.number))).toMatchObject({
      code: 'stock.short',
      params: { available: 0, number: part.number, needed: 1 },
    })
    expect(shop.log(mine).at(-1)?.detail).toMatchObject({ part: part.number, partQuantity: 2 })
  })

  test('are set aside as far as there are any, and the rest waits on a line of its own', () => {
    const part = shop.part({}, 2)
    const id = shop.repair()
    shop.plan(id, part.id, 5)
    expect(shop.lines(id).map((row) => [row.state, row.quantity])).toEqual([
      ['reserved', 2 * one],
      ['planned', 3 * one],
    ])
  })

  test('may be planned without being set aside, and set aside later', () => {
    const part = shop.part({}, 1)
    const id = shop.repair()
    const line = shop.plan(id, part.id, 1, false)
    expect(line.state).toBe('planned')
    const reserve = (version: number) => shop.call('stock.reserve', { repairPartId: line.id, version })
    expect(reserve(1).version).toBe(2)
    expect(shop.stock(part.uid)).toEqual([1, 1, 0])
    expect(refusal(() => reserve(1)).code).toBe('stale')
    expect(refusal(() => reserve(2)).code).toBe('stock.line_settled')
    const later = shop.plan(id, part.id)
    expect(refusal(() => shop.call('stock.reserve', { repairPartId: later.id, version: 1 })).code).toBe(
      'stock.short',
    )
  })

  test('are taken off the repair and free for others again', () => {
    const part = shop.part({}, 1)
    const line = shop.plan(shop.repair(), part.id)
    shop.call('stock.drop', { repairPartId: line.id, version: line.version, reason: '不用了' })
    expect(shop.stock(part.uid)).toEqual([1, 0, 1])
    const again = () => shop.call('stock.drop', { repairPartId: line.id, version: 3, reason: '' })
    expect(refusal(again).code).toBe('stock.line_settled')
  })

  test('are not planned for a repair that ended or is locked, nor out of an unknown or unused part', () => {
    const part = shop.part({}, 1)
    const idle = shop.part({ active: false })
    const ended = shop.repairAt('closed')
    expect(refusal(() => shop.plan(ended, part.id)).code).toBe('repair.not_allowed_in_state')
    expect(refusal(() => shop.issue(ended, part.number)).code).toBe('repair.not_allowed_in_state')
    const locked = shop.repair()
    shop.call('repairs.lock', { ...shop.target(locked), reason: '客户投诉' })
    expect(refusal(() => shop.issue(locked, part.number)).code).toBe('repair.locked')
    const id = shop.repair()
    expect(refusedFields(() => shop.plan(id, 999_999))).toEqual([['partId', 'field.not_found']])
    expect(refusedFields(() => shop.plan(id, idle.id))).toEqual([['partId', 'part.inactive']])
    const serialised = shop.part({ serialised: true })
    expect(refusedFields(() => shop.plan(id, serialised.id, 0.5))).toEqual([
      ['quantity', 'part.whole_pieces'],
    ])
  })
})

describe('issuing to the bench', () => {
  test('takes the repair’s own line, set aside before planned, and adds one where there is none', () => {
    const part = shop.part({}, 3)
    const id = shop.repair()
    const planned = shop.plan(id, part.id, 1, false)
    const reserved = shop.plan(id, part.id)
    expect(shop.issue(id, part.number).id).toBe(reserved.id)
    expect(shop.issue(id, part.number).id).toBe(planned.id)
    shop.issue(id, part.number)
    expect(shop.lines(id).map((row) => row.state)).toEqual(['issued', 'issued', 'issued'])
    expect(shop.stock(part.uid)).toEqual([0, 0, 0])
    expect(shop.lying(part.uid, 'bench')).toBe(3)
  })

  test('by number, barcode or serial; a serialised part only by its serial', () => {
    const counted = shop.part({ barcode: '6901' }, 2)
    const serialised = shop.part({ serialised: true })
    shop.receiveSerials(serialised.id, 'S1', 'S2')
    const id = shop.repair()
    expect(shop.issue(id, '6901').partNumber).toBe(counted.number)
    expect(refusedFields(() => shop.issue(id, serialised.number))).toEqual([['code', 'part.serial_required']])
    const issued = shop.issue(id, 's1')
    expect(shop.line(id, issued.id)).toMatchObject({ serial: 'S1', quantity: one, state: 'issued' })
    expect(refusal(() => shop.issue(id, 'S1')).code).toBe('part.serial_unknown')
    expect(refusedFields(() => shop.issue(id, 'nothing'))).toEqual([['code', 'part.code_unknown']])
    expect(refusedFields(() => shop.issue(id, ''))).toEqual([['code', 'field.required']])
  })

  test('a serial that lies on another shelf than the one named is refused', () => {
    const part = shop.part({ serialised: true })
    shop.receiveSerials(part.id, 'S1')
    const other = shop.call('stock.addBin', { name: 'B' })
    const act = () => shop.issue(shop.repair(), 'S1', { binId: other.id })
    expect(refusal(act)).toMatchObject({ code: 'part.serial_unknown', params: { place: 'B', serial: 'S1' } })
  })

  test('the code of another part than the line’s is refused', () => {
    const [mine, other] = [shop.part({}, 1), shop.part({}, 1)]
    const id = shop.repair()
    const line = shop.plan(id, mine.id)
    expect(refusedFields(() => shop.issue(id, other.number, { repairPartId: line.id }))).toEqual([
      ['code', 'field.not_an_option'],
    ])
    expect(shop.issue(id, '', { repairPartId: line.id }).id).toBe(line.id)
    expect(refusal(() => shop.issue(id, '', { repairPartId: line.id })).code).toBe('stock.line_settled')
  })

  test('a part of what is set aside leaves the rest set aside', () => {
    const part = shop.part({}, 3)
    const id = shop.repair()
    const line = shop.plan(id, part.id, 3)
    shop.issue(id, '', { repairPartId: line.id, quantity: one })
    expect(shop.lines(id).map((row) => [row.state, row.quantity])).toEqual([
      ['issued', one],
      ['reserved', 2 * one],
    ])
    expect(shop.stock(part.uid)).toEqual([2, 2, 0])
  })

  test('more than was set aside may be issued while more is there', () => {
    const part = shop.part({}, 3)
    const id = shop.repair()
    const line = shop.plan(id, part.id, 1)
    shop.issue(id, '', { repairPartId: line.id, quantity: 2 * one })
    expect(shop.stock(part.uid)).toEqual([1, 0, 1])
    expect(shop.line(id, line.id)).toMatchObject({ quantity: 2 * one, state: 'issued' })
  })

  test('a thousandth of a unit is issued as exactly that', () => {
    const part = shop.part({ unit: 'm' }, 1)
    shop.issue(shop.repair(), part.number, { quantity: 1 })
    expect(shop.stock(part.uid)).toEqual([0.999, 0, 0.999])
  })

  test('a shelf goes below nothing only for who may, with a reason', () => {
    const part = shop.part()
    const id = shop.repair()
    const issue = (as: 'technician' | 'owner', overrideReason: string | null) => () =>
      shop.issue(id, part.number, { as, overrideReason })
    expect(refusal(issue('technician', '急')).code).toBe('stock.short')
    expect(refusal(issue('owner', null)).code).toBe('stock.short')
    expect(refusal(issue('owner', '')).code).toBe('stock.short')
    issue('owner', '货已到未入库')()
    expect(shop.stock(part.uid)).toEqual([-1, 0, -1])
    expect(shop.call('stock.moves', { repairId: id }).rows[0]?.note).toBe('货已到未入库')
  })

  test('the same command sent twice issues once', () => {
    const part = shop.part({}, 2)
    const id = shop.repair()
    const commandId = crypto.randomUUID()
    const input = { repairPartId: null, quantity: null, binId: null, overrideReason: null }
    const issue = () => shop.call('stock.issue', { commandId, repairId: id, code: part.number, ...input })
    expect(issue()).toEqual(issue())
    expect(shop.stock(part.uid)).toEqual([1, 0, 1])
  })

  test('is a technician’s business and not the counter’s', () => {
    const part = shop.part({}, 1)
    const id = shop.repair()
    expect(refusal(() => shop.issue(id, part.number, { as: 'counter' })).code).toBe('forbidden')
    expect(shop.issue(id, part.number, { as: 'technician' }).partNumber).toBe(part.number)
  })
})

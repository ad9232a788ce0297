import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { refusal, refusedFields } from '../repairs/kit.ts'
import { one, stockShop, type StockShop } from './kit.ts'

let shop: StockShop
beforeEach(() => {
  shop = stockShop()
})
afterEach(() => shop.closeSound())

describe('goods that come in', () => {
  test('a new shop has a shelf and can receive at once', () => {
    expect(shop.call('stock.places', { kinds: ['bin'] }).map((place) => place.name)).toEqual(['A1'])
    const part = shop.part({}, 3)
    expect(shop.stock(part.uid)).toEqual([3, 0, 3])
  })

  test('the average cost moves with each receipt, weighted by what was there', () => {
    const part = shop.part({}, 2, 1000)
    shop.receiveGoods(part.id, 1, { unitCostMinor: 1600 })
    // (2 × 10.00 + 1 × 16.00) / 3
    expect(shop.get(part.uid).part.costMinor).toBe(1200)
  })

  test('the cost of goods received onto an empty shelf is their own', () => {
    const part = shop.part({}, 1, 1000)
    shop.issue(shop.repair(), part.number)
    shop.receiveGoods(part.id, 1, { unitCostMinor: 300 })
    expect(shop.get(part.uid).part.costMinor).toBe(300)
  })

  test('a receipt without a delivery note gets a number of the shop’s own, the next one another', () => {
    const part = shop.part()
    const numbers = [shop.receiveGoods(part.id, 1), shop.receiveGoods(part.id, 1)].map((r) => r.document)
    expect(numbers).toEqual(['GR20260302-001', 'GR20260302-002'])
  })

  test('a receipt tells which repairs wait for what came, who planned first, first', () => {
    const part = shop.part()
    const [first, second, other] = [shop.repair(), shop.repair(), shop.repair()]
    shop.plan(first, part.id, 2)
    shop.clock.advance(60_000)
    shop.plan(second, part.id, 1)
    shop.plan(other, shop.part().id)
    const { waiting } = shop.receiveGoods(part.id, 1)
    expect(waiting.map((row) => [row.repairNumber, row.quantity, row.partNumber])).toEqual([
      [shop.row(first).number, 2 * one, part.number],
      [shop.row(second).number, one, part.number],
    ])
    expect(shop.get(part.uid).waiting).toHaveLength(2)
  })

  test('a repair that stands at awaiting parts is told in its history and is moved by a person only', () => {
    const part = shop.part()
    const id = shop.repairAt('in_repair')
    shop.plan(id, part.id)
    shop.work(id, 'wait_for_parts', { reason: '等屏幕' })
    shop.receiveGoods(part.id, 1, {})
    expect(shop.row(id).state).toBe('awaiting_parts')
    expect(shop.log(id).at(-1)?.detail['partArrived']).toBe(part.number)
  })

  test('each piece of a serialised part is received under its serial, and no serial twice', () => {
    const part = shop.part({ serialised: true })
    expect(refusedFields(() => shop.receiveGoods(part.id, 2, { serials: ['A1'] }))).toEqual([
      ['lines.0.serials', 'part.serial_count'],
    ])
    expect(refusedFields(() => shop.receiveSerials(part.id, 'A1', 'a 1'))).toEqual([
      ['lines.0.serials.1', 'field.duplicate'],
    ])
    shop.receiveSerials(part.id, 'A1', 'A2')
    expect(refusedFields(() => shop.receiveSerials(part.id, 'a2'))).toEqual([
      ['lines.0.serials.0', 'part.serial_taken'],
    ])
    expect(shop.get(part.uid).serials.map((row) => [row.serial, row.placeName])).toEqual([
      ['A1', 'A1'],
      ['A2', 'A1'],
    ])
  })

  test('a serialised part comes in whole pieces, and a counted one without serials', () => {
    const serialised = shop.part({ serialised: true })
    const counted = shop.part()
    expect(refusedFields(() => shop.receiveGoods(serialised.id, 1.5, { serials: ['A'] }))).toEqual([
      ['lines.0.quantity', 'part.whole_pieces'],
    ])
    expect(refusedFields(() => shop.receiveGoods(counted.id, 1, { serials: ['A'] }))).toEqual([
      ['lines.0.serials', 'part.serial_count'],
    ])
  })

  test('wrong lines are refused at their field and nothing is received', () => {
    const part = shop.part()
    const idle = shop.part({ active: false })
    shop.issue(shop.repair(), shop.part({}, 1).number)
    const [bench] = shop.call('stock.places', { kinds: ['bench'] })
    const cases = [
      [{ partId: 999_999 }, 'partId', 'field.not_found'],
      [{ partId: idle.id }, 'partId', 'part.inactive'],
      [{ binId: 999_999 }, 'binId', 'field.not_found'],
      [{ binId: bench!.id }, 'binId', 'stock.place_not_a_bin'],
      [{ quantity: 0 }, 'quantity', 'field.out_of_range'],
    ] as const
    for (const [wrong, field, code] of cases) {
      expect(refusedFields(() => shop.receiveGoods(part.id, 1, wrong))).toEqual([[`lines.0.${field}`, code]])
    }
    expect(shop.stock(part.uid)).toEqual([0, 0, 0])
  })
})

describe('corrections', () => {
  test('goods go from shelf to shelf and nothing is gained or lost', () => {
    const part = shop.part({}, 5)
    const other = shop.call('stock.addBin', { name: 'B7' })
    const move = { partId: part.id, quantity: 2 * one, fromBinId: shop.bin, toBinId: other.id, note: '' }
    shop.call('stock.transfer', { ...move, serials: [] })
    expect(shop.get(part.uid).balances.map((row) => [row.placeName, row.onHand])).toEqual([
      ['A1', 3 * one],
      ['B7', 2 * one],
    ])
    expect(shop.stock(part.uid)).toEqual([5, 0, 5])
  })

  test('what is set aside for a repair is not put on another shelf', () => {
    const part = shop.part({}, 1)
    shop.plan(shop.repair(), part.id)
    const other = shop.call('stock.addBin', { name: 'B7' })
    const move = { partId: part.id, quantity: one, fromBinId: shop.bin, toBinId: other.id, note: '' }
    expect(refusal(() => shop.call('stock.transfer', { ...move, serials: [] }))).toMatchObject({
      code: 'stock.short',
      params: { available: 0, needed: 1, number: part.number },
    })
  })

  test('a piece is moved from the shelf it lies on, not from another', () => {
    const part = shop.part({ serialised: true })
    shop.receiveSerials(part.id, 'A1')
    const [b, c] = ['B', 'C'].map((name) => shop.call('stock.addBin', { name }).id)
    shop.receiveGoods(part.id, 1, { serials: ['B1'], binId: b! })
    const move = { partId: part.id, quantity: one, fromBinId: b!, toBinId: c!, note: '' }
    expect(refusedFields(() => shop.call('stock.transfer', { ...move, serials: ['a1'] }))).toEqual([
      ['serials.0', 'part.serial_unknown'],
    ])
    shop.call('stock.transfer', { ...move, serials: ['b1'] })
    expect(shop.get(part.uid).serials.map((row) => [row.serial, row.placeName])).toEqual([
      ['A1', 'A1'],
      ['B1', 'C'],
    ])
  })

  const adjust = (partId: number, pieces: number, more = {}, as: 'owner' | 'storekeeper' = 'owner') =>
    shop.as(as).call('stock.adjust', {
      partId,
      binId: shop.bin,
      differenceThousandths: pieces * one,
      unitCostMinor: null,
      serials: [],
      reason: '盘点',
      ...more,
    })

  test('a difference is written with its reason; more than is there is not taken without the right to it', () => {
    const part = shop.part({}, 2)
    adjust(part.id, -1)
    adjust(part.id, 3)
    expect(shop.stock(part.uid)).toEqual([4, 0, 4])
    expect(refusal(() => adjust(part.id, -5, {}, 'storekeeper')).code).toBe('stock.short')
    adjust(part.id, -5)
    expect(shop.stock(part.uid)).toEqual([-1, 0, -1])
    expect(shop.call('stock.parts', { only: 'negative' }).rows.map((row) => row.id)).toEqual([part.id])
    expect(refusedFields(() => adjust(part.id, 1, { reason: '' }))).toEqual([['reason', 'field.required']])
    expect(refusedFields(() => adjust(part.id, 0))).toEqual([['differenceThousandths', 'field.out_of_range']])
  })

  test('a piece that was written off as lost is found again', () => {
    const part = shop.part({ serialised: true })
    shop.receiveSerials(part.id, 'A1')
    const id = shop.repair()
    const issued = shop.issue(id, 'A1')
    shop.settle(issued, 'lost', { reason: '找不到', personId: shop.technicianId })
    expect(shop.lying(part.uid, 'lost')).toBe(1)
    adjust(part.id, 1, { serials: ['a1'] })
    expect(shop.get(part.uid).serials).toMatchObject([{ serial: 'A1', kind: 'bin' }])
    expect(shop.lying(part.uid, 'lost')).toBe(0)
  })

  const lastMove = (partId: number) => shop.call('stock.moves', { partId }).rows[0]!

  test('a receipt that was an error is taken back once, and the cost is what it was', () => {
    const part = shop.part({}, 2, 1000)
    shop.receiveGoods(part.id, 2, { unitCostMinor: 2000 })
    const { uid } = lastMove(part.id)
    shop.call('stock.reverse', { moveUid: uid, reason: '送错' })
    expect(shop.stock(part.uid)).toEqual([2, 0, 2])
    expect(shop.get(part.uid).part.costMinor).toBe(1000)
    expect(refusal(() => shop.call('stock.reverse', { moveUid: uid, reason: '再来' })).code).toBe(
      'stock.already_reversed',
    )
    expect(shop.call('stock.moves', { partId: part.id }).rows.map((row) => row.reversed)).toEqual([
      false,
      true,
      false,
    ])
  })

  test('a reversal and a move of a repair are not reversed', () => {
    const part = shop.part({}, 2)
    shop.issue(shop.repair(), part.number)
    const reverse = () => shop.call('stock.reverse', { moveUid: lastMove(part.id).uid, reason: '错' })
    expect(refusal(reverse).code).toBe('stock.not_reversible')
    const other = shop.part({}, 1)
    const receipt = lastMove(other.id).uid
    const { uid } = shop.call('stock.reverse', { moveUid: receipt, reason: '错' })
    expect(refusal(() => shop.call('stock.reverse', { moveUid: uid, reason: '错' })).code).toBe(
      'stock.not_reversible',
    )
  })

  test('goods that went on are not taken back with their receipt; a piece taken back may come again', () => {
    const part = shop.part({ serialised: true })
    shop.receiveSerials(part.id, 'A1')
    const { uid } = lastMove(part.id)
    const issued = shop.issue(shop.repair(), 'A1')
    expect(refusal(() => shop.call('stock.reverse', { moveUid: uid, reason: '错' })).code).toBe('stock.short')
    shop.settle(issued, 'returned')
    shop.call('stock.reverse', { moveUid: uid, reason: '错' })
    shop.receiveSerials(part.id, 'a1')
    expect(shop.get(part.uid).serials).toMatchObject([{ serial: 'A1', kind: 'bin' }])
  })

  test('no row of the goods ledger is ever changed or removed', () => {
    shop.part({}, 1)
    expect(() => shop.sql.exec('UPDATE goods_moves SET quantity = 2')).toThrow('goods_moves is append-only')
    expect(() => shop.sql.exec('DELETE FROM goods_moves')).toThrow('goods_moves is append-only')
  })
})

describe('shelves', () => {
  test('a shelf has its own name and is put out of use only when it is empty', () => {
    const bin = shop.call('stock.addBin', { name: 'B 7' })
    expect(refusedFields(() => shop.call('stock.addBin', { name: 'b7' }))).toEqual([
      ['name', 'stock.name_taken'],
    ])
    const part = shop.part()
    shop.receiveGoods(part.id, 1, { binId: bin.id })
    const close = () =>
      shop.call('stock.updateBin', { placeId: bin.id, version: bin.version, name: 'B 7', active: false })
    expect(refusedFields(close)).toEqual([['active', 'stock.place_in_use']])
    shop.issue(shop.repair(), part.number)
    expect(close()).toMatchObject({ active: false, version: 2 })
    expect(refusedFields(() => shop.receiveGoods(part.id, 1, { binId: bin.id }))).toEqual([
      ['lines.0.binId', 'field.inactive'],
    ])
    expect(refusal(close).code).toBe('stale')
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PartInput } from '#contract/stock-model.ts'
import { refusal, refusedFields } from '../repairs/kit.ts'
import { one, stockShop, type StockShop } from './kit.ts'

let shop: StockShop
beforeEach(() => {
  shop = stockShop()
})
afterEach(() => shop.close())

const found = (text: string, more = {}) =>
  shop.call('stock.parts', { text, ...more }).rows.map((row) => row.number)

describe('finding a part', () => {
  test('by number, by names in both languages, by model, by barcode and by pinyin or its initials', () => {
    shop.part({ number: '661-21988', zh: '屏幕总成', en: 'Display assembly', models: 'iPhone 13 Pro, A2638' })
    shop.part({ number: 'BT-40', zh: '电池', barcode: '6901234567892', models: '华为 P40' })
    const cases = {
      '661-21988': '661-21988',
      '66121988': '661-21988',
      屏幕: '661-21988',
      display: '661-21988',
      DISPL: '661-21988',
      iphone13: '661-21988',
      pingmu: '661-21988',
      pmzc: '661-21988',
      'a2638 屏幕': '661-21988',
      '6901234567892': 'BT-40',
      dianchi: 'BT-40',
      dc: 'BT-40',
      p40: 'BT-40',
      华为电池: 'BT-40',
    }
    for (const [text, number] of Object.entries(cases)) expect([text, found(text)]).toEqual([text, [number]])
    expect(found('摄像头')).toEqual([])
    expect(found('')).toEqual(['661-21988', 'BT-40'])
  })

  test('page after page in the order of their numbers, the inactive only when asked for', () => {
    for (const number of ['C', 'A', 'B']) shop.part({ number })
    shop.part({ number: 'D', active: false })
    const first = shop.call('stock.parts', { limit: 2 })
    expect(first.rows.map((row) => row.number)).toEqual(['A', 'B'])
    const second = shop.call('stock.parts', { limit: 2, after: first.next! })
    expect(second.rows.map((row) => row.number)).toEqual(['C'])
    expect(second.next).toBeUndefined()
    expect(found('', { includeInactive: true })).toEqual(['A', 'B', 'C', 'D'])
  })

  test('by scanning a number, a barcode or a serial, however it is written', () => {
    const counted = shop.part({ number: 'BT-40', barcode: 'ab 12' })
    const serialised = shop.part({ serialised: true })
    shop.receiveSerials(serialised.id, 'F2LXK 01')
    const scan = (code: string) => {
      const hit = shop.call('stock.findByCode', { code })
      return hit && [hit.part.id, hit.serial]
    }
    expect(scan(' bt-40 ')).toEqual([counted.id, null])
    expect(scan('AB12')).toEqual([counted.id, null])
    expect(scan('f2lxk01')).toEqual([serialised.id, 'F2LXK 01'])
    expect(scan('nothing')).toBeNull()
    expect(scan('')).toBeNull()
  })

  test('that has to be bought: less is free than the minimum', () => {
    const low = shop.part({ minimum: 3 * one }, 4)
    shop.part({ minimum: one }, 4)
    expect(found('', { only: 'low' })).toEqual([])
    shop.plan(shop.repair(), low.id, 2)
    expect(found('', { only: 'low' })).toEqual([low.number])
    expect(found('', { only: 'reserved' })).toEqual([low.number])
  })

  test('below nothing on one shelf, even beside another with plenty', () => {
    const part = shop.part()
    const other = shop.call('stock.addBin', { name: 'B' })
    shop.receiveGoods(part.id, 5, { binId: other.id })
    shop.issue(shop.repair(), part.number, { binId: shop.bin, overrideReason: '货已到未入库' })
    expect(found('', { only: 'negative' })).toEqual([part.number])
    expect(shop.stock(part.uid)).toEqual([4, 0, 4])
  })
})

describe('what the catalogue says of a part', () => {
  test('a part of one language is called so in the other too', () => {
    const part = shop.part({ zh: '', en: 'Battery' })
    expect(shop.get(part.uid).part.label).toEqual({ zh: 'Battery', en: 'Battery' })
  })

  test('wrong input is refused at its field', () => {
    shop.part({ number: 'BT-40', barcode: '690' })
    shop.part({ number: 'OTHER' })
    shop.issue(shop.repair(), shop.part({}, 1).number)
    const [bench] = shop.call('stock.places', { kinds: ['bench'] })
    const cases: [Partial<PartInput>, string, string][] = [
      [{ zh: '', en: '' }, 'zh', 'part.name_required'],
      [{ number: 'bt - 40' }, 'number', 'part.number_taken'],
      [{ number: '690' }, 'number', 'part.number_taken'],
      [{ barcode: '6 90' }, 'barcode', 'part.barcode_taken'],
      [{ barcode: 'other' }, 'barcode', 'part.barcode_taken'],
      [{ number: '' }, 'number', 'field.required'],
      [{ binId: 999_999 }, 'binId', 'field.not_found'],
      [{ binId: bench!.id }, 'binId', 'stock.place_not_a_bin'],
      [{ taxCodeId: 999_999 }, 'taxCodeId', 'field.not_found'],
      [{ supersedesId: 999_999 }, 'supersedesId', 'field.not_found'],
      [{ minimum: 2 * one, maximum: one }, 'maximum', 'field.out_of_range'],
      [{ priceMinor: -1 }, 'priceMinor', 'field.out_of_range'],
    ]
    for (const [wrong, field, code] of cases) {
      const act = () => shop.call('stock.createPart', { part: shop.partInput(wrong) })
      expect([wrong, refusedFields(act)]).toEqual([wrong, [[`part.${field}`, code]]])
    }
  })

  test('a part may have its own number as its barcode', () => {
    expect(shop.part({ number: 'X-1', barcode: 'x-1' }).version).toBe(1)
  })

  test('a change is refused when somebody else changed the part meanwhile, and says who', () => {
    const input = shop.partInput()
    const { id, version } = shop.call('stock.createPart', { part: input })
    shop.clock.advance(1000)
    shop.as('manager').call('stock.updatePart', { partId: id, version, part: { ...input, unit: '套' } })
    expect(
      refusal(() =>
        shop.call('stock.updatePart', { partId: id, version, part: { ...input, priceMinor: 1 } }),
      ),
    ).toMatchObject({ code: 'stale', params: { by: 'manager' } })
  })

  test('a part in the shop or awaited by a repair stays in use and is counted as it was', () => {
    const input = shop.partInput()
    const { id, version, uid } = shop.call('stock.createPart', { part: input })
    const change = (changes: Partial<PartInput>) => () =>
      shop.call('stock.updatePart', { partId: id, version, part: { ...input, ...changes } })
    const line = shop.plan(shop.repair(), id)
    expect(refusedFields(change({ active: false }))).toEqual([['part.active', 'part.in_use']])
    expect(refusedFields(change({ serialised: true }))).toEqual([['part.serialised', 'part.in_use']])
    shop.call('stock.drop', { repairPartId: line.id, version: line.version, reason: '' })
    shop.receiveGoods(id, 1)
    expect(refusedFields(change({ active: false }))).toEqual([['part.active', 'part.in_use']])
    shop.settle(shop.issue(shop.repair(), input.number), 'used')
    change({ active: false, serialised: true })()
    expect(shop.get(uid).part).toMatchObject({ active: false, serialised: true })
  })

  test('a price that changes leaves what was planned and moved as it was', () => {
    const input = shop.partInput()
    const { id, version } = shop.call('stock.createPart', { part: input })
    shop.receiveGoods(id, 1, { unitCostMinor: 700 })
    shop.call('stock.updatePart', { partId: id, version, part: { ...input, priceMinor: 99 } })
    const cost = shop.sql.prepare('SELECT unit_cost_minor FROM goods_moves WHERE part_id = ?').pluck().all(id)
    expect(cost).toEqual([700])
  })

  test('a technician reads the catalogue and cannot change it', () => {
    const technician = shop.as('technician')
    expect(technician.call('stock.parts', {}).rows).toEqual([])
    expect(refusal(() => technician.call('stock.createPart', { part: shop.partInput() })).code).toBe(
      'forbidden',
    )
  })
})

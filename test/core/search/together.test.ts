import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { each, searchShop, type Brought, type SearchShop } from './kit.ts'

/* Who brought it, what it is, what is wrong with it and parts of its numbers, typed in one breath. */
let shop: SearchShop
beforeEach(() => {
  shop = searchShop()
})
afterEach(() => shop.close())

const phone = (number: string) => ({ phones: [{ number, label: '' }] })
const found = (texts: readonly string[], ids: readonly number[]) =>
  expect(each(texts, shop.repairs)).toEqual(each(texts, () => ids))

describe('a name together with a fault', () => {
  test('finds the one repair that has both, in Chinese, in pinyin and by initials', () => {
    const { id } = shop.bring({ customer: { name: '王小明' }, visit: { faultText: '屏幕碎裂 screen' } })
    shop.bring({ customer: { name: '王小明' }, visit: { faultText: '电池鼓包 battery' } })
    shop.bring({ customer: { name: '李四' }, visit: { faultText: '屏幕碎裂 screen' } })
    found(
      ['王 屏幕', '屏幕 王', '王小明 屏幕', '小明 碎裂', '王小明，屏幕碎裂', 'Wang 屏幕', 'wxm 屏幕'],
      [id],
    )
    found(
      ['wang screen', 'screen wang', 'wang xiao ming screen', 'wangxiaoming 屏幕', 'xiaoming screen'],
      [id],
    )
    found(['WXM screen', 'wang scre', 'screen wan', '屏幕 xia'], [id])
    found(['王 黑屏', 'wang keyboard', 'zhang screen', '赵 屏幕'], [])
  })

  test('finds a name in Latin letters with and without accents', () => {
    const { id } = shop.bring({ customer: { name: 'Zoë Müller' }, visit: { faultText: 'screen 屏幕' } })
    shop.bring({ customer: { name: 'Zoë Müller' }, visit: { faultText: 'fan' } })
    found(['muller screen', 'Müller 屏幕', 'zoe müller screen', '屏幕 mül', 'screen zo'], [id])
  })

  test('finds a surname that is read in its own way', () => {
    const { id } = shop.bring({ customer: { name: '单雄信' }, visit: { faultText: '进水' } })
    found(['shan 进水', 'dan 进水', 'sxx 进水', '单雄信 进水'], [id])
  })

  test('puts the newest repair first and shows no more than asked for', () => {
    const ids = [1, 2, 3].map(
      () => shop.bring({ customer: { name: '王一' }, visit: { faultText: '黑屏' } }).id,
    )
    found(['王 黑屏'], ids.toReversed())
    expect(shop.find('王 黑屏', 2).repairs.map((card) => card.id)).toEqual([ids[2], ids[1]])
  })

  test('finds the contact of a company', () => {
    const contacts = [{ name: '陈经理', role: '', phone: '13877776666', email: null }]
    const { id } = shop.bring({
      customer: { name: '大地公司', kind: 'company', contacts },
      visit: { faultText: '卡纸' },
    })
    found(['陈 卡纸', 'chen 卡纸', '大地 卡纸', '6666 卡纸'], [id])
  })

  test('finds the repairs of a customer who was known before', () => {
    const first = shop.bring({ customer: { name: '赵六' } })
    const again = shop.call(
      'repairs.receive',
      shop.intake({
        customer: { id: first.customerId },
        items: [
          shop.item({
            device: { new: shop.deviceInput({ serial: 'AGAIN-1' }) },
            visit: shop.visit({ faultText: '黑屏' }),
          }),
        ],
      }),
    )
    found(['赵 黑屏', 'zhao 黑屏'], [again.repairs[0]!.id])
  })

  test('stays found after the fault was corrected', () => {
    const { id } = shop.bring({ customer: { name: '王五' }, visit: { faultText: '黑屏' } })
    shop.call('repairs.edit', { ...shop.target(id), changes: { faultText: '花屏' } })
    found(['王 花屏', 'wang 花屏'], [id])
    found(['王 黑屏'], [])
  })
})

describe('a part of a number together with a fault', () => {
  let one: Brought
  beforeEach(() => {
    one = shop.bring({
      customer: { name: '周七', ...phone('13872645911') },
      device: { serial: 'F2L-XK93/QJC', imei1: '490154203237518' },
      visit: { faultText: '屏幕碎裂 screen' },
    })
    shop.bring({
      customer: phone('13872645911'),
      device: { serial: 'F2L-XK93/QJD' },
      visit: { faultText: '电池' },
    })
    shop.bring({ customer: phone('13900001111'), visit: { faultText: '屏幕 screen' } })
  })

  test('finds the phone by its last four digits, by any other part and whole', () => {
    found(
      ['5911 屏幕', '屏幕 5911', '5911屏幕', '7264 屏幕', '138-7264 screen', '13872645911 屏幕'],
      [one.id],
    )
    found(['+8613872645911 scre', '5911 周', 'zhou 5911'], [one.id])
    found(['5911 黑屏', '5912 屏幕'], [])
  })

  test('finds the serial and the IMEI by both ends', () => {
    found(['f2lxk93 屏幕', '93QJC 屏幕', '490154 屏幕', '7518 screen'], [one.id])
  })

  test('finds the number whole, by its beginning and by its end', () => {
    expect(one.number).toBe('20260302001')
    found(['20260302001 屏幕', '02001 屏幕', '屏幕 2001', '#0302001 screen'], [one.id])
    found(['20260302001 电池', '02002 屏幕'], [])
  })

  test('finds what two parts have in common', () => {
    found(['5911 7518 屏幕', '7518 5911 screen'], [one.id])
    found(['1111 7518 屏幕'], [])
  })
})

describe('what is corrected', () => {
  const named = (id: number) =>
    shop.sql.prepare('SELECT version FROM customers WHERE id = ?').pluck().get(id) as number

  test('leads from a new name and phone to the repairs there are, and no more from the old ones', () => {
    const { id, customerId } = shop.bring({
      customer: { name: '旧名', ...phone('13811112222') },
      visit: { faultText: '黑屏' },
    })
    shop.call('customers.update', {
      customerId,
      version: 1,
      ...shop.customer({ name: '李新明', ...phone('13933334444') }),
    })
    found(['李 黑屏', 'li 黑屏', '4444 黑屏'], [id])
    found(['旧 黑屏', 'jiuming 黑屏', '2222 黑屏'], [])
  })

  test('leads from the customer that stays after a merge to the repairs of both', () => {
    const kept = shop.bring({
      customer: { name: '陈一', ...phone('13811112222') },
      visit: { faultText: '黑屏' },
    })
    const gone = shop.bring({ customer: { name: '陈一', phones: [] }, visit: { faultText: '黑屏' } })
    shop.call('customers.merge', {
      intoId: kept.customerId,
      intoVersion: named(kept.customerId),
      fromId: gone.customerId,
      fromVersion: named(gone.customerId),
    })
    found(['2222 黑屏', '陈一 黑屏'], [gone.id, kept.id])
  })

  test('leads from the right model and maker of a device to the repairs it had', () => {
    const entry = (kind: 'device_category' | 'brand', zh: string, en: string) =>
      shop.call('dictionaries.add', { kind, zh, en }).id
    const [categoryId, wrong, right] = [
      entry('device_category', '测试平板', 'Test tablet'),
      entry('brand', '错牌', 'Wrongbrand'),
      entry('brand', '对牌', 'Rightbrand'),
    ]
    const device = shop.deviceInput({ categoryId, brandId: wrong, modelText: 'Aero 9', serial: 'K-1' })
    const { id, deviceId } = shop.bring({ device, visit: { faultText: '黑屏' } })
    const other = shop.bring({ device: { ...device, serial: 'K-2' }, visit: { faultText: '黑屏' } })
    shop.call('devices.update', {
      deviceId,
      version: 1,
      ...device,
      brandId: right,
      modelText: 'Boreal 7',
    })
    found(['rightbrand 黑屏', '对牌 黑屏', 'boreal 黑屏', 'rightb'], [id])
    found(['wrongbrand 黑屏', '错牌', 'aero 9'], [other.id])
    found(['测试平板 黑屏'], [other.id, id])
  })
})

test('a number nobody has drawn is not found, however many were drawn on other days', () => {
  const first = shop.bring()
  shop.clock.advance(86_400_000)
  const [second, third] = [shop.bring(), shop.bring()]
  expect(third.number).toBe('20260303002')
  found(['02001'], [first.id])
  found(['03001'], [second.id])
  found(['02002', '03003', '04001'], [])
  found(['002'], [third.id])
})

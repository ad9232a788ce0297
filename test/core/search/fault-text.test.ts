import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { each, searchShop, type SearchShop } from './kit.ts'

/* Repairs are found by the words of their fault, in the languages people write it in. */
let shop: SearchShop
beforeEach(() => {
  shop = searchShop()
})
afterEach(() => shop.close())

const broken = (faultText: string, more: object = {}) => shop.bring({ visit: { faultText, ...more } }).id

test('two Chinese characters find the fault wherever they stand in it', () => {
  const id = broken('昨天进水后屏幕黑屏，重启也没用')
  broken('黑色屏保')
  const texts = ['黑屏', '进水', '屏幕', '没用', '重启也没', '进水 黑屏', '黑屏，进水']
  expect(each(texts, shop.repairs)).toEqual(each(texts, () => [id]))
  expect(shop.repairs('水后黑')).toEqual([])
})

test('one Chinese character finds it too, at the beginning, in the middle and at the end', () => {
  const id = broken('主板冒烟')
  const texts = ['主', '冒', '烟']
  expect(each(texts, shop.repairs)).toEqual(each(texts, () => [id]))
})

test.each([
  [
    'Gerät läuft nicht mehr an',
    ['gerät', 'gerat', 'LÄUFT', 'lauft nicht', 'nicht gerät'],
    ['laufen', 'gerät defekt'],
  ],
  ['Straßenlampe: Fuß lose', ['strassenlampe', 'fuss', 'Fuß lose'], ['fus lampe']],
  [
    'Won’t turn on — café machine (naïve reset tried)',
    ['cafe', 'café machine', 'naive', 'turn reset'],
    ['cafes'],
  ],
  ['Écran cassé, batterie gonflée', ['ecran casse', 'gonflée', 'ÉCRAN'], ['ecrans']],
  ['画面が割れた。バッテリー交換', ['画面', 'バッテリー', '割れた', '交換'], ['充電']],
  ['화면이 깨졌어요', ['화면', '깨졌'], ['배터리']],
  ['Экран разбит', ['экран', 'РАЗБИТ'], ['батарея']],
])('%s is found by its words, with and without accents', (faultText, finding, notFinding) => {
  const id = broken(faultText)
  expect(each(finding, shop.repairs)).toEqual(each(finding, () => [id]))
  expect(each(notFinding, shop.repairs)).toEqual(each(notFinding, () => []))
})

test('a word typed by half finds the longer ones, after those that have just it', () => {
  const screen = broken('cracked screen')
  const screws = broken('loose screws')
  const whole = broken('loud screw')
  broken('scratched lid')
  expect(shop.repairs('scre')).toEqual([whole, screws, screen])
  expect(shop.repairs('screw')).toEqual([whole, screws])
  expect(shop.repairs('loose scr')).toEqual([screws])
})

test('letters and digits written together are found apart, and the other way round by their beginning', () => {
  const id = broken('iPhone11 掉水里')
  expect(shop.repairs('iphone 11')).toEqual([id])
  expect(shop.repairs('iphone11')).toEqual([id])
  expect(shop.repairs('iphone')).toEqual([id])
})

test('category, maker and model of the device count as words of the fault', () => {
  const entry = (kind: 'device_category' | 'brand', zh: string, en: string) =>
    shop.call('dictionaries.add', { kind, zh, en }).id
  const device = {
    categoryId: entry('device_category', '测试平板', 'Test tablet'),
    brandId: entry('brand', '试牌', 'Trybrand'),
    modelText: 'Aero 9',
  }
  const { id } = shop.bring({ device, visit: { faultText: '碎屏' } })
  broken('碎屏')
  const texts = ['trybrand 碎屏', '试牌 碎屏', 'aero 碎屏', 'tablet 碎屏', '平板 碎屏']
  expect(each(texts, shop.repairs)).toEqual(each(texts, () => [id]))
})

test('the reference of the other party finds the repair (RD#1200)', () => {
  const id = broken('…', { otherReference: 'RMA-2023/44A' })
  expect(shop.repairs('RMA-2023/44A')).toEqual([id])
  expect(shop.repairs('rma 2023')).toEqual([id])
})

test('the newest repair with the words comes first', () => {
  const ids = ['电池鼓包', '更换电池', '电池'].map((text) => broken(text))
  expect(shop.repairs('电池')).toEqual(ids.toReversed())
})

describe('what stands there no more', () => {
  test('is not found after the fault text was corrected', () => {
    const { id } = shop.bring({ visit: { faultText: '黑屏 flicker' } })
    shop.call('repairs.edit', { ...shop.target(id), changes: { faultText: '花屏 stripes' } })
    expect(shop.repairs('黑屏')).toEqual([])
    expect(shop.repairs('flicker')).toEqual([])
    expect(shop.repairs('花屏')).toEqual([id])
    expect(shop.repairs('strip')).toEqual([id])
  })

  test('is not found after a customer changed name and phone', () => {
    const phones = [{ number: '13811112222', label: '' }]
    const { customerId } = shop.bring({ customer: { name: '旧名字', phones } })
    shop.call('customers.update', {
      customerId,
      version: 1,
      ...shop.customer({ name: '李新明', phones: [{ number: '13933334444', label: '' }] }),
    })
    const gone = ['旧名字', 'jmz', '11112222', '2222']
    expect(each(gone, shop.customers)).toEqual(each(gone, () => []))
    const now = ['李新明', 'lxm', '4444']
    expect(each(now, shop.customers)).toEqual(each(now, () => [customerId]))
  })

  test('leads to the customer another record was merged into', () => {
    const kept = shop.bring({ customer: { name: '陈一', phones: [{ number: '13811112222', label: '' }] } })
    const gone = shop.bring({ customer: { name: '陈壹', phones: [{ number: '13933334444', label: '' }] } })
    const version = (id: number) =>
      shop.sql.prepare('SELECT version FROM customers WHERE id = ?').pluck().get(id) as number
    shop.call('customers.merge', {
      intoId: kept.customerId,
      intoVersion: version(kept.customerId),
      fromId: gone.customerId,
      fromVersion: version(gone.customerId),
    })
    expect(shop.customers('33334444')).toEqual([kept.customerId])
    expect(shop.repairs('33334444').toSorted()).toEqual([kept.id, gone.id].toSorted())
  })

  test('is not found after a serial was corrected', () => {
    const { deviceId } = shop.bring({ device: { serial: 'WRONG-7788' } })
    const device = shop.deviceInput({ serial: 'RIGHT-9900' })
    shop.call('devices.update', { deviceId, version: 1, ...device })
    expect(shop.devices('wrong7788')).toEqual([])
    expect(shop.devices('7788')).toEqual([])
    expect(shop.devices('right-9900')).toEqual([deviceId])
  })
})

import { afterEach, expect, test } from 'vitest'
import type { InputOf } from '#contract/method-types.ts'
import { refusal, repairShop } from '../repairs/kit.ts'

let shop: ReturnType<typeof repairShop>
afterEach(() => shop.close())

const codeOf = (act: () => unknown) => refusal(act).code

const service = (given: Partial<InputOf<'prices.createService'>['service']> = {}) => ({
  code: '',
  zh: '换屏',
  en: 'Replace display',
  categoryId: null,
  standardMinutes: 45,
  priceMinor: 19_900,
  taxCodeId: 1,
  warrantyMonths: 3,
  active: true,
  ...given,
})
const taxCode = (given: Partial<InputOf<'prices.saveTaxCode'>> = {}) => ({
  taxCodeId: null,
  version: null,
  code: 'TEST',
  zh: '测试税',
  en: 'Test tax',
  isDefault: false,
  active: true,
  rates: [{ validFrom: '2026-01-01', rateBp: 1300 }],
  ...given,
})

test('a shop in China starts with the general, small-scale and relieved rates, 13 % being the default', () => {
  shop = repairShop()
  const codes = shop.call('prices.taxCodes', {})
  expect(codes.map(({ code, presentBp, isDefault }) => [code, presentBp, isDefault])).toEqual([
    ['CN13', 1300, true],
    ['CN6', 600, false],
    ['CN9', 900, false],
    ['CN3', 300, false],
    ['CN1', 100, false],
    ['ZERO', 0, false],
  ])
  // Rates are dated rows: what was 17 % before May 2018 still says so.
  expect(codes[0]?.rates.map(({ validFrom, rateBp }) => [validFrom, rateBp])).toEqual([
    ['2019-04-01', 1300],
    ['2018-05-01', 1600],
    ['2000-01-01', 1700],
  ])
})

test('a file from before there were prices gets tax codes and labour items with the next time rules', () => {
  shop = repairShop()
  shop.sql.exec('DELETE FROM services; DELETE FROM tax_rates; DELETE FROM tax_codes')
  shop.timeRules()
  expect(shop.call('prices.taxCodes', {})).toHaveLength(6)
  const count = shop.call('prices.services', {}).length
  shop.timeRules()
  expect(shop.call('prices.services', {})).toHaveLength(count)
})

test('the list of labour items names common repairs of a category in both languages, without a price', () => {
  shop = repairShop()
  const phone = shop
    .call('dictionaries.list', { kinds: ['device_category'] })
    .find((entry) => entry.code === 'phone')
  const items = shop.call('prices.services', { categoryId: phone!.id })
  expect(items.map((item) => item.en)).toContain('Replace battery')
  // Those for every category come with them.
  expect(items.map((item) => item.zh)).toContain('检测')
  expect(items.every((item) => item.zh !== '' && item.en !== '' && item.priceMinor === 0)).toBe(true)
  expect(shop.call('prices.services', { text: 'replace DISPLAY' }).map((item) => item.zh)).toContain(
    '更换屏幕总成',
  )
})

test('a tax code is written once, has a rate for a day once, and one active code is the default', () => {
  shop = repairShop()
  const save = (given: Partial<InputOf<'prices.saveTaxCode'>>) => () =>
    shop.call('prices.saveTaxCode', taxCode(given))
  const [general] = shop.call('prices.taxCodes', {})
  const held = { taxCodeId: general!.id, version: general!.version, code: 'CN13' }
  expect(codeOf(save({ code: 'CN6' }))).toBe('tax.code_taken')
  expect(codeOf(save({ zh: '', en: '' }))).toBe('price.name_required')
  const day = { validFrom: '2026-01-01', rateBp: 1 }
  expect(codeOf(save({ rates: [day, day] }))).toBe('field.duplicate')
  expect(codeOf(save(held))).toBe('tax.default_required')
  expect(codeOf(save({ ...held, isDefault: true, active: false }))).toBe('tax.default_required')
  expect(codeOf(save({ ...held, version: 9, isDefault: true }))).toBe('stale')
  const made = shop.call('prices.saveTaxCode', taxCode({ isDefault: true, zh: '' }))
  const codes = shop.call('prices.taxCodes', {})
  expect(codes.filter((code) => code.isDefault).map((code) => [code.id, code.label.zh])).toEqual([
    [made.id, 'Test tax'],
  ])
})

test('a labour item has a name, and a number of its own', () => {
  shop = repairShop()
  const { id, version } = shop.call('prices.createService', { service: service({ code: 'L1' }) })
  const create = (given: object) => () => shop.call('prices.createService', { service: service(given) })
  expect(codeOf(create({ code: 'L1' }))).toBe('price.code_taken')
  expect(codeOf(create({ zh: '', en: '' }))).toBe('price.name_required')
  expect(codeOf(create({ taxCodeId: 99 }))).toBe('field.not_found')
  expect(codeOf(create({ categoryId: 99_999 }))).toBe('field.not_found')
  const changed = { serviceId: id, version, service: service({ code: 'L1', priceMinor: 1, active: false }) }
  expect(shop.call('prices.updateService', changed)).toEqual({ id, version: 2 })
  expect(codeOf(() => shop.call('prices.updateService', changed))).toBe('stale')
  expect(shop.call('prices.services', { text: 'L1' })).toEqual([])
  expect(shop.call('prices.services', { text: 'L1', includeInactive: true })[0]).toMatchObject({
    priceMinor: 1,
  })
})

test('a customer of a tier pays the price of the tier’s list; everybody else the item’s own', () => {
  shop = repairShop()
  const { id: serviceId } = shop.call('prices.createService', { service: service() })
  const other = shop.call('prices.createService', {
    service: service({ zh: '换电池', priceMinor: 11_300 }),
  }).id
  const { id: repairId } = shop.receive()
  const ask = (id = serviceId) => shop.call('prices.priceFor', { repairId, partId: null, serviceId: id })
  expect(ask()).toEqual({ priceMinor: 19_900, includesTax: true, taxCodeId: 1, rateBp: 1300 })

  const list = { zh: '金牌价', en: '', includesTax: false, tier: 'gold' as const, active: true }
  const items = [{ partId: null, serviceId, priceMinor: 15_000 }]
  const saved = shop.call('prices.savePriceList', {
    priceListId: null,
    version: null,
    list: { ...list, items },
  })
  expect(ask()).toMatchObject({ priceMinor: 19_900 })
  shop.sql.exec("UPDATE customers SET tier = 'gold'")
  expect(ask()).toMatchObject({ priceMinor: 15_000, includesTax: false })
  // What the list does not name is put into the sense of the bill: 113.00 with tax is 100.00 without.
  expect(ask(other)).toMatchObject({ priceMinor: 10_000, includesTax: false })
  shop.call('prices.removePriceList', { priceListId: saved.id, version: saved.version })
  expect(ask()).toMatchObject({ priceMinor: 19_900, includesTax: true })
})

test('a price list names each part or labour item once', () => {
  shop = repairShop()
  const { id: serviceId } = shop.call('prices.createService', { service: service() })
  const save = (items: InputOf<'prices.savePriceList'>['list']['items']) => () =>
    shop.call('prices.savePriceList', {
      priceListId: null,
      version: null,
      list: { zh: '价', en: 'P', includesTax: true, tier: null, active: true, items },
    })
  const item = { partId: null, serviceId, priceMinor: 1 }
  expect(codeOf(save([item, item]))).toBe('field.duplicate')
  expect(codeOf(save([{ ...item, serviceId: null }]))).toBe('price.one_of')
  expect(codeOf(save([{ ...item, serviceId: 99_999 }]))).toBe('field.not_found')
  expect(codeOf(save([{ ...item, partId: 99_999, serviceId: null }]))).toBe('field.not_found')
  expect(
    codeOf(() =>
      shop.call('prices.priceFor', { repairId: shop.receive().id, partId: null, serviceId: null }),
    ),
  ).toBe('price.one_of')
})

test('only who may set prices changes them', () => {
  shop = repairShop()
  expect(codeOf(() => shop.as('counter').call('prices.createService', { service: service() }))).toBe(
    'forbidden',
  )
  expect(shop.as('technician').call('prices.taxCodes', {})).not.toEqual([])
})

test('a shop elsewhere starts with its country’s rate', () => {
  shop = repairShop()
  shop.sql.exec('DELETE FROM services; DELETE FROM tax_rates; DELETE FROM tax_codes')
  shop.settings({ country: 'DE' })
  shop.timeRules()
  expect(shop.call('prices.taxCodes', {}).map((code) => [code.code, code.presentBp])).toEqual([
    ['STD', 1900],
    ['RED', 700],
    ['ZERO', 0],
  ])
})

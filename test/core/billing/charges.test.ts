import { afterEach, expect, test } from 'vitest'
import type { PayerShare } from '#contract/charges.ts'
import type { InputOf } from '#contract/method-types.ts'
import { day, refusal } from '../repairs/kit.ts'
import { cashShop, type CashShop } from './cash-kit.ts'

let shop: CashShop
afterEach(() => shop.close())

const codeOf = (act: () => unknown) => refusal(act).code
const share = (
  payer: PayerShare['payer'],
  shareBp: number,
  customerId: number | null = null,
): PayerShare => ({ payer, customerId, shareBp })
const money = (repairId: number) => shop.call('charges.ofRepair', { repairId })
const lineOf = (
  unitMinor: number,
  more: Partial<InputOf<'charges.add'>['line']> = {},
): InputOf<'charges.add'>['line'] => ({
  kind: 'labour',
  serviceId: null,
  partId: null,
  description: '换屏',
  quantity: 1000,
  unitMinor,
  discountMinor: 0,
  taxCodeId: shop.taxCodeId,
  shares: [share('customer', 10_000)],
  standardMinutes: 0,
  warrantyMonths: 0,
  ...more,
})

test('a bill shows its lines with net, tax and what each payer owes', () => {
  shop = cashShop()
  const { id } = shop.receive()
  shop.charge(id, 10_000)
  shop.charge(id, 5000, { quantity: 2000, shares: [share('customer', 5000), share('warranty', 5000)] })
  const { unbilled, lines, dueMinor, pricesIncludeTax } = money(id)
  expect(pricesIncludeTax).toBe(true)
  expect(lines.map(({ netMinor, taxMinor, grossMinor }) => [netMinor, taxMinor, grossMinor])).toEqual([
    [8850, 1150, 10_000],
    [8850, 1150, 10_000],
  ])
  expect(unbilled.grossMinor).toBe(20_000)
  expect(unbilled.payers).toEqual([
    { payer: 'customer', customerId: null, customerName: null, grossMinor: 15_000 },
    { payer: 'warranty', customerId: null, customerName: null, grossMinor: 5000 },
  ])
  expect(dueMinor).toBe(15_000)
})

test('V-03, T-17: three payers of 33.33 % each share a line to the cent', () => {
  shop = cashShop()
  const { id } = shop.receive()
  shop.charge(id, 10_000, {
    shares: [share('customer', 3333), share('warranty', 3333), share('goodwill', 3333)],
  })
  expect(money(id).unbilled.payers.map((payer) => payer.grossMinor)).toEqual([3334, 3333, 3333])
})

test('V-03: shares of a line come to a hundred per cent, each payer once', () => {
  shop = cashShop()
  const { id } = shop.receive()
  const other = shop.customerOf(shop.receive().id)
  const add = (...shares: PayerShare[]) => codeOf(() => shop.charge(id, 100, { shares }))
  expect(add(share('customer', 9999))).toBe('charge.shares')
  expect(add(share('customer', 5000), share('warranty', 4000))).toBe('charge.shares')
  expect(add(share('customer', 6000), share('goodwill', 6000))).toBe('charge.shares')
  expect(add(share('customer', 5000), share('customer', 5000))).toBe('charge.shares')
  expect(add(share('warranty', 10_000, other))).toBe('charge.payer_customer')
  expect(add(share('customer', 10_000, 99_999))).toBe('field.not_found')
  expect(money(id).lines).toEqual([])
})

test('a discount above the shop’s limit needs somebody who may give it, and is never more than the price', () => {
  shop = cashShop()
  const { id } = shop.receive()
  const add = (discountMinor: number, who: 'counter' | 'manager') => () =>
    shop.as(who).call('charges.add', { repairId: id, line: lineOf(10_000, { discountMinor }) })
  add(1000, 'counter')()
  expect(refusal(add(1001, 'counter'))).toMatchObject({
    code: 'charge.discount_not_allowed',
    path: 'line.discountMinor',
    params: { limit: 10 },
  })
  add(10_000, 'manager')()
  expect(codeOf(add(10_001, 'manager'))).toBe('charge.discount_too_large')
  expect(money(id).lines.map((line) => line.grossMinor)).toEqual([9000, 0])
})

test('what the shop bears out of goodwill needs the same leave as a discount, but for a rework', () => {
  shop = cashShop()
  const { id } = shop.receive()
  const shares = [share('customer', 5000), share('goodwill', 5000)]
  const add = (who: 'counter' | 'manager') => () =>
    shop.as(who).call('charges.add', { repairId: id, line: lineOf(10_000, { shares }) })
  expect(refusal(add('counter'))).toMatchObject({ code: 'charge.goodwill_not_allowed', path: 'line.shares' })
  const { id: chargeLineId } = add('manager')()
  const change = { chargeLineId, line: lineOf(10_000, { shares: [share('goodwill', 10_000)] }) }
  expect(codeOf(() => shop.as('counter').call('charges.update', change))).toBe('charge.goodwill_not_allowed')
  shop.sql.prepare('UPDATE repairs SET rework_of_id = id WHERE id = ?').run(id)
  shop.as('counter').call('charges.update', change)
  expect(money(id).dueMinor).toBe(0)
})

test('a price of nothing and a thousandth of a piece can be charged', () => {
  shop = cashShop()
  const { id } = shop.receive()
  shop.charge(id, 0)
  shop.charge(id, 12_345, { quantity: 1, kind: 'part', description: '焊锡' })
  expect(money(id).lines.map((line) => line.grossMinor)).toEqual([0, 12])
  expect(codeOf(() => shop.charge(id, 9_000_000_000, { quantity: 2000 }))).toBe('field.out_of_range')
})

test('what does not exist cannot be charged', () => {
  shop = cashShop()
  const { id } = shop.receive()
  expect(codeOf(() => shop.charge(id, 1, { taxCodeId: 99 }))).toBe('field.not_found')
  expect(codeOf(() => shop.charge(id, 1, { serviceId: 99_999 }))).toBe('field.not_found')
  expect(codeOf(() => shop.charge(id, 1, { partId: 99_999 }))).toBe('field.not_found')
  expect(codeOf(() => shop.charge(99_999, 1))).toBe('not_found')
  expect(codeOf(() => shop.call('charges.ofRepair', { repairId: 99_999 }))).toBe('not_found')
})

test('V-06: a line whose tax has no rate yet on the day is refused, and refused again at the invoice', () => {
  shop = cashShop()
  const { id } = shop.receive()
  const { id: taxCodeId } = shop.call('prices.saveTaxCode', {
    taxCodeId: null,
    version: null,
    code: 'NEW',
    zh: '新税',
    en: 'New',
    isDefault: false,
    active: true,
    rates: [{ validFrom: '2026-04-01', rateBp: 900 }],
  })
  expect(refusal(() => shop.charge(id, 100, { taxCodeId }))).toMatchObject({
    code: 'tax.rate_missing',
    path: 'line.taxCodeId',
    params: { code: 'NEW', on: '2026-03-02' },
  })
  shop.clock.set(Date.UTC(2026, 3, 1, 2))
  shop.charge(id, 100, { taxCodeId })
  // The code's first day is put off by those who keep the prices: the page still opens, the invoice waits.
  shop.call('prices.saveTaxCode', {
    taxCodeId,
    version: 1,
    code: 'NEW',
    zh: '新税',
    en: 'New',
    isDefault: false,
    active: true,
    rates: [{ validFrom: '2026-05-01', rateBp: 900 }],
  })
  expect(money(id).lines[0]?.rateBp).toBe(900)
  expect(codeOf(() => shop.issue([id]))).toBe('tax.rate_missing')
})

test('old prices stay on lines that were written with them', () => {
  shop = cashShop()
  const { id } = shop.receive()
  const item = {
    code: '',
    zh: '换屏',
    en: '',
    categoryId: null,
    standardMinutes: 45,
    priceMinor: 19_900,
    taxCodeId: shop.taxCodeId,
    warrantyMonths: 3,
    active: true,
  }
  const { id: serviceId } = shop.call('prices.createService', { service: item })
  shop.charge(id, 19_900, { serviceId })
  shop.call('prices.updateService', { serviceId, version: 1, service: { ...item, priceMinor: 25_000 } })
  expect(money(id).lines[0]?.unitMinor).toBe(19_900)
  const { id: invoiceId, uid } = shop.issue([id])
  shop.sql.exec('UPDATE tax_rates SET rate_bp = 9000')
  expect(shop.call('invoices.get', { uid })).toMatchObject({ netMinor: 17_611, taxMinor: 2289 })
  expect(money(id).lines[0]).toMatchObject({ invoiceId, unitMinor: 19_900, rateBp: 1300, taxMinor: 2289 })
})

test('an invoiced line is locked; a waived one stays on the bill and costs nothing', () => {
  shop = cashShop()
  const { id } = shop.receive()
  const { id: first } = shop.charge(id, 10_000)
  const { id: second } = shop.charge(id, 3000)
  const { id: third } = shop.charge(id, 500)
  const waive = { chargeLineId: second, reason: '老客户' }
  expect(codeOf(() => shop.as('counter').call('charges.waive', waive))).toBe('forbidden')
  shop.as('manager').call('charges.waive', waive)
  shop.call('charges.remove', { chargeLineId: third, reason: '写错了' })
  const { number } = shop.issue([id])
  const change = { chargeLineId: first, line: lineOf(1) }
  expect(refusal(() => shop.call('charges.update', change))).toMatchObject({
    code: 'charge.invoiced',
    params: { number },
  })
  expect(codeOf(() => shop.call('charges.remove', { chargeLineId: first, reason: 'x' }))).toBe(
    'charge.invoiced',
  )
  expect(codeOf(() => shop.call('charges.update', { ...change, chargeLineId: second }))).toBe('charge.waived')
  expect(codeOf(() => shop.call('charges.update', { ...change, chargeLineId: third }))).toBe('not_found')
  const { lines, unbilled, openMinor } = money(id)
  expect(lines.map((line) => [line.waiveReason, line.invoiceNumber])).toEqual([
    ['', number],
    ['老客户', null],
  ])
  expect([unbilled.grossMinor, openMinor]).toEqual([0, 10_000])
})

test('a changed line counts with its new price, and the change is in the repair’s history', () => {
  shop = cashShop()
  const { id } = shop.receive()
  const { id: chargeLineId } = shop.charge(id, 10_000)
  shop.clock.advance(3_600_000)
  shop.call('charges.update', { chargeLineId, line: lineOf(7000, { description: '换电池' }) })
  expect(money(id).unbilled.grossMinor).toBe(7000)
  expect(shop.log(id).map((line) => line.detail['act'])).toEqual([
    undefined,
    'charge_added',
    'charge_changed',
  ])
  expect(shop.row(id)['active_at']).toBe(shop.clock.now())
  // Nobody's form goes stale by it.
  expect(shop.row(id).version).toBe(1)
})

test('storage is charged after the days of grace, each day once, up to the cap', () => {
  shop = cashShop()
  const storage = {
    graceDays: 7,
    perDayMinor: 100,
    capMinor: 1000,
    reminderDays: [],
    finalDays: 60,
    disposalDays: 90,
    taxCodeId: null,
  }
  shop.settings({ storage })
  const id = shop.at('processed')
  const due = () => money(id).storageFeeMinor
  const add = () => shop.call('charges.addStorageFee', { repairId: id })
  shop.clock.advance(7 * day)
  expect(due()).toBe(0)
  expect(codeOf(add)).toBe('charge.no_storage_fee')
  shop.clock.advance(3 * day)
  expect(due()).toBe(300)
  add()
  expect(due()).toBe(0)
  expect(codeOf(add)).toBe('charge.no_storage_fee')
  shop.clock.advance(2 * day)
  expect(due()).toBe(200)
  // What was waived is not asked for again.
  const { id: chargeLineId } = add()
  shop.call('charges.waive', { chargeLineId, reason: '住院' })
  expect(due()).toBe(0)
  shop.clock.advance(30 * day)
  expect(due()).toBe(500)
  add()
  expect(money(id).lines.map((line) => [line.kind, line.grossMinor])).toEqual([
    ['storage_fee', 300],
    ['storage_fee', 200],
    ['storage_fee', 500],
  ])
})

test('a day of storage is a day of the shop’s calendar, not twenty-four hours', () => {
  shop = cashShop({ now: Date.UTC(2026, 2, 2, 15, 0) })
  const storage = {
    graceDays: 0,
    perDayMinor: 100,
    capMinor: 0,
    reminderDays: [],
    finalDays: 60,
    disposalDays: 90,
    taxCodeId: null,
  }
  shop.settings({ storage })
  // Ready at 23:00 in Shanghai; two hours later it is the next day there.
  const id = shop.at('processed')
  expect(money(id).storageFeeMinor).toBe(0)
  shop.clock.advance(2 * 3_600_000)
  expect(money(id).storageFeeMinor).toBe(100)
})

test('a shop without tax in its prices adds the tax once per rate (V-09)', () => {
  shop = cashShop()
  shop.settings({ pricesIncludeTax: false })
  const { id } = shop.receive()
  for (let line = 0; line < 3; line++) shop.charge(id, 3333)
  const { unbilled } = money(id)
  expect([unbilled.netMinor, unbilled.taxMinor, unbilled.grossMinor]).toEqual([9999, 1300, 11_299])
})

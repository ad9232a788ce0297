import { afterEach, expect, test } from 'vitest'
import type { PayerShare } from '#contract/charges.ts'
import { refusal } from '../repairs/kit.ts'
import { cashShop, type CashShop } from './cash-kit.ts'

let shop: CashShop
afterEach(() => {
  shop.sound()
  shop.close()
})

const codeOf = (act: () => unknown) => refusal(act).code
const share = (payer: PayerShare['payer'], shareBp: number, customerId: number | null = null) => ({
  payer,
  customerId,
  shareBp,
})
const get = (uid: string) => shop.call('invoices.get', { uid })
const money = (repairId: number) => shop.call('charges.ofRepair', { repairId })
const balance = (account: string) =>
  shop.sql
    .prepare('SELECT coalesce(sum(amount_minor), 0) FROM money_balances WHERE account = ?')
    .pluck()
    .get(account)

test('V-03: what warranty and goodwill bear never stands on the customer’s invoice, and is booked with it', () => {
  shop = cashShop()
  const { id } = shop.receive()
  shop.charge(id, 11_300, {
    description: '主板',
    shares: [share('customer', 5000), share('warranty', 3000), share('goodwill', 2000)],
  })
  shop.charge(id, 22_600, { description: '屏幕', shares: [share('warranty', 10_000)] })
  shop.charge(id, 1130)
  const { uid, grossMinor } = shop.issue([id])
  expect(grossMinor).toBe(5650 + 1130)
  expect(get(uid).lines.map((line) => [line.description, line.quantity, line.grossMinor])).toEqual([
    ['主板 (50 %)', 1000, 5650],
    ['换屏', 1000, 1130],
  ])
  expect([balance('warranty'), balance('goodwill'), balance('agreement')]).toEqual([23_000, 2000, 0])
  expect(balance('revenue')).toBe(-(5000 + 1000 + 23_000 + 2000))
  expect(balance('tax')).toBe(-(650 + 130))
  // Others' shares are no invoices of anybody's list, but their lines are locked.
  expect(shop.call('invoices.list', {}).rows).toHaveLength(1)
  expect(money(id).unbilled).toMatchObject({ grossMinor: 0, payers: [] })
  expect(money(id).lines.every((line) => line.invoiceId !== null)).toBe(true)
})

test('V-03: taking the invoice back takes back what others bear of its lines', () => {
  shop = cashShop()
  const { id } = shop.receive()
  const shares = [share('customer', 5000), share('agreement', 5000)]
  const { id: chargeLineId } = shop.charge(id, 11_300, { shares })
  const { id: invoiceId } = shop.issue([id])
  shop.call('invoices.void', { invoiceId, reason: '写错' })
  expect([balance('agreement'), balance('revenue'), balance('tax')]).toEqual([0, 0, 0])
  shop.call('charges.remove', { chargeLineId, reason: '写错' })
  expect(money(id).lines).toEqual([])
})

const newInsurer = (): number =>
  shop.call('customers.create', {
    kind: 'company',
    name: '平安保险',
    phones: [],
    email: null,
    contacts: [],
    address: '',
    taxNumber: '',
    language: null,
    tier: 'normal',
    channel: 'none',
    consentToContact: false,
    notes: '',
    onAccount: false,
    paymentDays: 0,
  }).id

test('V-03: an insurer and the customer each get an invoice over their share of the same line', () => {
  shop = cashShop()
  const { id } = shop.receive()
  const insurer = newInsurer()
  shop.deposit(id, 5000)
  shop.charge(id, 10_000, { shares: [share('customer', 3000), share('customer', 7000, insurer)] })
  expect(money(id).unbilled.payers).toEqual([
    { payer: 'customer', customerId: null, customerName: null, grossMinor: 3000 },
    { payer: 'customer', customerId: insurer, customerName: '平安保险', grossMinor: 7000 },
  ])
  const theirs = shop.issue([id], { customerId: insurer })
  // The customer's deposit is not the insurer's.
  expect([theirs.grossMinor, theirs.openMinor]).toEqual([7000, 7000])
  expect(codeOf(() => shop.issue([id], { customerId: insurer }))).toBe('invoice.nothing_to_bill')
  const own = shop.issue([id])
  expect([own.grossMinor, own.openMinor]).toEqual([3000, 0])
  expect(get(theirs.uid).customerName).toBe('平安保险')
  // With one of them void the line stays locked by the other.
  shop.call('invoices.void', { invoiceId: theirs.id, reason: '抬头' })
  expect(money(id).lines[0]?.invoiceId).toBe(own.id)
  expect(shop.issue([id], { customerId: insurer }).grossMinor).toBe(7000)
})

test('V-03: a repair the warranty bears whole is booked without an invoice to anybody', () => {
  shop = cashShop()
  const { id } = shop.receive()
  shop.charge(id, 11_300, { shares: [share('warranty', 10_000)] })
  expect(codeOf(() => shop.issue([id]))).toBe('invoice.nothing_to_bill')
  const booked = shop.issue([id], { payer: 'warranty' })
  expect([booked.number, booked.grossMinor, booked.openMinor]).toEqual(['2026000001-W', 10_000, 0])
  expect([balance('warranty'), balance('revenue')]).toEqual([10_000, -10_000])
  expect(codeOf(() => shop.issue([id], { payer: 'warranty' }))).toBe('invoice.nothing_to_bill')
  expect(codeOf(() => get(booked.uid))).toBe('not_found')
  // The customers' own series has no gap.
  expect(shop.invoiced(100).number).toBe('2026000001')
})

test('a merged customer is still the one who was invoiced', () => {
  shop = cashShop()
  const { repairId } = shop.invoiced(100)
  const other = shop.receive(undefined, undefined, {}).id
  const [from, into] = [shop.customerOf(repairId), shop.customerOf(other)]
  if (from !== into) {
    shop.sql.prepare('UPDATE customers SET merged_into_id = ? WHERE id = ?').run(into, from)
    shop.sql.prepare('UPDATE repairs SET customer_id = ? WHERE id = ?').run(into, repairId)
  }
  expect(money(repairId)).toMatchObject({ openMinor: 100, dueMinor: 100 })
  expect(codeOf(() => shop.issue([repairId]))).toBe('invoice.nothing_to_bill')
})

test('lines with and without tax in their prices come to one exact invoice', () => {
  shop = cashShop()
  const { id } = shop.receive()
  shop.charge(id, 10_000)
  shop.sql.exec('UPDATE charge_lines SET includes_tax = 0')
  shop.settings({ pricesIncludeTax: true })
  shop.charge(id, 3333)
  shop.sql.exec('UPDATE charge_lines SET includes_tax = 1 WHERE id = (SELECT max(id) FROM charge_lines)')
  const shown = get(shop.issue([id], { expectedGrossMinor: 11_300 + 3333 }).uid)
  expect(shown).toMatchObject({ pricesIncludeTax: false, netMinor: 12_950, taxMinor: 1683 })
  expect(shown.lines.map((line) => [line.unitMinor, line.netMinor, line.grossMinor])).toEqual([
    [10_000, 10_000, 11_300],
    [2950, 2950, 3333],
  ])
})

test('what is shown before an invoice is issued is what is issued, payer after payer', () => {
  shop = cashShop()
  const { id } = shop.receive()
  const insurer = newInsurer()
  shop.charge(id, 11_300, {
    description: '主板',
    shares: [share('customer', 4000), share('customer', 6000, insurer)],
  })
  shop.charge(id, 1130)
  const preview = (customerId: number | null) =>
    shop.call('invoices.preview', { repairIds: [id], customerId, cashRounding: false })
  const own = preview(null)
  expect(own.lines.map((line) => [line.description, line.shareBp, line.grossMinor])).toEqual([
    ['主板', 4000, 4520],
    ['换屏', null, 1130],
  ])
  const issued = get(shop.issue([id]).uid)
  expect(own).toMatchObject({
    netMinor: issued.netMinor,
    taxMinor: issued.taxMinor,
    grossMinor: issued.grossMinor,
    taxes: issued.taxes,
  })
  expect(preview(null).lines).toEqual([])
  // The other payer's part of a line that is on an invoice already is still to be invoiced.
  expect(preview(insurer)).toMatchObject({ grossMinor: 6780, lines: [{ shareBp: 6000, grossMinor: 6780 }] })
  expect(shop.issue([id], { customerId: insurer }).grossMinor).toBe(6780)
})

import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PaymentMethod } from '#contract/billing.ts'
import { refusal } from '../repairs/kit.ts'
import { cashShop, type CashShop } from './cash-kit.ts'

/* Money against invoices. */
let shop: CashShop
beforeEach(() => {
  shop = cashShop()
})
afterEach(() => {
  shop.sound()
  shop.close()
})

const state = (uid: string) => {
  const { state: now, openMinor } = shop.call('invoices.get', { uid })
  return [now, openMinor]
}

test('an invoice is paid in parts, by several methods, until nothing is open', () => {
  const { id, uid } = shop.invoiced(10_000)
  shop.takeMoney([[id, 4000]], 'wechat')
  expect(state(uid)).toEqual(['part_paid', 6000])
  shop.takeMoney([[id, 6000]], 'transfer')
  expect(state(uid)).toEqual(['paid', 0])
  expect(shop.ledger('wechat')).toBe(4000)
  expect(shop.ledger('transfer')).toBe(6000)
})

test.each<[PaymentMethod, string]>([
  ['card', 'card'],
  ['transfer', 'transfer'],
  ['wechat', 'wechat'],
  ['alipay', 'alipay'],
  ['other', 'other_money'],
])('money by %s lies on its own account and needs no drawer', (method, account) => {
  const { id } = shop.invoiced(500)
  shop.takeMoney([[id, 500]], method)
  expect(shop.ledger(account)).toBe(500)
})

test('cash gives change of what was handed over, and only the amount lies in the drawer', () => {
  shop.openShift(0)
  const { id } = shop.invoiced(8800)
  const receipt = shop.takeMoney([[id, 8800]], 'cash', { tenderedMinor: 10_000 })
  expect(receipt.changeMinor).toBe(1200)
  expect(shop.current().expectedMinor).toBe(8800)
  expect(shop.call('payments.get', { uid: receipt.uid })).toMatchObject({ tenderedMinor: 10_000 })
})

test('less cash than the amount is refused', () => {
  shop.openShift(0)
  const { id } = shop.invoiced(8800)
  const take = () => shop.takeMoney([[id, 8800]], 'cash', { tenderedMinor: 8799 })
  expect(refusal(take).code).toBe('payment.tendered_short')
})

test('never more is taken than is open', () => {
  const { id, number } = shop.invoiced(5000)
  expect(refusal(() => shop.takeMoney([[id, 5001]]))).toMatchObject({
    code: 'payment.too_large',
    params: { open: 5000, number },
  })
})

test('of two clerks taking the same payment the second is refused with what is open', () => {
  const { id, number } = shop.invoiced(5000)
  shop.takeMoney([[id, 5000]], 'card')
  const second = () => shop.takeMoney([[id, 5000]], 'wechat', { as: shop.atSeatTwo() })
  expect(refusal(second)).toMatchObject({ code: 'payment.too_large', params: { open: 0, number } })
})

test('a payment sent twice is taken once', () => {
  const { id } = shop.invoiced(5000)
  const command = {
    commandId: '018f4e9a-0000-7000-8000-000000000001',
    method: 'card',
    amountMinor: 2000,
    tenderedMinor: null,
    reference: '',
    note: '',
    allocations: [{ invoiceId: id, amountMinor: 2000 }],
  } as const
  const given = { ...command, allocations: [...command.allocations] }
  const first = shop.as('counter').call('payments.take', given)
  expect(shop.as('counter').call('payments.take', given)).toEqual(first)
  expect(shop.ledger('card')).toBe(2000)
})

test('one receipt pays several invoices of a customer; its parts must add up', () => {
  const one = shop.invoiced(3000)
  const { id: second } = shop.receive({}, {}, { customer: { id: shop.customerOf(one.repairId) } })
  shop.charge(second, 2000)
  const two = shop.issue([second])
  const short = () =>
    shop.takeMoney(
      [
        [one.id, 3000],
        [two.id, 1500],
      ],
      'card',
      { amountMinor: 5000 },
    )
  expect(refusal(short).code).toBe('payment.allocations_differ')
  const { uid } = shop.takeMoney([
    [one.id, 3000],
    [two.id, 1500],
  ])
  expect([state(one.uid), state(two.uid)]).toEqual([
    ['paid', 0],
    ['part_paid', 500],
  ])
  expect(shop.call('payments.get', { uid }).allocations).toEqual([
    { invoiceUid: one.uid, invoiceNumber: one.number, amountMinor: 3000 },
    { invoiceUid: two.uid, invoiceNumber: two.number, amountMinor: 1500 },
  ])
})

test('one device of two is paid and the other stays open', () => {
  const one = shop.invoiced(3000)
  const { id: second } = shop.receive({}, {}, { customer: { id: shop.customerOf(one.repairId) } })
  shop.charge(second, 2000)
  const two = shop.issue([second])
  shop.takeMoney([[one.id, 3000]])
  expect([state(one.uid), state(two.uid)]).toEqual([
    ['paid', 0],
    ['open', 2000],
  ])
})

test('an invoice stands once in a payment, and one receipt is for one customer', () => {
  const one = shop.invoiced(3000)
  const twice = () =>
    shop.takeMoney([
      [one.id, 1000],
      [one.id, 1000],
    ])
  expect(refusal(twice)).toMatchObject({ code: 'field.duplicate', path: 'allocations.1.invoiceId' })
  const { id: theirs } = shop.receive(
    {},
    {},
    { customer: { new: shop.customer({ name: '别人', phones: [] }) } },
  )
  shop.charge(theirs, 2000)
  const other = shop.issue([theirs])
  const both = () =>
    shop.takeMoney([
      [one.id, 1000],
      [other.id, 1000],
    ])
  expect(refusal(both).code).toBe('invoice.other_customer')
})

test('nothing is taken on a void invoice, a credit note or an invoice that is not there', () => {
  const { id, number } = shop.invoiced(3000)
  shop.call('invoices.void', { invoiceId: id, reason: '开错了' })
  expect(refusal(() => shop.takeMoney([[id, 3000]]))).toMatchObject({
    code: 'invoice.void',
    params: { number },
  })
  const second = shop.invoiced(4000)
  const note = shop.credit(second.id, 1000)
  expect(refusal(() => shop.takeMoney([[note.id, 1000]])).code).toBe('invoice.not_an_invoice')
  expect(refusal(() => shop.takeMoney([[9999, 1000]])).path).toBe('allocations.0.invoiceId')
})

test('receipts are numbered without a gap, a refused one takes no number, and a new year begins anew', () => {
  const { id } = shop.invoiced(5000)
  expect(shop.takeMoney([[id, 100]]).number).toBe('R2026-00001')
  refusal(() => shop.takeMoney([[id, 5000]]))
  expect(shop.takeMoney([[id, 100]]).number).toBe('R2026-00002')
  shop.clock.advance(366 * 86_400_000)
  expect(shop.takeMoney([[id, 100]]).number).toBe('R2027-00001')
})

test('with the clock set back a receipt still gets a number nobody had', () => {
  const { id } = shop.invoiced(5000)
  shop.takeMoney([[id, 100]])
  shop.clock.advance(-40 * 86_400_000)
  expect(shop.takeMoney([[id, 100]]).number).toBe('R2026-00002')
})

test('the shop’s code stands before the number when the shop wants it', () => {
  shop.settings({ numberWithStorePrefix: true })
  const { id } = shop.invoiced(5000)
  expect(shop.takeMoney([[id, 100]]).number).toBe('SHR2026-00001')
})

test('a payment stands in the history of its repair and in its money', () => {
  const { id, repairId } = shop.invoiced(5000)
  const { number, uid } = shop.takeMoney([[id, 5000]], 'alipay')
  expect(shop.log(repairId).at(-1)?.detail).toEqual({
    money: 'payment',
    number,
    method: 'alipay',
    amountMinor: 5000,
  })
  expect(shop.call('charges.ofRepair', { repairId }).payments.map((row) => row.uid)).toEqual([uid])
  expect(shop.call('payments.list', { repairId }).rows.map((row) => row.uid)).toEqual([uid])
})

test('receipts are listed by customer, shift and method, the newest first', () => {
  shop.openShift(0)
  const { id, repairId } = shop.invoiced(5000)
  const card = shop.takeMoney([[id, 100]], 'card')
  const cash = shop.takeMoney([[id, 200]], 'cash')
  const numbers = (filter: object) => shop.call('payments.list', filter).rows.map(({ number }) => number)
  expect(numbers({})).toEqual([cash.number, card.number])
  expect(numbers({ method: 'card' })).toEqual([card.number])
  expect(numbers({ shiftId: shop.current().id })).toEqual([cash.number, card.number])
  expect(numbers({ customerId: shop.customerOf(repairId) })).toEqual([cash.number, card.number])
  expect(numbers({ customerId: 9999 })).toEqual([])
})

test.each([0, -1, 1.5, 9_000_000_001])('an amount of %s is refused at the field', (amountMinor) => {
  const { id } = shop.invoiced(5000)
  const take = () => shop.takeMoney([[id, amountMinor]])
  expect(refusal(take).fields.map(({ path }) => path)).toContain('amountMinor')
})

test.each(['JPY', 'KWD', 'CNY'])('an amount in %s is whole minor units, whatever they are', (currency) => {
  shop.sql
    .prepare(`UPDATE settings SET value = json_set(value, '$.currency', ?) , version = version + 1
    WHERE key = 'shop'`)
    .run(currency)
  const { id, uid } = shop.invoiced(1001)
  shop.takeMoney([[id, 1000]])
  expect(state(uid)).toEqual(['part_paid', 1])
})

import { afterEach, beforeEach, expect, test } from 'vitest'
import { refusal } from '../repairs/kit.ts'
import { cashShop, type CashShop } from './cash-kit.ts'

/* Deposits: money held for a repair is the customer's until an invoice takes it (V-04). */
let shop: CashShop
beforeEach(() => {
  shop = cashShop()
})
afterEach(() => {
  shop.sound()
  shop.close()
})

const cancel = (id: number) => shop.call('repairs.cancel', { ...shop.targets(id), reason: '不修了' })

test('a deposit is a liability and no revenue', () => {
  const { id } = shop.receive()
  const { number } = shop.deposit(id, 20_000, 'wechat')
  expect(number).toBe('R2026-00001')
  expect(shop.ledger('deposits', id)).toBe(-20_000)
  expect(shop.ledger('wechat')).toBe(20_000)
  expect(shop.ledger('revenue')).toBe(0)
})

test('a deposit stands in the history of its repair', () => {
  const { id } = shop.receive()
  const { number } = shop.deposit(id, 5000)
  const last = shop.log(id).at(-1)
  expect(last?.detail).toEqual({ money: 'deposit', number, method: 'card', amountMinor: 5000 })
})

test('an invoice takes the deposit of its repair at once', () => {
  const { id } = shop.receive()
  shop.deposit(id, 5000)
  shop.charge(id, 12_000)
  expect(shop.issue([id]).openMinor).toBe(7000)
  expect(shop.ledger('deposits', id)).toBe(0)
})

test('what a small invoice leaves of a deposit can be given back, no more', () => {
  const { id } = shop.receive()
  shop.deposit(id, 5000)
  shop.charge(id, 3000)
  expect(shop.issue([id]).openMinor).toBe(0)
  const from = { kind: 'deposit', repairId: id } as const
  expect(refusal(() => shop.refund(from, 2001))).toMatchObject({
    code: 'payment.refund_too_large',
    params: { available: 2000 },
  })
  shop.refund(from, 2000, 'wechat')
  expect(shop.ledger('deposits', id)).toBe(0)
  expect(refusal(() => shop.refund(from, 1)).params).toEqual({ available: 0 })
})

test('a deposit of one repair pays the invoice of another of the same customer, up to what is held and open', () => {
  const invoice = shop.invoiced(3000)
  const customer = { id: shop.customerOf(invoice.repairId) }
  const { id } = shop.receive({}, {}, { customer })
  shop.deposit(id, 5000)
  const apply = (amountMinor: number) =>
    shop.call('payments.applyDeposit', { repairId: id, invoiceId: invoice.id, amountMinor })
  expect(refusal(() => apply(5001))).toMatchObject({
    code: 'payment.no_deposit',
    params: { available: 5000 },
  })
  expect(refusal(() => apply(3001))).toMatchObject({ code: 'payment.too_large', params: { open: 3000 } })
  apply(3000)
  expect(shop.ledger('receivable', invoice.id)).toBe(0)
  expect(shop.ledger('deposits', id)).toBe(-2000)
})

test('a deposit does not pay the invoice of another customer', () => {
  const invoice = shop.invoiced(3000)
  const { id } = shop.receive({}, {}, { customer: { new: shop.customer({ name: '别人', phones: [] }) } })
  shop.deposit(id, 5000)
  const apply = { repairId: id, invoiceId: invoice.id, amountMinor: 100 }
  expect(refusal(() => shop.call('payments.applyDeposit', apply)).code).toBe('invoice.other_customer')
})

test.each(['collected', 'closed', 'cancelled', 'unclaimed'])(
  'no deposit is taken for a %s repair',
  (state) => {
    const { id } = shop.receive()
    shop.sql.prepare('UPDATE repairs SET state = ? WHERE id = ?').run(state, id)
    expect(refusal(() => shop.deposit(id, 100)).code).toBe('payment.repair_ended')
  },
)

test('no deposit is taken for a unit of the shop itself', () => {
  const { id } = shop.receive({}, {}, { customer: null })
  expect(refusal(() => shop.deposit(id, 100)).code).toBe('invoice.no_customer')
})

test('the deposit of a cancelled repair is given back or forfeited, each up to what is held', () => {
  const { id } = shop.receive()
  shop.deposit(id, 5000)
  cancel(id)
  shop.refund({ kind: 'deposit', repairId: id }, 3000, 'alipay')
  const forfeit = (amountMinor: number) =>
    shop.as('manager').call('payments.forfeit', { repairId: id, amountMinor, reason: '检测费' })
  expect(refusal(() => forfeit(2001))).toMatchObject({
    code: 'payment.no_deposit',
    params: { available: 2000 },
  })
  forfeit(2000)
  expect(shop.ledger('forfeited')).toBe(-2000)
  expect(shop.ledger('deposits', id)).toBe(0)
  expect(shop.log(id).at(-1)).toMatchObject({
    text: '检测费',
    detail: { money: 'deposit_forfeited', amountMinor: 2000 },
  })
})

test('a deposit typed wrong is taken back once', () => {
  const { id } = shop.receive()
  const { uid, number } = shop.deposit(id, 50_000)
  const reverse = () => shop.as('manager').call('payments.reverse', { paymentUid: uid, reason: '多打了零' })
  const back = reverse()
  expect(shop.ledger('deposits', id)).toBe(0)
  expect(shop.ledger('card')).toBe(0)
  expect(shop.call('payments.get', { uid })).toMatchObject({ reversedBy: back.number, reverses: null })
  expect(shop.call('payments.get', { uid: back.uid })).toMatchObject({ reverses: number, reversedBy: null })
  expect(refusal(reverse)).toMatchObject({ code: 'payment.already_reversed', params: { number } })
})

test('a deposit that an invoice took meanwhile cannot be taken back as typed wrong', () => {
  const { id } = shop.receive()
  const { uid } = shop.deposit(id, 5000)
  shop.charge(id, 4000)
  shop.issue([id])
  const reverse = () => shop.as('manager').call('payments.reverse', { paymentUid: uid, reason: '错' })
  expect(refusal(reverse)).toMatchObject({ code: 'payment.no_deposit', params: { available: 1000 } })
})

test('a person at the counter takes deposits but gives none back', () => {
  const { id } = shop.receive()
  shop.deposit(id, 100)
  const from = { kind: 'deposit', repairId: id } as const
  const back = { method: 'card', amountMinor: 100, from, reference: '', reason: 'x' } as const
  expect(refusal(() => shop.as('counter').call('payments.refund', back)).code).toBe('forbidden')
})

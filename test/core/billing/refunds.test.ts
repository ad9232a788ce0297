import { afterEach, beforeEach, expect, test } from 'vitest'
import { refusal } from '../repairs/kit.ts'
import { cashShop, type CashShop } from './cash-kit.ts'

/* Money given back: receipts typed wrong, and what was credited. */
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
const reverse = (paymentUid: string) =>
  shop.as('manager').call('payments.reverse', { paymentUid, reason: '打错了' })
const fromInvoice = (invoiceId: number) => ({ kind: 'invoice', invoiceId }) as const

test('a receipt typed wrong is taken back once and its invoice is open again', () => {
  const { id, uid } = shop.invoiced(5000)
  const receipt = shop.takeMoney([[id, 5000]], 'card')
  const back = reverse(receipt.uid)
  expect(state(uid)).toEqual(['open', 5000])
  expect(shop.ledger('card')).toBe(0)
  expect(refusal(() => reverse(receipt.uid)).code).toBe('payment.already_reversed')
  expect(refusal(() => reverse(back.uid)).code).toBe('payment.already_reversed')
  shop.takeMoney([[id, 5000]], 'wechat')
  expect(state(uid)).toEqual(['paid', 0])
})

test('a cash receipt typed wrong yesterday leaves the drawer of today', () => {
  shop.openShift(0)
  const { id } = shop.invoiced(5000)
  const receipt = shop.takeMoney([[id, 5000]], 'cash')
  shop.closeShift(5000, { leftMinor: 0 })
  expect(refusal(() => reverse(receipt.uid)).code).toBe('shift.required')
  shop.openShift(3000)
  expect(refusal(() => reverse(receipt.uid))).toMatchObject({
    code: 'shift.cash_short',
    params: { available: 3000 },
  })
  shop.as('counter').call('shifts.moveCash', { amountMinor: 4000, reason: '取现金' })
  reverse(receipt.uid)
  expect(shop.current().expectedMinor).toBe(2000)
})

test('a paid invoice has nothing to give back until it is credited', () => {
  const { id } = shop.invoiced(5000)
  shop.takeMoney([[id, 5000]])
  const refund = () => shop.refund(fromInvoice(id), 1)
  expect(refusal(refund)).toMatchObject({ code: 'payment.refund_too_large', params: { available: 0 } })
})

test('what was credited of a paid invoice is given back in another method, never more', () => {
  const { id, uid } = shop.invoiced(5000)
  shop.takeMoney([[id, 5000]], 'card')
  shop.credit(id, 2000)
  expect(refusal(() => shop.refund(fromInvoice(id), 2001, 'wechat')).params).toEqual({ available: 2000 })
  shop.refund(fromInvoice(id), 1500, 'wechat')
  shop.refund(fromInvoice(id), 500, 'transfer')
  expect(refusal(() => shop.refund(fromInvoice(id), 1)).params).toEqual({ available: 0 })
  expect(state(uid)[1]).toBe(0)
  expect(shop.ledger('wechat')).toBe(-1500)
})

test('a credit on an unpaid invoice gives no money back', () => {
  const { id } = shop.invoiced(5000)
  shop.takeMoney([[id, 1000]])
  shop.credit(id)
  expect(refusal(() => shop.refund(fromInvoice(id), 1001)).params).toEqual({ available: 1000 })
})

test('a debt written off and credited afterwards was never paid, so nothing is given back', () => {
  const { id } = shop.invoiced(5000)
  shop.call('invoices.writeOff', { invoiceId: id, amountMinor: 5000, reason: '找不到人' })
  shop.credit(id)
  expect(refusal(() => shop.refund(fromInvoice(id), 1)).params).toEqual({ available: 0 })
})

test('a refund never fails for a cent that no coin has', () => {
  shop.settings({ cashStepMinor: 10 })
  shop.openShift(50_000)
  const up = shop.invoiced(10_007)
  shop.takeMoney([[up.id, 10_007]], 'card')
  shop.credit(up.id)
  shop.refund(fromInvoice(up.id), 10_010, 'cash')
  expect(shop.ledger('receivable', up.id)).toBe(0)
  const down = shop.invoiced(10_003)
  shop.takeMoney([[down.id, 10_003]], 'card')
  shop.credit(down.id)
  shop.refund(fromInvoice(down.id), 10_000, 'cash')
  expect(shop.ledger('receivable', down.id)).toBe(0)
  expect(shop.ledger('rounding')).toBe(0)
  expect(shop.current()).toMatchObject({ expectedMinor: 29_990, refundsMinor: 20_010 })
})

test('an amount smaller than any coin is not rounded away, and its invoice can still be voided', () => {
  shop.settings({ cashStepMinor: 10 })
  const { id: repairId } = shop.receive()
  shop.charge(repairId, 4)
  const { id, openMinor } = shop.issue([repairId], { cashRounding: true })
  expect(openMinor).toBe(4)
  shop.call('invoices.void', { invoiceId: id, reason: '开错' })
  expect(shop.ledger('revenue')).toBe(0)
})

test('a rounded refund is taken back whole', () => {
  shop.settings({ cashStepMinor: 10 })
  shop.openShift(50_000)
  const { id } = shop.invoiced(10_007)
  shop.takeMoney([[id, 10_007]], 'card')
  shop.credit(id)
  const { uid } = shop.refund(fromInvoice(id), 10_010, 'cash')
  reverse(uid)
  expect(shop.ledger('receivable', id)).toBe(-10_007)
  expect(shop.ledger('rounding')).toBe(0)
  expect(shop.current().expectedMinor).toBe(50_000)
})

test('money is taken at the counter, given back only by who may', () => {
  const { id } = shop.invoiced(5000)
  const pay = () => shop.takeMoney([[id, 100]], 'card', { as: 'technician' })
  expect(refusal(pay)).toMatchObject({ code: 'forbidden', params: { permission: 'billing.pay' } })
  const { uid } = shop.takeMoney([[id, 100]])
  const back = () => shop.as('counter').call('payments.reverse', { paymentUid: uid, reason: 'x' })
  expect(refusal(back)).toMatchObject({ code: 'forbidden', params: { permission: 'billing.refund' } })
})

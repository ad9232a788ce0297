import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { refusal } from '../repairs/kit.ts'
import { cashShop, type CashShop } from './cash-kit.ts'

/* Money the shop has already goes against another invoice of the same customer, and back again. */
let shop: CashShop
beforeEach(() => {
  shop = cashShop()
})
afterEach(() => {
  shop.sound()
  shop.close()
})

/** An invoice of a customer, so much of it paid and credited again: that much is the customer's. */
function overpaid(grossMinor: number) {
  const invoice = shop.invoiced(grossMinor)
  shop.takeMoney([[invoice.id, grossMinor]])
  shop.credit(invoice.id)
  return { ...invoice, customerId: shop.customerOf(invoice.repairId) }
}

/** Another invoice of the same customer. */
function another(customerId: number, grossMinor: number) {
  const { id: repairId } = shop.receive({}, {}, { customer: { id: customerId } })
  shop.charge(repairId, grossMinor)
  return { repairId, ...shop.issue([repairId]) }
}

const use = (fromInvoiceId: number, invoiceId: number, amountMinor: number) =>
  shop.as('counter').call('payments.applyCredit', { fromInvoiceId, invoiceId, amountMinor })
const applied = (uid: string) => shop.call('invoices.get', { uid }).applied
const takeBack = (transactionId: number) =>
  shop.as('manager').call('payments.takeBackApplied', { transactionId, reason: '挂错单' })

describe('a credit', () => {
  test('pays another invoice of the customer instead of being given back', () => {
    const from = overpaid(10_000)
    const to = another(from.customerId, 7000)
    expect(shop.call('payments.credits', { customerId: from.customerId })).toEqual([
      { invoiceId: from.id, invoiceUid: from.uid, invoiceNumber: from.number, availableMinor: 10_000 },
    ])
    use(from.id, to.id, 7000)
    expect([shop.ledger('receivable', from.id), shop.ledger('receivable', to.id)]).toEqual([-3000, 0])
    expect(shop.call('invoices.get', { uid: to.uid })).toMatchObject({ state: 'paid', openMinor: 0 })
    expect(applied(to.uid)).toMatchObject([{ kind: 'credit', fromNumber: from.number, amountMinor: 7000 }])
    expect(shop.log(to.repairId).at(-1)?.detail).toMatchObject({ money: 'credit_applied', number: to.number })
    expect(shop.ledger('card')).toBe(10_000)
  })

  test('never more than was paid too much, nor more than is open', () => {
    const from = overpaid(5000)
    const to = another(from.customerId, 7000)
    expect(refusal(() => use(from.id, to.id, 5001))).toMatchObject({
      code: 'payment.refund_too_large',
      params: { available: 5000 },
    })
    shop.takeMoney([[to.id, 4000]])
    expect(refusal(() => use(from.id, to.id, 3001))).toMatchObject({
      code: 'payment.too_large',
      params: { open: 3000 },
    })
    use(from.id, to.id, 3000)
    shop.refund({ kind: 'invoice', invoiceId: from.id }, 2000)
    expect(shop.ledger('receivable', from.id)).toBe(0)
  })

  test('a debt that was written off is no credit', () => {
    const invoice = shop.invoiced(3000)
    shop.call('invoices.writeOff', { invoiceId: invoice.id, amountMinor: 3000, reason: '收不到' })
    shop.credit(invoice.id)
    const customerId = shop.customerOf(invoice.repairId)
    expect(shop.call('payments.credits', { customerId })).toEqual([])
    const to = another(customerId, 3000)
    expect(refusal(() => use(invoice.id, to.id, 1)).code).toBe('payment.refund_too_large')
  })

  test('follows a merge of customers, and goes to nobody else', () => {
    const from = overpaid(5000)
    const stranger = shop.receive({}, {}, { customer: { new: shop.customer({ name: '别人', phones: [] }) } })
    shop.charge(stranger.id, 2000)
    const to = shop.issue([stranger.id])
    expect(refusal(() => use(from.id, to.id, 2000)).code).toBe('invoice.other_customer')
    const into = shop.customerOf(stranger.id)
    const version = (id: number) =>
      shop.sql.prepare('SELECT version FROM customers WHERE id = ?').pluck().get(id) as number
    shop.call('customers.merge', {
      fromId: from.customerId,
      fromVersion: version(from.customerId),
      intoId: into,
      intoVersion: version(into),
    })
    expect(shop.call('payments.credits', { customerId: into })).toMatchObject([{ availableMinor: 5000 }])
    expect(shop.call('payments.owed', { customerId: into, withDeposits: true })).toMatchObject([
      { kind: 'credit', amountMinor: 5000, customerId: into },
    ])
    use(from.id, to.id, 2000)
    const receipts = shop.call('payments.list', { customerId: into }).rows
    expect(receipts.map(({ customerId }) => customerId)).toContain(from.customerId)
    expect(shop.call('payments.list', { customerId: from.customerId }).rows).toEqual(receipts)
  })
})

describe('taking back what was put against an invoice', () => {
  test('a deposit is held again and the invoice open, once', () => {
    const { id: repairId } = shop.receive()
    shop.deposit(repairId, 5000)
    shop.charge(repairId, 8000)
    const invoice = shop.issue([repairId])
    const [row] = applied(invoice.uid)
    expect(row).toMatchObject({ kind: 'deposit', amountMinor: 5000, canTakeBack: true })
    takeBack(row!.transactionId)
    expect([shop.ledger('deposits', repairId), shop.ledger('receivable', invoice.id)]).toEqual([-5000, 8000])
    expect(applied(invoice.uid)).toEqual([])
    expect(refusal(() => takeBack(row!.transactionId)).code).toBe('payment.already_reversed')
    shop.call('invoices.void', { invoiceId: invoice.id, reason: '开错' })
    shop.refund({ kind: 'deposit', repairId }, 5000)
  })

  test('a credit is where it was', () => {
    const from = overpaid(5000)
    const to = another(from.customerId, 7000)
    const { id } = use(from.id, to.id, 5000)
    takeBack(id)
    expect([shop.ledger('receivable', from.id), shop.ledger('receivable', to.id)]).toEqual([-5000, 7000])
    shop.refund({ kind: 'invoice', invoiceId: from.id }, 5000)
  })

  test('not while a later payment, refund or credit note rests on it; after that payment is taken back it goes', () => {
    const { id: repairId } = shop.receive()
    shop.deposit(repairId, 5000)
    shop.charge(repairId, 8000)
    const invoice = shop.issue([repairId])
    const { uid: paymentUid } = shop.takeMoney([[invoice.id, 3000]])
    const [row] = applied(invoice.uid)
    expect(row?.canTakeBack).toBe(false)
    expect(refusal(() => takeBack(row!.transactionId))).toMatchObject({
      code: 'payment.applied_since',
      params: { number: invoice.number },
    })
    shop.call('payments.reverse', { paymentUid, reason: '错' })
    takeBack(row!.transactionId)
    expect(shop.ledger('deposits', repairId)).toBe(-5000)
  })

  test('only a deposit or a credit: a payment is taken back by its receipt', () => {
    const invoice = shop.invoiced(3000)
    shop.takeMoney([[invoice.id, 3000]])
    const last = shop.sql.prepare('SELECT max(id) FROM money_transactions').pluck().get() as number
    expect(refusal(() => takeBack(last)).code).toBe('not_found')
  })
})

test('what is owed to customers names held deposits of repairs that ended, the largest first', () => {
  const { id: open } = shop.receive()
  shop.deposit(open, 9000)
  const { id: gone } = shop.receive()
  shop.deposit(gone, 2000)
  shop.call('repairs.cancel', { ...shop.targets(gone), reason: '不修了' })
  overpaid(4000)
  const kinds = (withDeposits: boolean) =>
    shop.call('payments.owed', { withDeposits }).map(({ kind, amountMinor }) => [kind, amountMinor])
  expect(kinds(true)).toEqual([
    ['credit', 4000],
    ['deposit', 2000],
  ])
  expect(kinds(false)).toEqual([['credit', 4000]])
})

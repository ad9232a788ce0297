import { afterEach, beforeEach, expect, test } from 'vitest'
import { refusal } from '../repairs/kit.ts'
import { cashShop, type CashShop } from './cash-kit.ts'

/* A customer's account: what was invoiced, paid and credited, and who owes. */
let shop: CashShop
beforeEach(() => {
  shop = cashShop()
})
afterEach(() => {
  shop.sound()
  shop.close()
})

const days = (count: number) => shop.clock.advance(count * 86_400_000)
const statement = (customerId: number, from = '2026-01-01', to = '2026-12-31') =>
  shop.call('payments.statement', { customerId, from, to })
const named = (name: string) => {
  const { id } = shop.receive({}, {}, { customer: { new: shop.customer({ name, phones: [] }) } })
  return { repairId: id, customerId: shop.customerOf(id) }
}

test('a statement runs from what was open before, through what happened, to what is open', () => {
  const { id, repairId, number } = shop.invoiced(10_000)
  const customerId = shop.customerOf(repairId)
  days(10)
  const paid = shop.takeMoney([[id, 4000]])
  const credited = shop.credit(id, 1000)
  shop.call('invoices.writeOff', { invoiceId: id, amountMinor: 500, reason: '抹零' })
  const whole = statement(customerId)
  expect(whole.openingMinor).toBe(0)
  expect(whole.rows.map((row) => [row.kind, row.number, row.amountMinor, row.balanceMinor])).toEqual([
    ['invoice', number, 10_000, 10_000],
    ['payment', paid.number, -4000, 6000],
    ['credit_note', credited.number, -1000, 5000],
    ['write_off', number, -500, 4500],
  ])
  expect(whole.closingMinor).toBe(4500)
  const later = statement(customerId, '2026-03-03')
  expect([later.openingMinor, later.rows.length, later.closingMinor]).toEqual([10_000, 3, 4500])
  const before = statement(customerId, '2026-01-01', '2026-03-01')
  expect([before.openingMinor, before.rows.length, before.closingMinor]).toEqual([0, 0, 0])
})

test('a deposit is shown as held until an invoice takes it, and then as a row', () => {
  const { repairId, customerId } = named('陈先生')
  shop.deposit(repairId, 3000)
  expect(statement(customerId)).toMatchObject({ rows: [], closingMinor: 0, depositMinor: 3000 })
  shop.charge(repairId, 5000)
  const { number } = shop.issue([repairId])
  const { rows, depositMinor } = statement(customerId)
  expect(rows.map((row) => [row.kind, row.number, row.balanceMinor])).toEqual([
    ['invoice', number, 5000],
    ['deposit_applied', number, 2000],
  ])
  expect(depositMinor).toBe(0)
})

test('a receipt taken back stands in the account both ways', () => {
  const { id, repairId } = shop.invoiced(5000)
  const { uid, number } = shop.takeMoney([[id, 5000]])
  const back = shop.as('manager').call('payments.reverse', { paymentUid: uid, reason: '打错' })
  const { rows } = statement(shop.customerOf(repairId))
  expect(rows.slice(1).map((row) => [row.kind, row.number, row.balanceMinor])).toEqual([
    ['payment', number, 0],
    ['reversal', back.number, 5000],
  ])
})

test('after a merge the account is that of both records, and one receipt may pay invoices of both', () => {
  const into = named('李雷')
  const from = named('李磊')
  for (const { repairId } of [into, from]) {
    shop.charge(repairId, 1000)
    shop.issue([repairId])
  }
  const version = (id: number) =>
    shop.sql.prepare('SELECT version FROM customers WHERE id = ?').pluck().get(id) as number
  shop.call('customers.merge', {
    intoId: into.customerId,
    intoVersion: version(into.customerId),
    fromId: from.customerId,
    fromVersion: version(from.customerId),
  })
  const ids = shop.call('invoices.list', {}).rows.map(({ id }): [number, number] => [id, 300])
  shop.takeMoney(ids)
  expect(statement(into.customerId).closingMinor).toBe(1400)
  expect(statement(from.customerId).closingMinor).toBe(1400)
  expect(shop.call('payments.debtors', {}).rows).toMatchObject([
    { customerId: into.customerId, customerName: '李雷', openMinor: 1400 },
  ])
})

test('an account does not end before it begins', () => {
  const { customerId } = named('陈先生')
  const backwards = () => statement(customerId, '2026-03-02', '2026-03-01')
  expect(refusal(backwards)).toMatchObject({
    code: 'field.before',
    path: 'to',
    params: { min: '2026-03-02' },
  })
})

test('a customer that is not there has no account', () => {
  expect(refusal(() => statement(9999))).toMatchObject({ code: 'field.not_found', path: 'customerId' })
})

test('who owes is listed with most first, the oldest day due and what is overdue', () => {
  const small = named('欠得少')
  shop.charge(small.repairId, 1000)
  shop.issue([small.repairId], { dueOn: '2026-03-02' })
  days(5)
  const { id: again } = shop.receive({}, {}, { customer: { id: small.customerId } })
  shop.charge(again, 500)
  shop.issue([again], { dueOn: '2026-04-01' })
  const large = named('欠得多')
  shop.charge(large.repairId, 9000)
  shop.issue([large.repairId], { dueOn: '2026-04-01' })
  const paid = named('不欠')
  shop.charge(paid.repairId, 700)
  shop.takeMoney([[shop.issue([paid.repairId]).id, 700]])
  const rows = () => shop.call('payments.debtors', {}).rows
  expect(rows().map((row) => [row.customerName, row.openMinor, row.oldestDueOn, row.overdueMinor])).toEqual([
    ['欠得多', 9000, '2026-04-01', 0],
    ['欠得少', 1500, '2026-03-02', 1000],
  ])
  const first = shop.call('payments.debtors', { limit: 1 })
  expect(shop.call('payments.debtors', { limit: 1, after: first.next! }).rows[0]?.customerName).toBe('欠得少')
})

test('a customer whom the shop owes does not stand among those who owe', () => {
  const { id } = shop.invoiced(5000)
  shop.takeMoney([[id, 5000]])
  shop.credit(id, 2000)
  expect(shop.call('payments.debtors', {}).rows).toEqual([])
})

test('an invoice of a customer on account falls due after the days agreed', () => {
  const terms = { name: '月结客户', phones: [], onAccount: true, paymentDays: 30 }
  const { id } = shop.receive({}, {}, { customer: { new: shop.customer(terms) } })
  shop.charge(id, 1000)
  shop.issue([id])
  expect(shop.call('payments.debtors', {}).rows[0]?.oldestDueOn).toBe('2026-04-01')
})

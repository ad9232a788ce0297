import { afterEach, expect, test } from 'vitest'
import type { InputOf } from '#contract/method-types.ts'
import { day } from '../repairs/kit.ts'
import { cashShop, type CashShop } from './cash-kit.ts'

let shop: CashShop
afterEach(() => shop.close())

test('the list of invoices is found by number, customer, repair, day and what is open, page by page', () => {
  shop = cashShop()
  const first = shop.invoiced(100)
  shop.clock.advance(2 * day)
  const second = shop.invoiced(200)
  shop.takeMoney([[second.id, 200]])
  const third = shop.invoiced(300)
  const note = shop.credit(third.id, 100)
  const list = (input: InputOf<'invoices.list'>) =>
    shop.call('invoices.list', input).rows.map((row) => row.id)
  expect(list({})).toEqual([note.id, third.id, second.id, first.id])
  expect(list({ kind: 'credit_note' })).toEqual([note.id])
  expect(list({ only: 'open' })).toEqual([third.id, first.id])
  expect(list({ only: 'overdue' })).toEqual([first.id])
  expect(list({ from: '2026-03-03' })).toEqual([note.id, third.id, second.id])
  expect(list({ to: '2026-03-03' })).toEqual([first.id])
  expect(list({ from: '2026-03-05' })).toEqual([])
  expect(list({ repairId: second.repairId })).toEqual([second.id])
  expect(list({ customerId: shop.customerOf(third.repairId) })).toContain(third.id)
  expect(list({ text: second.number })).toEqual([second.id])
  expect(list({ text: '20260000', kind: 'invoice' })).toEqual([third.id, second.id, first.id])
  expect(list({ text: shop.row(first.repairId).number })).toEqual([first.id])
  expect(list({ text: '没有这个人' })).toEqual([])
  const page = shop.call('invoices.list', { limit: 3 })
  expect(list({ after: page.next! })).toEqual([first.id])
  const found = shop.call('invoices.list', { text: '2026', limit: 3 })
  expect(list({ text: '2026', after: found.next!, limit: 3 })).toEqual([first.id])
})

import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeBug } from '../../kit/app.ts'
import { refusal } from '../repairs/kit.ts'
import { cashShop, type CashShop } from './cash-kit.ts'

/* The check of the money ledger: whatever was changed behind the program's back is found and named. */
let shop: CashShop
beforeEach(() => {
  shop = cashShop()
})
afterEach(() => shop.close())

/** A shop's day with everything a ledger can hold. */
function busyDay(): { invoiceId: number; repairId: number } {
  shop.openShift(10_000)
  const { id: invoiceId } = shop.invoiced(8000)
  shop.takeMoney([[invoiceId, 3000]], 'cash')
  const { id } = shop.receive()
  shop.deposit(id, 2000)
  return { invoiceId, repairId: id }
}
/** Changes rows that nobody may change. */
const tamper = (text: string) => {
  const triggers = shop.sql
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_%'`)
    .pluck()
    .all() as string[]
  shop.sql.pragma('ignore_check_constraints = ON')
  for (const name of triggers) shop.sql.exec(`DROP TRIGGER ${name}`)
  shop.sql.exec(text)
}
const check = () => shop.call('ledgers.verify', {})
const rules = () => [...new Set(check().faults.map(({ rule }) => rule))]
const nightly = () => shop.app.run('schedule.purge', { commandId: randomUUID() })

test('a day’s work is sound, and the check says how much it read', () => {
  busyDay()
  expect(check()).toEqual({ ok: true, goodsMoves: 0, moneyEntries: 9, faults: [] })
})

test('rows of the ledger and of issued papers can be neither changed nor removed', () => {
  const { invoiceId } = busyDay()
  shop.call('invoices.void', { invoiceId: shop.invoiced(100).id, reason: 'x' })
  expect(invoiceId).toBeGreaterThan(0)
  const tables = [
    'money_transactions',
    'money_entries',
    'invoices',
    'invoice_lines',
    'invoice_voids',
    'payments',
    'payment_allocations',
  ]
  for (const table of tables) {
    const column = shop.sql.prepare(`SELECT name FROM pragma_table_info('${table}') LIMIT 1`).pluck().get()
    expect(() => shop.sql.exec(`UPDATE ${table} SET ${String(column)} = ${String(column)}`)).toThrow(
      `${table} is append-only`,
    )
    expect(() => shop.sql.exec(`DELETE FROM ${table}`)).toThrow(`${table} is append-only`)
  }
})

test('a transaction that does not add up to zero is named', () => {
  busyDay()
  tamper(`UPDATE money_entries SET amount_minor = amount_minor + 1 WHERE account = 'card'`)
  const fault = check().faults.find(({ rule }) => rule === 'sum_zero')
  expect(fault).toMatchObject({ expected: 0, found: 1 })
})

test('a transaction without entries is named', () => {
  busyDay()
  tamper(`INSERT INTO money_transactions (at, on_day, kind) VALUES (0, '2026-01-01', 'payment')`)
  expect(rules()).toEqual(['has_entries'])
})

test('a balance that its entries do not give is named with both amounts', () => {
  const { repairId } = busyDay()
  tamper(`UPDATE money_balances SET amount_minor = -1900 WHERE account = 'deposits'`)
  expect(check().faults).toEqual([
    { rule: 'balance', row: `deposits ${repairId}`, expected: -2000, found: -1900 },
  ])
})

test('an invoice whose papers come to something else than is open on it is named', () => {
  const { invoiceId } = busyDay()
  tamper(`UPDATE invoices SET gross_minor = 9000, net_minor = 9000, tax_minor = 0 WHERE id = ${invoiceId}`)
  const { number } = shop.call('invoices.list', {}).rows[0]!
  expect(check().faults).toEqual([{ rule: 'invoice_open', row: number, expected: 6000, found: 5000 }])
})

test('an invoice with more paid than it came to is named', () => {
  const { invoiceId } = busyDay()
  tamper(
    `UPDATE money_balances SET amount_minor = -1 WHERE account = 'receivable' AND subject = ${invoiceId}`,
  )
  expect(rules()).toContain('invoice_overpaid')
})

test('a deposit of which more was taken than was held is named', () => {
  busyDay()
  tamper(`UPDATE money_balances SET amount_minor = 1 WHERE account = 'deposits'`)
  expect(rules()).toContain('deposit_held')
})

test('a receipt whose parts are not what its invoices got is named', () => {
  const { invoiceId } = busyDay()
  tamper(`UPDATE payment_allocations SET amount_minor = 2999 WHERE invoice_id = ${invoiceId}`)
  expect(rules()).toEqual(['invoice_open', 'receipt_allocated'])
})

test('a receipt over something else than came in is named', () => {
  busyDay()
  tamper(`UPDATE payments SET amount_minor = 1999 WHERE kind = 'deposit'`)
  expect(check().faults).toEqual([
    { rule: 'receipt_amount', row: 'R2026-00002', expected: 1999, found: 2000 },
  ])
})

test('a closed drawer with something else in it than was left is named', () => {
  busyDay()
  shop.closeShift(13_000, { leftMinor: 10_000 })
  expect(check().ok).toBe(true)
  tamper(`UPDATE shifts SET left_minor = 9000`)
  expect(check().faults).toEqual([{ rule: 'drawer', row: 'Z2026-0001', expected: 0, found: 10_000 }])
})

test.each([
  ['receipt 2026', 2],
  ['invoice 2026', 1],
  ['shift 2026', 1],
])('a number of the series %s that no paper has is named', (series, found) => {
  busyDay()
  tamper(`UPDATE number_series SET last = last + 1 WHERE series = '${series}'`)
  expect(check().faults).toEqual([{ rule: 'number_gap', row: series, expected: found + 1, found }])
})

test('both ledgers are checked once a night, and the result is kept', () => {
  expect(shop.call('ledgers.lastCheck', {})).toBeNull()
  busyDay()
  nightly()
  const first = shop.call('ledgers.lastCheck', {})
  expect(first).toMatchObject({ at: shop.clock.now(), ok: true, moneyEntries: 9, faults: [] })
  shop.clock.advance(3_600_000)
  nightly()
  expect(shop.call('ledgers.lastCheck', {})).toEqual(first)
  // From eleven in the morning to one at night.
  shop.clock.advance(14 * 3_600_000)
  nightly()
  const night = shop.clock.now()
  expect(shop.call('ledgers.lastCheck', {})?.at).toBe(night)
  shop.clock.advance(3_600_000)
  nightly()
  expect(shop.call('ledgers.lastCheck', {})?.at).toBe(night)
})

test('a shop that is switched off at night is checked by day, every third day', () => {
  nightly()
  const first = shop.clock.now()
  const later = (hours: number) => {
    shop.clock.advance(hours * 3_600_000)
    nightly()
    return shop.call('ledgers.lastCheck', {})?.at
  }
  expect(later(24)).toBe(first)
  expect(later(24)).toBe(first)
  expect(later(24)).toBe(shop.clock.now())
})

test('a fault found at night is kept for Today and stands in the audit log', () => {
  busyDay()
  tamper(`UPDATE money_balances SET amount_minor = -1900 WHERE account = 'deposits'`)
  nightly()
  expect(shop.call('ledgers.lastCheck', {})).toMatchObject({ ok: false, faults: [{ rule: 'balance' }] })
  expect(takeBug()).toMatchObject({ faults: [{ rule: 'balance' }] })
  expect(
    shop.all(`SELECT method, result FROM audit_log WHERE result <> 'ok' ORDER BY id DESC LIMIT 1`),
  ).toEqual([['ledgers.verify', 'ledger.unbalanced']])
})

test('a drawer closes over what was added since the last sound check, and over every account', () => {
  busyDay()
  nightly()
  shop.deposit(shop.receive().id, 700)
  shop.closeShift(13_000, { leftMinor: 0 })
  shop.openShift(0)
  shop.deposit(shop.receive().id, 800)
  tamper(`UPDATE money_balances SET amount_minor = amount_minor + 5 WHERE account = 'card'`)
  expect(refusal(() => shop.closeShift(0))).toMatchObject({
    code: 'ledger.unbalanced',
    params: { rule: 'balance', row: 'card', expected: 3500, found: 3505 },
  })
})

test('a fault among old rows is the night’s to find, not the drawer’s', () => {
  const { invoiceId } = busyDay()
  nightly()
  tamper(`UPDATE money_balances SET amount_minor = 1 WHERE account = 'receivable' AND subject = ${invoiceId}`)
  shop.closeShift(13_000, { leftMinor: 0 })
  shop.clock.advance(14 * 3_600_000)
  nightly()
  expect(shop.call('ledgers.lastCheck', {})?.ok).toBe(false)
  expect(takeBug()).toMatchObject({ message: 'the ledgers do not add up' })
  shop.openShift(0)
  shop.closeShift(0)
})

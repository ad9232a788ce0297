import { afterEach, beforeEach, expect, test } from 'vitest'
import { refusal } from '../repairs/kit.ts'
import { cashShop, type CashShop } from './cash-kit.ts'

/* Cash shifts: a drawer between opening and counting. */
let shop: CashShop
beforeEach(() => {
  shop = cashShop()
})
afterEach(() => shop.close())

const move = (amountMinor: number, reason = '换零钱') =>
  shop.as('counter').call('shifts.moveCash', { amountMinor, reason })
const repair = () => shop.receive().id

test('cash is taken only into an open drawer of this seat, other money without one', () => {
  const id = repair()
  expect(refusal(() => shop.deposit(id, 100, 'cash')).code).toBe('shift.required')
  shop.deposit(id, 100, 'card')
  shop.openShift(0, shop.atSeatTwo())
  expect(refusal(() => shop.deposit(id, 100, 'cash')).code).toBe('shift.required')
  shop.openShift()
  shop.deposit(id, 100, 'cash')
  expect(shop.current().expectedMinor).toBe(100)
})

test('a seat has one open drawer', () => {
  expect(shop.openShift(1000).number).toBe('Z2026-0001')
  expect(refusal(() => shop.openShift(1000, 'manager')).code).toBe('shift.already_open')
  expect(shop.openShift(1000, shop.atSeatTwo()).number).toBe('Z2026-0002')
})

test('the drawer knows what should be in it', () => {
  shop.openShift(20_000)
  shop.deposit(repair(), 5000, 'cash', 10_000)
  move(3000)
  move(-1500, '付快递')
  expect(shop.current()).toMatchObject({
    floatMinor: 20_000,
    expectedMinor: 26_500,
    methods: [{ method: 'cash', inMinor: 5000, outMinor: 0, count: 1 }],
    depositsMinor: 5000,
  })
  expect(shop.current().cashMoves.map((row) => [row.amountMinor, row.reason, row.by])).toEqual([
    [3000, '换零钱', 'counter'],
    [-1500, '付快递', 'counter'],
  ])
})

test('no more cash leaves the drawer than lies in it', () => {
  shop.openShift(1000)
  expect(refusal(() => move(-1001))).toMatchObject({ code: 'shift.cash_short', params: { available: 1000 } })
  expect(refusal(() => move(0)).path).toBe('amountMinor')
  const id = repair()
  shop.deposit(id, 5000, 'card')
  const refund = () => shop.refund({ kind: 'deposit', repairId: id }, 1001, 'cash')
  expect(refusal(refund)).toMatchObject({ code: 'shift.cash_short', params: { available: 1000 } })
  move(-1000)
  expect(shop.current().expectedMinor).toBe(0)
})

test('cash moves only while a drawer is open', () => {
  expect(refusal(() => move(100)).code).toBe('shift.required')
})

test('a difference at counting is booked, the float stays and the rest goes to the safe', () => {
  shop.openShift(20_000)
  shop.deposit(repair(), 5000, 'cash')
  const { id } = shop.current()
  expect(shop.closeShift(24_700, { leftMinor: 20_000, note: '少三块' }).differenceMinor).toBe(-300)
  expect(shop.ledger('cash', id)).toBe(20_000)
  expect(shop.ledger('cash_difference')).toBe(300)
  // The float came from the safe and 4,700 went there.
  expect(shop.ledger('safe')).toBe(-15_300)
  shop.sound()
})

test('the float left is the next drawer’s; what it is more or less goes through the safe', () => {
  shop.openShift(20_000)
  const { id: first } = shop.current()
  shop.closeShift(20_000, { leftMinor: 20_000 })
  shop.openShift(15_000)
  const { id: second } = shop.current()
  expect(shop.ledger('cash', first)).toBe(0)
  expect(shop.ledger('cash', second)).toBe(15_000)
  expect(shop.ledger('safe')).toBe(-15_000)
  shop.sound()
})

test('an empty drawer opens and closes without a booking', () => {
  shop.openShift(0)
  shop.closeShift(0)
  expect(shop.all('SELECT * FROM money_transactions')).toEqual([])
  expect(shop.as('counter').call('shifts.current', {})).toBeNull()
})

test('coins and notes that come to another sum than was typed are refused at the sum', () => {
  shop.openShift(1000)
  const counting = [
    { valueMinor: 500, count: 1 },
    { valueMinor: 100, count: 4 },
  ]
  expect(refusal(() => shop.closeShift(1000, { counting })).path).toBe('countedMinor')
  const right = [...counting, { valueMinor: 100, count: 1 }]
  expect(shop.closeShift(1000, { counting: right }).differenceMinor).toBe(0)
})

test('no more stays in the drawer than was counted', () => {
  shop.openShift(1000)
  expect(refusal(() => shop.closeShift(900, { leftMinor: 1000 })).code).toBe('shift.left_too_large')
})

test('a drawer is closed at its own seat, once, in the version that was seen', () => {
  shop.openShift(1000)
  const { id: shiftId, version } = shop.current()
  const closing = { shiftId, version, countedMinor: 1000, counting: [], leftMinor: 0, note: '' }
  const elsewhere = () => shop.as(shop.atSeatTwo()).call('shifts.close', closing)
  expect(refusal(elsewhere).code).toBe('shift.not_yours')
  const old = () => shop.as('counter').call('shifts.close', { ...closing, version: version + 1 })
  expect(refusal(old).code).toBe('stale')
  shop.as('counter').call('shifts.close', closing)
  expect(refusal(() => shop.as('counter').call('shifts.close', closing)).code).toBe('shift.closed')
})

test('a manager closes a drawer somebody forgot, and it stays marked', () => {
  const { uid, id: shiftId } = shop.openShift(1000, shop.atSeatTwo())
  const closing = { shiftId, version: 1, countedMinor: 900, leftMinor: 0, reason: '忘了交班' }
  expect(refusal(() => shop.as('counter').call('shifts.forceClose', closing)).code).toBe('forbidden')
  expect(shop.as('manager').call('shifts.forceClose', closing).differenceMinor).toBe(-100)
  expect(shop.call('shifts.get', { uid })).toMatchObject({
    forced: true,
    note: '忘了交班',
    seatName: 'Counter 2',
    openedBy: 'counter',
    closedBy: 'manager',
    expectedMinor: 1000,
    countedMinor: 900,
    differenceMinor: -100,
  })
  shop.sound()
})

test('the Z-report counts by method what came in and went out at this seat', () => {
  shop.openShift(10_000)
  const invoice = shop.invoiced(8000)
  shop.takeMoney([[invoice.id, 3000]], 'cash', { tenderedMinor: 5000 })
  const { uid } = shop.takeMoney([[invoice.id, 5000]], 'card')
  shop.as('manager').call('payments.reverse', { paymentUid: uid, reason: '刷错卡' })
  shop.takeMoney([[invoice.id, 5000]], 'wechat')
  const id = repair()
  shop.deposit(id, 2000, 'alipay')
  shop.refund({ kind: 'deposit', repairId: id }, 500, 'cash')
  const { uid: shiftUid } = shop.closeShift(12_500, { leftMinor: 10_000 })
  const report = shop.call('shifts.get', { uid: shiftUid })
  expect(report.methods).toEqual([
    { method: 'cash', inMinor: 3000, outMinor: 500, count: 2 },
    { method: 'card', inMinor: 5000, outMinor: 5000, count: 2 },
    { method: 'wechat', inMinor: 5000, outMinor: 0, count: 1 },
    { method: 'alipay', inMinor: 2000, outMinor: 0, count: 1 },
  ])
  expect(report).toMatchObject({
    expectedMinor: 12_500,
    differenceMinor: 0,
    leftMinor: 10_000,
    invoices: 1,
    invoicedMinor: 8000,
    depositsMinor: 2000,
    refundsMinor: 500,
  })
  shop.sound()
})

test('shifts are listed, the newest first, or only those still open', () => {
  shop.openShift(0)
  shop.closeShift(0)
  shop.openShift(0)
  shop.openShift(0, shop.atSeatTwo())
  const numbers = (only?: 'open') =>
    shop.call('shifts.list', only ? { only } : {}).rows.map(({ number }) => number)
  expect(numbers()).toEqual(['Z2026-0003', 'Z2026-0002', 'Z2026-0001'])
  expect(numbers('open')).toEqual(['Z2026-0003', 'Z2026-0002'])
  const page = shop.call('shifts.list', { limit: 2 })
  expect(shop.call('shifts.list', { limit: 2, after: page.next! }).rows.map(({ number }) => number)).toEqual([
    'Z2026-0001',
  ])
})

test('a drawer does not close over a ledger that does not add up, and says where', () => {
  shop.openShift(1000)
  const id = repair()
  shop.deposit(id, 500, 'cash')
  shop.sql.exec(`UPDATE money_balances SET amount_minor = amount_minor - 1 WHERE account = 'deposits'`)
  expect(refusal(() => shop.closeShift(1500))).toMatchObject({
    code: 'ledger.unbalanced',
    params: { rule: 'balance', row: `deposits ${id}`, expected: -500, found: -501 },
  })
  expect(shop.current().closedAt).toBeNull()
})

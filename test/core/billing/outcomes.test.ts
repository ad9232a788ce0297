import { afterEach, expect, test } from 'vitest'
import type { PayerShare } from '#contract/charges.ts'
import { refusal } from '../repairs/kit.ts'
import { cashShop, type CashShop } from './cash-kit.ts'

let shop: CashShop
afterEach(() => {
  shop.sound()
  shop.close()
})

const money = (repairId: number) => shop.call('charges.ofRepair', { repairId })
const solve = (
  repairId: number,
  outcome: 'repaired' | 'no_fault_found' | 'not_repairable' | 'beyond_economic_repair',
) =>
  shop.call('repairs.solve', {
    ...shop.target(repairId),
    outcome,
    findings: '查过',
    codeIds: [],
    knownDefects: [],
  })
const handOver = (repairId: number, who: 'counter' | 'manager' = 'counter') =>
  shop.as(who).call('repairs.handOver', {
    ...shop.target(repairId),
    collectedBy: '张三',
    signatureUid: null,
    noSignatureReason: 'customer_refused',
    noSignatureNote: '',
    returnedAccessoryIds: [],
    accessoriesKeptConfirmed: true,
    note: '',
  })
const kept = (repairId: number) =>
  money(repairId)
    .lines.filter((line) => line.waivedAt === null)
    .map((line) => [line.kind, line.grossMinor])

test('a device leaves when it is invoiced and paid; a manager may let it go on credit', () => {
  shop = cashShop()
  const id = shop.at('processed')
  shop.charge(id, 10_000)
  expect(refusal(() => handOver(id))).toMatchObject({ code: 'repair.unbilled', params: { amount: 10_000 } })
  const invoice = shop.issue([id])
  shop.takeMoney([[invoice.id, 9999]])
  expect(refusal(() => handOver(id))).toMatchObject({ code: 'repair.unpaid', params: { open: 1 } })
  handOver(id, 'manager')
  expect(shop.row(id).state).toBe('collected')
})

test('a paid device leaves, and so does one on which nothing is charged', () => {
  shop = cashShop()
  const paid = shop.at('processed')
  shop.charge(paid, 10_000)
  shop.takeMoney([[shop.issue([paid]).id, 10_000]])
  handOver(paid)
  const free = shop.at('processed')
  shop.charge(free, 0)
  handOver(free)
  expect([paid, free].map((id) => shop.row(id).state)).toEqual(['collected', 'collected'])
})

test('a customer on account takes the device unpaid', () => {
  shop = cashShop()
  const id = shop.at('processed')
  shop.charge(id, 10_000)
  shop.sql.exec('UPDATE customers SET on_account = 1')
  handOver(id)
  expect(shop.row(id).state).toBe('collected')
})

test('V-03: what the warranty bears keeps nobody waiting and is booked when the device leaves', () => {
  shop = cashShop()
  const id = shop.at('processed')
  const shares: PayerShare[] = [{ payer: 'warranty', customerId: null, shareBp: 10_000 }]
  shop.charge(id, 11_300, { shares })
  handOver(id)
  const warranty = shop.sql
    .prepare("SELECT sum(amount_minor) FROM money_balances WHERE account = 'warranty'")
    .pluck()
    .get()
  expect(warranty).toBe(10_000)
})

test('a repaired device costs what its lines say', () => {
  shop = cashShop()
  const id = shop.at('testing', { ceilingMinor: 10_000 })
  shop.charge(id, 10_000)
  solve(id, 'repaired')
  expect(kept(id)).toEqual([['labour', 10_000]])
})

test('no fault found costs the bench fee and nothing else', () => {
  shop = cashShop()
  const id = shop.at('testing', { benchFeeMinor: 5000 })
  shop.charge(id, 10_000)
  solve(id, 'no_fault_found')
  expect(kept(id)).toEqual([['bench_fee', 5000]])
  expect(money(id).lines[0]).toMatchObject({ waiveReason: 'fee_rule' })
  expect(money(id).dueMinor).toBe(5000)
})

test('the bench fee is on the bill once, and one a person waived does not come back', () => {
  shop = cashShop()
  const fee = { kind: 'bench_fee' as const, description: '检测费' }
  const once = shop.at('testing', { benchFeeMinor: 5000 })
  shop.charge(once, 3000, fee)
  solve(once, 'no_fault_found')
  expect(kept(once)).toEqual([['bench_fee', 3000]])
  const waived = shop.at('testing', { benchFeeMinor: 5000 })
  const { id: chargeLineId } = shop.charge(waived, 3000, fee)
  shop.call('charges.waive', { chargeLineId, reason: '老客户' })
  solve(waived, 'no_fault_found')
  expect(kept(waived)).toEqual([])
})

test('what cannot be repaired costs nothing; what is invoiced already stays', () => {
  shop = cashShop()
  const id = shop.at('testing', { benchFeeMinor: 5000 })
  shop.charge(id, 10_000)
  const { id: invoiceId } = shop.issue([id])
  shop.charge(id, 2000)
  solve(id, 'not_repairable')
  expect(kept(id)).toEqual([['labour', 10_000]])
  expect(shop.ledger('receivable', invoiceId)).toBe(10_000)
})

test('the shop sets what each outcome costs', () => {
  shop = cashShop()
  const { settings } = shop.call('settings.get', {})
  shop.settings({ feeRules: { ...settings.feeRules, beyond_economic_repair: 'charges' } })
  const id = shop.at('testing', { benchFeeMinor: 5000, ceilingMinor: 10_000 })
  shop.charge(id, 10_000)
  solve(id, 'beyond_economic_repair')
  expect(kept(id)).toEqual([['labour', 10_000]])
})

import { afterEach, expect, test } from 'vitest'
import { day, refusal } from '../repairs/kit.ts'
import { cashShop, type CashShop } from './cash-kit.ts'

let shop: CashShop
afterEach(() => {
  shop.sound()
  shop.close()
})

const codeOf = (act: () => unknown) => refusal(act).code
const get = (uid: string) => shop.call('invoices.get', { uid })
const money = (repairId: number) => shop.call('charges.ofRepair', { repairId })

test('T-16, V-10: an invoice over 100.00 with 13 % in it says 88.50 and 11.50', () => {
  shop = cashShop()
  const { uid, number, grossMinor, openMinor } = shop.invoiced(10_000)
  expect([number, grossMinor, openMinor]).toEqual(['2026000001', 10_000, 10_000])
  expect(get(uid)).toMatchObject({
    kind: 'invoice',
    state: 'open',
    netMinor: 8850,
    taxMinor: 1150,
    taxes: [{ rateBp: 1300, netMinor: 8850, taxMinor: 1150 }],
    issuedOn: '2026-03-02',
    dueOn: '2026-03-02',
    pricesIncludeTax: true,
  })
})

test('V-02: numbers follow one another without a gap, also past a refused invoice, and begin anew each year', () => {
  shop = cashShop()
  const first = shop.invoiced(100)
  const { id } = shop.receive()
  expect(codeOf(() => shop.issue([id]))).toBe('invoice.nothing_to_bill')
  shop.charge(id, 100)
  expect(codeOf(() => shop.issue([id], { expectedGrossMinor: 99 }))).toBe('invoice.total_changed')
  const second = shop.issue([id])
  const credit = shop.credit(first.id)
  shop.settings({ invoicePrefix: 'R' })
  const third = shop.invoiced(100)
  shop.clock.set(Date.UTC(2027, 0, 2))
  expect([first, second, credit, third, shop.invoiced(100)].map((each) => each.number)).toEqual([
    '2026000001',
    '2026000002',
    '2026000003',
    'R2026000004',
    'R2027000001',
  ])
})

test('V-01: an issued invoice keeps the customer’s data and can be changed by nobody', () => {
  shop = cashShop()
  shop.sql.exec("UPDATE customers SET address = '人民路 1 号', tax_number = 'TX1'")
  const { id } = shop.receive()
  shop.sql.exec("UPDATE customers SET address = '人民路 1 号', tax_number = 'TX1'")
  shop.charge(id, 100)
  const { uid } = shop.issue([id])
  shop.sql.exec("UPDATE customers SET name = '另一个', address = '', tax_number = ''")
  const { customerName, customerAddress, customerTaxNumber } = get(uid)
  expect([customerName, customerAddress, customerTaxNumber]).toEqual(['张三', '人民路 1 号', 'TX1'])
  expect(() => shop.sql.exec('UPDATE invoices SET gross_minor = 1')).toThrow('append-only')
  expect(() => shop.sql.exec('DELETE FROM invoice_lines')).toThrow('append-only')
})

test('T-18: with the clock set back no invoice is issued before the last one', () => {
  shop = cashShop()
  const { id: invoiceId } = shop.invoiced(100)
  const { id } = shop.receive()
  shop.charge(id, 100)
  shop.clock.advance(-day)
  expect(refusal(() => shop.issue([id]))).toMatchObject({
    code: 'invoice.clock_behind',
    params: { last: '2026-03-02' },
  })
  expect(codeOf(() => shop.credit(invoiceId))).toBe('invoice.clock_behind')
  shop.clock.advance(day)
  expect(shop.issue([id]).number).toBe('2026000002')
})

test('two clerks invoice the same lines: the second is told', () => {
  shop = cashShop()
  const { id } = shop.receive()
  shop.charge(id, 100)
  const seen = money(id).unbilled.payers[0]!.grossMinor
  shop.charge(id, 50)
  expect(refusal(() => shop.issue([id], { expectedGrossMinor: seen }))).toMatchObject({
    code: 'invoice.total_changed',
    params: { gross: 150 },
  })
  shop.issue([id], { expectedGrossMinor: 150 })
  expect(codeOf(() => shop.issue([id], { expectedGrossMinor: 150 }))).toBe('invoice.nothing_to_bill')
})

test('several rates on one invoice stand apart', () => {
  shop = cashShop()
  const [, six] = shop.call('prices.taxCodes', {})
  const { id } = shop.receive()
  shop.charge(id, 11_300)
  shop.charge(id, 10_600, { taxCodeId: six!.id })
  const { taxes, lines } = get(shop.issue([id]).uid)
  expect(taxes).toEqual([
    { rateBp: 1300, netMinor: 10_000, taxMinor: 1300 },
    { rateBp: 600, netMinor: 10_000, taxMinor: 600 },
  ])
  expect(lines.map((line) => [line.no, line.rateBp, line.grossMinor])).toEqual([
    [1, 1300, 11_300],
    [2, 600, 10_600],
  ])
})

test('cash rounding is a line of its own and part of what is due', () => {
  shop = cashShop()
  shop.settings({ cashStepMinor: 5 })
  const { id } = shop.receive()
  shop.charge(id, 9998)
  const { id: invoiceId, uid, grossMinor, openMinor } = shop.issue([id], { cashRounding: true })
  expect([grossMinor, openMinor]).toEqual([9998, 10_000])
  expect(get(uid)).toMatchObject({ roundingMinor: 2, grossMinor: 9998, openMinor: 10_000 })
  expect(shop.ledger('rounding')).toBe(-2)
  // Credited whole, the rounding goes back with it.
  shop.credit(invoiceId)
  expect([shop.ledger('receivable', invoiceId), shop.ledger('rounding')]).toEqual([0, 0])
  expect(get(uid).state).toBe('credited')
})

test('one invoice bills several repairs of a customer, and only of one', () => {
  shop = cashShop()
  const [a, b, c] = [shop.receive().id, shop.receive().id, shop.receive().id] as const
  shop.sql.prepare('UPDATE repairs SET customer_id = ? WHERE id = ?').run(shop.customerOf(a), b)
  for (const id of [a, b, c]) shop.charge(id, 100)
  expect(codeOf(() => shop.issue([a, c]))).toBe('invoice.other_customer')
  expect(codeOf(() => shop.issue([a, a]))).toBe('field.duplicate')
  expect(codeOf(() => shop.issue([a, 99_999]))).toBe('field.not_found')
  expect(shop.issue([a, b]).grossMinor).toBe(200)
  expect([a, b].map((id) => money(id).openMinor)).toEqual([200, 200])
  shop.sql.prepare('UPDATE repairs SET customer_id = NULL WHERE id = ?').run(c)
  expect(codeOf(() => shop.issue([c]))).toBe('invoice.no_customer')
})

test('an invoice over nothing is none, but a free line may stand beside others', () => {
  shop = cashShop()
  const { id } = shop.receive()
  shop.charge(id, 0)
  expect(codeOf(() => shop.issue([id]))).toBe('invoice.nothing_to_bill')
  shop.charge(id, 100)
  expect(get(shop.issue([id]).uid).lines).toHaveLength(2)
})

test('V-04: a deposit is taken off the invoice at once, what is left of it stays held', () => {
  shop = cashShop()
  const { id } = shop.receive()
  shop.deposit(id, 3000)
  shop.charge(id, 10_000)
  expect(money(id)).toMatchObject({ depositMinor: 3000, dueMinor: 7000 })
  const first = shop.issue([id])
  expect([first.grossMinor, first.openMinor]).toEqual([10_000, 7000])
  expect(get(first.uid).state).toBe('part_paid')
  shop.deposit(id, 9000)
  shop.charge(id, 2000)
  expect(shop.issue([id]).openMinor).toBe(0)
  expect(money(id)).toMatchObject({ depositMinor: 7000, openMinor: 7000, dueMinor: 0 })
})

test('a cancelled repair’s deposit stays held and can be given back', () => {
  shop = cashShop()
  const { id } = shop.receive()
  shop.deposit(id, 3000)
  shop.call('repairs.cancel', { ...shop.targets(id), reason: '不修了' })
  expect(money(id)).toMatchObject({ depositMinor: 3000, dueMinor: -3000 })
  shop.refund({ kind: 'deposit', repairId: id }, 3000)
  expect(money(id)).toMatchObject({ depositMinor: 0, dueMinor: 0 })
})

test('an unpaid invoice can be made void and its lines invoiced again; the number stays used', () => {
  shop = cashShop()
  const { repairId, id: invoiceId, uid } = shop.invoiced(100)
  const makeVoid = () => shop.call('invoices.void', { invoiceId, reason: '抬头写错' })
  makeVoid()
  expect(get(uid)).toMatchObject({
    state: 'void',
    openMinor: 0,
    voided: { reason: '抬头写错', by: '王店主' },
  })
  expect(codeOf(makeVoid)).toBe('invoice.void')
  expect(codeOf(() => shop.credit(invoiceId))).toBe('invoice.void')
  expect(codeOf(() => shop.call('invoices.writeOff', { invoiceId, amountMinor: 1, reason: 'x' }))).toBe(
    'invoice.void',
  )
  expect(codeOf(() => shop.takeMoney([[invoiceId, 100]]))).toBe('invoice.void')
  const [line] = money(repairId).lines
  expect(line?.invoiceId).toBeNull()
  expect(shop.issue([repairId]).number).toBe('2026000002')
  expect([shop.ledger('revenue'), shop.ledger('tax')]).toEqual([-88, -12])
})

test('an invoice on which money was taken or credited is not made void', () => {
  shop = cashShop()
  const makeVoid = (invoiceId: number) => () => shop.call('invoices.void', { invoiceId, reason: '写错' })
  const paid = shop.invoiced(100)
  shop.takeMoney([[paid.id, 40]])
  expect(codeOf(makeVoid(paid.id))).toBe('invoice.has_payments')
  const credited = shop.invoiced(100)
  const note = shop.credit(credited.id, 40)
  expect(codeOf(makeVoid(credited.id))).toBe('invoice.has_payments')
  expect(codeOf(makeVoid(note.id))).toBe('invoice.not_an_invoice')
  expect(codeOf(makeVoid(99_999))).toBe('not_found')
})

test('what will never be paid is written off with a reason, never more than is open', () => {
  shop = cashShop()
  const { id: invoiceId, uid, repairId } = shop.invoiced(100)
  const writeOff = (amountMinor: number, who: 'counter' | 'manager' = 'manager') =>
    shop.as(who).call('invoices.writeOff', { invoiceId, amountMinor, reason: '破产' })
  expect(codeOf(() => writeOff(10, 'counter'))).toBe('forbidden')
  expect(refusal(() => writeOff(101))).toMatchObject({ code: 'payment.too_large', params: { open: 100 } })
  writeOff(60)
  expect([get(uid).openMinor, get(uid).state]).toEqual([40, 'part_paid'])
  writeOff(40)
  expect([get(uid).state, shop.ledger('write_off')]).toEqual(['paid', 100])
  expect(shop.log(repairId).at(-1)).toMatchObject({
    text: '破产',
    detail: { act: 'write_off', amountMinor: 40 },
  })
})

test('what is due when follows the customer’s agreement, unless the clerk says another day', () => {
  shop = cashShop()
  const { id } = shop.receive()
  shop.sql.exec('UPDATE customers SET payment_days = 30')
  shop.charge(id, 100)
  expect(get(shop.issue([id]).uid).dueOn).toBe('2026-04-01')
  shop.charge(id, 100)
  expect(get(shop.issue([id], { dueOn: '2026-03-09' }).uid).dueOn).toBe('2026-03-09')
})

test('a clerk at the counter issues invoices but takes none back', () => {
  shop = cashShop()
  const { id } = shop.receive()
  shop.charge(id, 100)
  const input = {
    repairIds: [id],
    payer: 'customer' as const,
    customerId: null,
    cashRounding: false,
    dueOn: null,
    note: '',
    expectedGrossMinor: null,
  }
  expect(codeOf(() => shop.as('technician').call('invoices.issue', input))).toBe('forbidden')
  const { id: invoiceId } = shop.as('counter').call('invoices.issue', input)
  expect(codeOf(() => shop.as('counter').call('invoices.void', { invoiceId, reason: 'x' }))).toBe('forbidden')
  expect(
    codeOf(() => shop.as('counter').call('invoices.credit', { invoiceId, lines: null, reason: 'x' })),
  ).toBe('forbidden')
})

test('the yen has no decimals and the dinar three; invoices are exact in both', () => {
  shop = cashShop()
  shop.sql.exec("UPDATE settings SET value = json_set(value, '$.currency', 'JPY'), version = version + 1")
  const yen = shop.invoiced(1000)
  expect(get(yen.uid)).toMatchObject({ currency: 'JPY', netMinor: 885, taxMinor: 115, grossMinor: 1000 })
  shop.sql.exec("UPDATE settings SET value = json_set(value, '$.currency', 'KWD'), version = version + 1")
  shop.settings({ cashStepMinor: 5 })
  const { id } = shop.receive()
  shop.charge(id, 12_347)
  const dinar = shop.issue([id], { cashRounding: true })
  expect(get(dinar.uid)).toMatchObject({
    currency: 'KWD',
    grossMinor: 12_347,
    roundingMinor: -2,
    openMinor: 12_345,
  })
})

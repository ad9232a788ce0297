import { afterEach, expect, test } from 'vitest'
import fc from 'fast-check'
import { refusal } from '../repairs/kit.ts'
import { cashShop, type CashShop } from './cash-kit.ts'

let shop: CashShop
afterEach(() => {
  shop.sound()
  shop.close()
})

const seed = Number(process.env['BENCHSIDE_SEED'])
const codeOf = (act: () => unknown) => refusal(act).code
const get = (uid: string) => shop.call('invoices.get', { uid })

test('V-05: a credit note names its invoice and the reason, and takes back tax in proportion', () => {
  shop = cashShop()
  const { id: invoiceId, uid, number, repairId } = shop.invoiced(10_000)
  const note = shop.credit(invoiceId, 5000)
  expect([note.grossMinor, note.openMinor]).toEqual([5000, 5000])
  expect(get(note.uid)).toMatchObject({
    kind: 'credit_note',
    state: 'credited',
    original: { uid, number },
    reason: '让价',
    netMinor: 4425,
    taxMinor: 575,
    taxes: [{ rateBp: 1300, netMinor: 4425, taxMinor: 575 }],
    openMinor: 0,
    customerName: '张三',
  })
  const original = get(uid)
  expect(original.lines[0]?.creditedMinor).toBe(5000)
  expect(original.creditNotes).toEqual([{ uid: note.uid, number: note.number, grossMinor: 5000 }])
  expect([original.state, original.openMinor]).toEqual(['open', 5000])
  expect(shop.call('charges.ofRepair', { repairId })).toMatchObject({ openMinor: 5000, dueMinor: 5000 })
})

test('T-13: the same credit note twice: the second is refused', () => {
  shop = cashShop()
  const { id: invoiceId } = shop.invoiced(10_000)
  shop.credit(invoiceId)
  expect(codeOf(() => shop.credit(invoiceId))).toBe('invoice.credit_too_large')
  expect(codeOf(() => shop.credit(invoiceId, 1))).toBe('invoice.credit_too_large')
})

test('V-05: of a line no more is credited than is left of it', () => {
  shop = cashShop()
  const { id } = shop.receive()
  shop.charge(id, 10_000)
  shop.charge(id, 500)
  const { id: invoiceId } = shop.issue([id])
  const credit =
    (...lines: { no: number; grossMinor: number }[]) =>
    () =>
      shop.call('invoices.credit', { invoiceId, lines, reason: '退' })
  credit({ no: 1, grossMinor: 9999 })()
  expect(refusal(credit({ no: 2, grossMinor: 1 }, { no: 1, grossMinor: 2 }))).toMatchObject({
    code: 'invoice.credit_too_large',
    path: 'lines.1.grossMinor',
    params: { remaining: 1 },
  })
  expect(codeOf(credit({ no: 3, grossMinor: 1 }))).toBe('field.not_found')
  expect(codeOf(credit({ no: 2, grossMinor: 1 }, { no: 2, grossMinor: 1 }))).toBe('field.duplicate')
  expect(codeOf(credit({ no: 2, grossMinor: 0 }))).toBe('field.out_of_range')
  // The rest of everything, in one.
  expect(shop.credit(invoiceId).grossMinor).toBe(501)
})

test('a credit note cannot be credited', () => {
  shop = cashShop()
  const note = shop.credit(shop.invoiced(100).id)
  expect(codeOf(() => shop.credit(note.id))).toBe('invoice.not_an_invoice')
  expect(codeOf(() => shop.credit(99_999))).toBe('not_found')
})

test('V-05: crediting a paid invoice leaves what was paid too much, which can be given back and no more', () => {
  shop = cashShop()
  const { id: invoiceId, uid } = shop.invoiced(10_000)
  shop.takeMoney([[invoiceId, 10_000]])
  expect(shop.credit(invoiceId, 4000).openMinor).toBe(-4000)
  expect([get(uid).state, get(uid).openMinor]).toEqual(['paid', -4000])
  expect(codeOf(() => shop.refund({ kind: 'invoice', invoiceId }, 4001))).toBe('payment.refund_too_large')
  shop.refund({ kind: 'invoice', invoiceId }, 4000, 'transfer')
  expect(get(uid).openMinor).toBe(0)
})

test('however an invoice is credited in parts, in the end nothing of it is left, tax and net each', () => {
  shop = cashShop()
  const amounts = fc.array(fc.integer({ min: 1, max: 99_999 }), { minLength: 1, maxLength: 3 })
  const cuts = fc.array(fc.integer({ min: 1, max: 50_000 }), { maxLength: 4 })
  fc.assert(
    fc.property(amounts, cuts, fc.boolean(), (prices, parts, includesTax) => {
      shop.settings({ pricesIncludeTax: includesTax })
      const before = [shop.ledger('revenue'), shop.ledger('tax'), shop.ledger('rounding')]
      const { id } = shop.receive()
      for (const price of prices) shop.charge(id, price)
      const { id: invoiceId, uid } = shop.issue([id])
      for (const part of parts) {
        const line = get(uid).lines.find((one) => one.grossMinor - one.creditedMinor >= part)
        if (line) {
          const { no } = line
          shop.call('invoices.credit', { invoiceId, lines: [{ no, grossMinor: part }], reason: '退' })
        }
      }
      const left = get(uid)
      if (left.lines.some((line) => line.creditedMinor < line.grossMinor)) shop.credit(invoiceId)
      expect([shop.ledger('revenue'), shop.ledger('tax'), shop.ledger('rounding')]).toEqual(before)
      expect(get(uid)).toMatchObject({ state: 'credited', openMinor: 0 })
    }),
    { seed, numRuns: 25 },
  )
})

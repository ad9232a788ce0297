import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PayerShare } from '#contract/charges.ts'
import { AppError } from '#core/app.ts'
import { cashShop, type CashShop } from '../core/billing/cash-kit.ts'
import { goOnUntil } from '../kit/go-on-until.ts'

const seed = Number(process.env['BENCHSIDE_SEED'])

const acts = ['charge', 'issue', 'issue_insurer', 'book', 'void', 'credit', 'waive', 'remove'] as const
const steps = fc.array(
  fc.record({
    act: fc.constantFrom(...acts, 'charge' as const, 'issue' as const, 'void' as const),
    price: fc.integer({ min: 0, max: 99_999 }),
    cut: fc.integer({ min: 0, max: 10_000 }),
    split: fc.constantFrom('whole', 'warranty', 'insurer', 'all', 'goodwill'),
    target: fc.nat(20),
  }),
  { minLength: 25, maxLength: 25 },
)
type Step = (typeof steps extends fc.Arbitrary<infer T> ? T : never) extends (infer S)[] ? S : never

function sharesOf(step: Step, insurer: number): PayerShare[] {
  const share = (payer: PayerShare['payer'], shareBp: number, customerId: number | null = null) => ({
    payer,
    customerId,
    shareBp,
  })
  const { cut } = step
  switch (step.split) {
    case 'whole':
      return [share('customer', 10_000)]
    case 'insurer':
      return [share('customer', cut), share('customer', 10_000 - cut, insurer)]
    case 'all':
      return [share('customer', 3333), share('warranty', 3333), share('customer', 3333, insurer)]
    default:
      return [share('customer', cut), share(step.split, 10_000 - cut)]
  }
}

function take(shop: CashShop, repairId: number, insurer: number, step: Step): void {
  const pick = (text: string): number => {
    const ids = shop.all(text).flat() as number[]
    return ids[step.target % Math.max(1, ids.length)] ?? 0
  }
  const chargeLineId = (): number => pick('SELECT id FROM charge_lines ORDER BY id')
  const invoiceId = (): number => pick('SELECT id FROM invoices ORDER BY id')
  switch (step.act) {
    case 'charge':
      return void shop.charge(repairId, step.price, { shares: sharesOf(step, insurer) })
    case 'issue':
      return void shop.issue([repairId])
    case 'issue_insurer':
      return void shop.issue([repairId], { customerId: insurer })
    case 'book':
      return void shop.issue([repairId], { payer: step.target % 2 ? 'warranty' : 'goodwill' })
    case 'void':
      return void shop.call('invoices.void', { invoiceId: invoiceId(), reason: '写错' })
    case 'credit':
      return void shop.credit(invoiceId(), step.cut || null)
    case 'waive':
      return void shop.call('charges.waive', { chargeLineId: chargeLineId(), reason: '减免' })
    case 'remove':
      return void shop.call('charges.remove', { chargeLineId: chargeLineId(), reason: '写错' })
  }
}

const twiceText = `SELECT il.charge_line_id, i.payer, i.customer_id, count(*) FROM invoice_lines il
  JOIN invoices i ON i.id = il.invoice_id WHERE i.kind = 'invoice'
  AND NOT EXISTS (SELECT 1 FROM invoice_voids v WHERE v.invoice_id = i.id)
  GROUP BY 1, 2, 3 HAVING count(*) > 1`
const heldText = `SELECT c.id FROM charge_lines c WHERE (c.invoice_id IS NOT NULL) <> EXISTS (
  SELECT 1 FROM invoice_lines il JOIN invoices i ON i.id = il.invoice_id
  WHERE il.charge_line_id = c.id AND i.kind = 'invoice'
    AND NOT EXISTS (SELECT 1 FROM invoice_voids v WHERE v.invoice_id = i.id))`
const sumsText = `SELECT i.number FROM invoices i JOIN invoice_lines l ON l.invoice_id = i.id GROUP BY i.id
  HAVING sum(l.gross_minor) <> i.gross_minor OR sum(l.net_minor) <> i.net_minor OR sum(l.tax_minor) <> i.tax_minor`

test(
  'however payers share lines, whoever is invoiced when: no share is billed twice and every document adds up',
  { timeout: 120_000 },
  () => {
    const done = new Set<string>()
    const billed = fc.property(steps, fc.boolean(), (given, includesTax) => {
      const shop = cashShop()
      try {
        shop.settings({ pricesIncludeTax: includesTax })
        const insurer = shop.customerOf(shop.receive().id)
        const { id: repairId } = shop.receive()
        for (const step of given) {
          try {
            take(shop, repairId, insurer, step)
            done.add(step.act)
          } catch (error) {
            if (!(error instanceof AppError) || error.code === 'internal') throw error
          }
          expect(shop.all(twiceText)).toEqual([])
          expect(shop.all(heldText)).toEqual([])
          expect(shop.all(sumsText)).toEqual([])
          shop.sound()
        }
        // What was shown is what is billed: nobody's total changes by issuing.
        const { unbilled } = shop.call('charges.ofRepair', { repairId })
        const own = unbilled.payers.find(({ payer, customerId }) => payer === 'customer' && !customerId)
        const shown = own?.grossMinor ?? 0
        expect(shown > 0 ? shop.issue([repairId]).grossMinor : 0).toBe(shown)
      } finally {
        shop.close()
      }
    })
    const round = (from: number) => fc.assert(billed, { seed: from, numRuns: 40 })
    expect(goOnUntil(seed, round, () => acts.filter((act) => !done.has(act)))).toEqual([])
  },
)

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pairSame, type PricedLineInput } from '#contract/charges.ts'
import { AppError } from '#core/app.ts'
import { benchShop, type BenchShop } from '../core/quotes/bench-kit.ts'
import { goOnUntil } from '../kit/go-on-until.ts'

const seed = Number(process.env['BENCHSIDE_SEED'])

/* Few words and prices, so that lines that say the same are common. */
const acts = ['hand', 'change', 'remove', 'quote', 'approve', 'refuse', 'invoice', 'use'] as const
const steps = fc.array(
  fc.record({
    act: fc.constantFrom(...acts, 'hand' as const, 'quote' as const, 'quote' as const, 'approve' as const),
    what: fc.nat(3),
    price: fc.constantFrom(400, 5000, 9000),
    /** The quote names what is on the bill already, as the window offers it. */
    named: fc.boolean(),
    target: fc.nat(9),
  }),
  { minLength: 18, maxLength: 18 },
)
type Step = (typeof steps extends fc.Arbitrary<infer T> ? T : never) extends (infer S)[] ? S : never

interface Bench {
  readonly shop: BenchShop
  readonly id: number
  readonly battery: number
}

const billOf = ({ shop, id }: Bench) => shop.bill(id).lines.filter(({ waivedAt }) => waivedAt === null)
const handOf = ({ shop, id }: Bench) => shop.call('quotes.ofRepair', { repairId: id }).handLines

function lineOf({ shop, battery }: Bench, { what, price }: Step): PricedLineInput {
  if (what === 0) return shop.partLine(battery, price)
  return what === 1 ? shop.line(price) : shop.line(price, { kind: 'fee', description: `费用 ${what}` })
}

/** A line of the bill as a quote takes it. */
function asInput(line: PricedLineInput & { id: number }): PricedLineInput {
  const { kind, serviceId, partId, description, quantity, unitMinor, discountMinor, taxCodeId } = line
  const { shares, standardMinutes, warrantyMonths } = line
  const what = { kind, serviceId, partId, description, quantity, unitMinor, discountMinor, taxCodeId }
  return { ...what, shares, standardMinutes, warrantyMonths }
}

/** Writes or replaces the draft: what was approved before, what is on the bill by hand or not, and one line more. Mostly it is sent. */
function write(bench: Bench, step: Step): void {
  const { shop, id } = bench
  const approved = shop.quotes(id).find(({ state }) => state === 'approved')
  const chosen = approved?.options.find(({ no }) => no === approved.decision?.optionNo)
  const hand = step.named ? handOf(bench) : []
  const lines = [...(chosen?.lines ?? []), ...hand].map(asInput).slice(0, 12)
  const draft = shop.quotes(id).find(({ state }) => state === 'draft')
  const target = draft ? { quoteId: draft.id, version: draft.version } : null
  const saved = shop.quote(id, [shop.option(...lines, lineOf(bench, step))], { draft: target })
  if (step.target > 1) shop.send(saved)
}

/** The customer says yes: each line of the option, each line of the bill it did not name, and what stays, once. */
function approve(bench: Bench): string {
  const { shop, id } = bench
  const sent = shop.quotes(id).find(({ state }) => state === 'sent')
  if (!sent) return ''
  const before = billOf(bench)
  const written = before.filter(({ source }) => source === 'counter')
  const lines = sent.options[0]!.lines.map(asInput)
  shop.approve(sent)
  const after = billOf(bench)
  // What an invoice got before the quote was written is a thing of its own, whatever it says.
  const open = written.filter(
    ({ invoiceId }) => invoiceId === null || isSince(shop, invoiceId, sent.createdAt),
  )
  const named = pairSame(lines, open).filter((line) => line !== undefined)
  const unnamed = written.filter((line) => !named.includes(line))
  const agreed = new Set(before.filter(({ source }) => source === 'quote').map((line) => line.id))
  const stays = after.filter((line) => agreed.has(line.id))
  expect(after).toHaveLength(lines.length + unnamed.length + stays.length)
  const { presentMinor, agreedMinor } = shop.standing(id)
  expect(presentMinor).toBe((agreedMinor ?? 0) + total(unnamed))
  return named.length > 0 ? 'approve named' : 'approve'
}

function isSince(shop: BenchShop, invoiceId: number, at: number): boolean {
  const [[issuedAt] = []] = shop.all(`SELECT issued_at FROM invoices WHERE id = ${invoiceId}`)
  return Number(issuedAt) >= at
}

/** The customer says no: what they were asked about is not charged beyond what they had agreed to. */
function refuse(bench: Bench): string {
  const { shop, id } = bench
  const sent = shop.quotes(id).find(({ state }) => state === 'sent')
  if (!sent) return ''
  const named = pairSame(sent.options[0]!.lines.map(asInput), handOf(bench)).flatMap((one) => one?.id ?? [])
  shop.refuse(sent)
  const { presentMinor, limitMinor } = shop.standing(id)
  const left = handOf(bench).filter((line) => named.includes(line.id))
  if (presentMinor > (limitMinor ?? 0)) expect(left).toEqual([])
  return left.length < named.length ? 'refuse named' : 'refuse'
}

/** A part goes in: only what the customer agreed to, with the shop's margin, is spent. */
function use({ shop, id }: Bench, target: number): string {
  const reserved = shop.partsOf(id).filter(({ state }) => state === 'reserved')
  const line = reserved[target % Math.max(reserved.length, 1)]
  if (!line) return ''
  shop.issue(line)
  const issued = shop.partsOf(id).find((one) => one.id === line.id && one.state === 'issued')
  if (!issued) return ''
  shop.settle(issued, 'used')
  const { presentMinor, limitMinor } = shop.standing(id)
  expect(presentMinor).toBeLessThanOrEqual(limitMinor ?? 0)
  return 'use'
}

/** Takes a step; answers what came of it. */
function take(bench: Bench, step: Step): string {
  const { shop, id } = bench
  const hand = handOf(bench)
  const chargeLineId = hand[step.target % Math.max(hand.length, 1)]?.id ?? 0
  const { act } = step
  if (act === 'approve') return approve(bench)
  if (act === 'refuse') return refuse(bench)
  if (act === 'use') return use(bench, step.target)
  if (act === 'hand') shop.call('charges.add', { repairId: id, line: lineOf(bench, step) })
  if (act === 'change') shop.call('charges.update', { chargeLineId, line: lineOf(bench, step) })
  if (act === 'remove') shop.call('charges.remove', { chargeLineId, reason: '写错' })
  if (act === 'quote') write(bench, step)
  if (act === 'invoice') {
    const invoice = { repairIds: [id], payer: 'customer' as const, customerId: null, cashRounding: false }
    shop.call('invoices.issue', { ...invoice, dueOn: null, note: '', expectedGrossMinor: null })
  }
  return act
}

const total = (lines: readonly PricedLineInput[]): number =>
  lines.reduce((sum, line) => sum + line.unitMinor, 0)

/** What is billed is within what was agreed and its margin, or the shop is told to ask. */
function check(bench: Bench): void {
  const { shop, id } = bench
  const { state, presentMinor, limitMinor } = shop.standing(id)
  expect(presentMinor).toBe(total(billOf(bench)))
  const approved = shop.quotes(id).find((quote) => quote.state === 'approved')?.decision?.amountMinor
  expect(limitMinor).toBe(approved === undefined || approved === null ? null : Math.round(approved * 1.1))
  const isBeyond = presentMinor > (limitMinor ?? 0)
  const isWrong = isBeyond && approved !== undefined && state !== 'needed_again' && state !== 'asked'
  expect([state, isWrong, isBeyond && state === 'approved']).toEqual([state, false, false])
  const planned = shop
    .partsOf(id)
    .flatMap(({ state: at, chargeLineId }) => (at === 'cancelled' ? [] : (chargeLineId ?? [])))
  expect(new Set(planned).size).toBe(planned.length)
  expect(shop.call('ledgers.verify', {}).faults).toEqual([])
}

test(
  'whatever is written on a bill and quoted again: nothing is charged or planned twice, and beyond the agreed amount the customer is asked',
  { timeout: 120_000 },
  () => {
    const done = new Set<string>()
    const quoted = fc.property(steps, (given) => {
      const shop = benchShop()
      try {
        const id = shop.at('diagnosing')
        const bench = { shop, id, battery: shop.part(50) }
        shop.find(id)
        for (const step of given) {
          shop.clock.advance(1000)
          try {
            done.add(take(bench, step))
          } catch (error) {
            if (!(error instanceof AppError) || error.code === 'internal') throw error
            done.add(error.code)
          }
          check(bench)
        }
      } finally {
        shop.close()
      }
    })
    const round = (from: number) => fc.assert(quoted, { seed: from, numRuns: 40 })
    const wanted = [...acts, 'approve named', 'refuse named', 'charge.quoted']
    expect(goOnUntil(seed, round, () => wanted.filter((one) => !done.has(one)))).toEqual([])
  },
)

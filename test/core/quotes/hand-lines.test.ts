import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PricedLineInput } from '#contract/charges.ts'
import { refusal } from '../repairs/kit.ts'
import { benchShop, type BenchShop } from './bench-kit.ts'

/* A line written on the bill by hand that a quote takes over; the title names the rule. */
let shop: BenchShop
beforeEach(() => {
  shop = benchShop()
})
afterEach(() => shop.close())

const add = (repairId: number, line: PricedLineInput) => shop.call('charges.add', { repairId, line }).id
const glue = (unitMinor = 6000, more: Partial<PricedLineInput> = {}) =>
  shop.line(unitMinor, { kind: 'fee', description: '后盖胶', standardMinutes: 0, ...more })
const hand = (repairId: number) =>
  shop.call('quotes.ofRepair', { repairId }).handLines.map(({ description }) => description)

describe('approved', () => {
  test('a line on the bill that a new quote names is charged once, and nobody has to be asked again', () => {
    const id = shop.at('diagnosing')
    shop.approve(shop.asked(id, [shop.option(shop.line(10_000))]))
    const chargeLineId = add(id, glue())
    expect(shop.standing(id).state).toBe('needed_again')
    expect(hand(id)).toEqual(['后盖胶'])
    shop.approve(shop.asked(id, [shop.option(shop.line(10_000), glue())]))
    expect(shop.standing(id)).toMatchObject({
      state: 'approved',
      agreedMinor: 16_000,
      presentMinor: 16_000,
    })
    expect(shop.bill(id).lines.map(({ id: line }) => line)).toContain(chargeLineId)
    expect(shop.bill(id).lines).toHaveLength(2)
    expect(hand(id)).toEqual([])
    // From then on it is the quote's: the next approval takes its place like that of any other line.
    shop.approve(shop.asked(id, [shop.option(shop.line(12_000))]))
    expect(shop.billed(id)).toEqual([['labour', 12_000]])
  })

  test('two lines that say the same are two, and what the quote does not name stays on top', () => {
    const id = shop.at('diagnosing')
    add(id, glue())
    add(id, glue())
    add(id, glue(700))
    shop.approve(shop.asked(id, [shop.option(glue(), shop.line(9000))]))
    const prices = shop.billed(id).map(([, price]) => price)
    expect(prices.toSorted()).toEqual([6000, 6000, 700, 9000].toSorted())
    expect(shop.standing(id)).toMatchObject({ agreedMinor: 15_000, presentMinor: 21_700 })
    expect(shop.standing(id).state).toBe('needed_again')
  })

  test('a part and work that are at the repair already are not planned a second time', () => {
    const id = shop.at('diagnosing')
    const battery = shop.part(3)
    shop.call('stock.plan', { repairId: id, partId: battery, quantity: 1000, reserve: true })
    const labour = {
      serviceId: null,
      description: '除胶',
      standardMinutes: 0,
      actualMinutes: 20,
      doneOn: null,
      credits: [],
      note: '',
    }
    shop.call('work.addLabour', { repairId: id, ...labour })
    const lines = [shop.partLine(battery, 20_000), shop.line(5000, { description: '除胶' })]
    const [part, work] = lines.map((line) => add(id, line))
    shop.approve(shop.asked(id, [shop.option(...lines)]))
    expect(shop.partsOf(id)).toMatchObject([{ state: 'reserved', chargeLineId: part }])
    expect(shop.labour(id)).toMatchObject([
      { chargeLineId: work, actualMinutes: 20, standardMinutes: 30, doneOn: shop.today() },
    ])
    expect(shop.billed(id)).toHaveLength(2)
  })

  test('an earlier quote’s battery goes on under the new line, the one sold by hand keeps its own', () => {
    const id = shop.at('diagnosing')
    const battery = shop.part(3)
    shop.approve(shop.asked(id, [shop.option(shop.partLine(battery, 20_000))]))
    add(id, shop.partLine(battery, 20_000))
    const both = shop.option(shop.partLine(battery, 20_000), shop.partLine(battery, 20_000))
    shop.approve(shop.asked(id, [both]))
    expect(shop.billed(id)).toHaveLength(2)
    expect(shop.partsOf(id).map(({ state }) => state)).toEqual(['reserved', 'reserved'])
    expect(new Set(shop.partsOf(id).map(({ chargeLineId }) => chargeLineId))).toEqual(
      new Set(shop.bill(id).lines.map(({ id: line }) => line)),
    )
  })

  test('a line invoiced while the customer was thinking is not charged on top of its invoice', () => {
    const id = shop.at('diagnosing')
    add(id, glue())
    const sent = shop.asked(id, [shop.option(glue(), shop.line(9000))])
    shop.clock.advance(1000)
    const issue = { repairIds: [id], payer: 'customer' as const, customerId: null, cashRounding: false }
    shop.call('invoices.issue', { ...issue, dueOn: null, note: '', expectedGrossMinor: null })
    shop.approve(sent)
    expect(shop.billed(id)).toEqual([
      ['fee', 6000],
      ['labour', 9000],
    ])
    expect(shop.standing(id)).toMatchObject({ state: 'approved', agreedMinor: 15_000, presentMinor: 15_000 })
  })

  test('within the ceiling of intake the line on the bill counts once', () => {
    const id = shop.at('diagnosing', { ceilingMinor: 15_000 })
    add(id, glue())
    shop.find(id)
    shop.approve(shop.quote(id, [shop.option(glue(), shop.line(9000))]), { way: 'ceiling' })
    expect(shop.standing(id)).toMatchObject({ state: 'approved', presentMinor: 15_000 })
  })
})

describe('while the customer is asked', () => {
  test('the line stays as they were shown it, until they have answered', () => {
    const id = shop.at('diagnosing')
    const chargeLineId = add(id, glue())
    const free = add(id, glue(50))
    const sent = shop.asked(id, [shop.option(glue())])
    const { number } = shop.quotes(id)[0]!
    const quoted = { code: 'charge.quoted', params: { number } }
    expect(refusal(() => shop.call('charges.update', { chargeLineId, line: glue(1) }))).toMatchObject(quoted)
    expect(refusal(() => shop.call('charges.remove', { chargeLineId, reason: '不要' }))).toMatchObject(quoted)
    expect(refusal(() => shop.call('charges.waive', { chargeLineId, reason: '老客户' }))).toMatchObject(
      quoted,
    )
    shop.call('charges.update', { chargeLineId: free, line: glue(60) })
    shop.approve(sent)
    shop.call('charges.update', { chargeLineId, line: glue(5000) })
    expect(shop.standing(id)).toMatchObject({ presentMinor: 5060, agreedMinor: 6000 })
  })

  test('a quote that ran out holds nothing fast', () => {
    const id = shop.at('diagnosing')
    const chargeLineId = add(id, glue())
    shop.asked(id, [shop.option(glue())])
    shop.pass(8)
    shop.call('charges.remove', { chargeLineId, reason: '不要' })
    expect(shop.billed(id)).toEqual([])
  })
})

describe('refused', () => {
  test('what they said no to comes off the bill, and the history says so', () => {
    const id = shop.at('diagnosing')
    shop.approve(shop.asked(id, [shop.option(shop.line(10_000))]))
    add(id, glue())
    shop.refuse(shop.asked(id, [shop.option(shop.line(10_000), glue())]))
    expect(shop.billed(id)).toEqual([['labour', 10_000]])
    expect(shop.standing(id)).toMatchObject({ state: 'approved', presentMinor: 10_000 })
    expect(shop.log(id).map(({ detail }) => detail)).toContainEqual({
      act: 'charge_removed',
      chargeKind: 'fee',
      what: '后盖胶',
    })
  })

  test('what is within the agreed amount and its margin stays, the newest beyond it goes first', () => {
    const id = shop.at('diagnosing')
    shop.approve(shop.asked(id, [shop.option(shop.line(10_000))]))
    const lines = [glue(600), glue(300), glue(5000)]
    for (const line of lines) add(id, line)
    shop.refuse(shop.asked(id, [shop.option(shop.line(10_000), ...lines)]))
    expect(shop.billed(id).map(([, price]) => price)).toEqual([10_000, 600, 300])
    expect(shop.standing(id)).toMatchObject({ state: 'approved', presentMinor: 10_900, limitMinor: 11_000 })
  })

  test('what the warranty pays and what the quote did not name stay; the bench fee comes on', () => {
    const id = shop.at('diagnosing')
    const shares = [{ payer: 'warranty' as const, customerId: null, shareBp: 10_000 }]
    add(id, glue(4000, { shares }))
    add(id, glue(800))
    add(id, glue(900))
    const named = [glue(4000, { shares }), glue(900)]
    shop.refuse(shop.asked(id, [shop.option(...named)], { benchFeeMinor: 5000 }))
    expect(shop.billed(id).map(([, price]) => price)).toEqual([4000, 800, 5000])
    expect(shop.standing(id).state).toBe('refused')
  })
})

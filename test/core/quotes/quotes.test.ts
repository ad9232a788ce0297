import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { refusal, refusedFields } from '../repairs/kit.ts'
import { benchShop, type BenchShop } from './bench-kit.ts'

/* One test for each rule of writing and sending quotes; the title names the rule. */
let shop: BenchShop
beforeEach(() => {
  shop = benchShop()
})
afterEach(() => shop.close())

describe('written', () => {
  test('a quote offers options with price, days and quality, each worked out for every payer', () => {
    const id = shop.at('diagnosing')
    const shared = shop.line(10_000, {
      shares: [
        { payer: 'customer', customerId: null, shareBp: 3000 },
        { payer: 'warranty', customerId: null, shareBp: 7000 },
      ],
    })
    const { number } = shop.quote(id, [
      { title: '原装屏', days: 2, quality: '原装', lines: [shop.line(50_000), shared] },
      { title: '国产屏', days: 1, quality: '兼容', lines: [shop.line(20_000, { discountMinor: 1000 })] },
    ])
    expect(number).toBe(`${shop.row(id).number}-Q1`)
    const [quote] = shop.quotes(id)
    expect(quote).toMatchObject({ state: 'draft', revision: 1, number, decision: null, sentAt: null })
    expect(quote!.options).toMatchObject([
      { no: 1, title: '原装屏', days: 2, grossMinor: 60_000, customerMinor: 53_000 },
      { no: 2, title: '国产屏', days: 1, grossMinor: 19_000, customerMinor: 19_000 },
    ])
    expect(quote!.options[0]!.payers).toEqual([
      { payer: 'customer', customerId: null, customerName: null, grossMinor: 53_000 },
      { payer: 'warranty', customerId: null, customerName: null, grossMinor: 7000 },
    ])
  })

  test('prices with tax hold the tax in them: 100.00 with 13 % is 88.50 and 11.50', () => {
    const id = shop.at('diagnosing')
    shop.quote(id, [shop.option(shop.line(10_000))])
    const [option] = shop.quotes(id)[0]!.options
    expect(option).toMatchObject({ netMinor: 8850, taxMinor: 1150, grossMinor: 10_000 })
    expect(option!.lines[0]).toMatchObject({ rateBp: 1300, netMinor: 8850, grossMinor: 10_000 })
  })

  test('a draft is replaced whole, by the person who saw it last', () => {
    const id = shop.at('diagnosing')
    const first = shop.quote(id, [shop.option(shop.line(100), shop.line(200)), shop.option(shop.line(1))])
    const draft = { quoteId: first.id, version: first.version }
    const second = shop.quote(id, [shop.option(shop.line(300))], { draft })
    expect(second).toMatchObject({ id: first.id, version: 2, number: first.number })
    expect(shop.quotes(id)[0]!.options.map(({ customerMinor }) => customerMinor)).toEqual([300])
    expect(refusal(() => shop.quote(id, [shop.option(shop.line(1))], { draft })).code).toBe('stale')
    expect(refusal(() => shop.quote(id, [shop.option(shop.line(1))])).code).toBe('stale')
  })

  test('a draft is thrown away, a sent quote is not', () => {
    const id = shop.at('diagnosing')
    const draft = shop.quote(id, [shop.option(shop.line(100))])
    shop.call('quotes.discard', { quoteId: draft.id, version: draft.version })
    expect(shop.quotes(id)).toEqual([])
    const sent = shop.asked(id, [shop.option(shop.line(100))])
    const discard = { quoteId: sent.id, version: sent.version }
    expect(refusal(() => shop.call('quotes.discard', discard)).code).toBe('quote.not_a_draft')
  })

  test('a discount or a goodwill share above the shop’s limit needs somebody who may give it, as on a bill', () => {
    shop.settings({ discountLimitBp: 1000 })
    const id = shop.at('diagnosing')
    const goodwill = (shareBp: number) =>
      shop.line(10_000, {
        shares: [
          { payer: 'customer', customerId: null, shareBp: 10_000 - shareBp },
          { payer: 'goodwill', customerId: null, shareBp },
        ],
      })
    const offer = (line: ReturnType<typeof shop.line>, who: 'technician' | 'manager') => () =>
      shop.quote(id, [shop.option(shop.line(1), line)], {}, who)
    for (const [line, at, code] of [
      [shop.line(10_000, { discountMinor: 1001 }), 'discountMinor', 'charge.discount_not_allowed'],
      [goodwill(1001), 'shares', 'charge.goodwill_not_allowed'],
    ] as const) {
      expect(refusal(offer(line, 'technician'))).toMatchObject({
        code,
        path: `options.0.lines.1.${at}`,
        params: { limit: 10 },
      })
    }
    const { id: quoteId, version } = offer(goodwill(1000), 'technician')()
    shop.call('quotes.discard', { quoteId, version })
    offer(goodwill(5000), 'manager')()
  })

  test('what a rework costs is the shop’s own, whoever writes the quote', () => {
    const { id: first } = shop.receive()
    const again = shop.at('diagnosing')
    shop.sql
      .prepare(`UPDATE repairs SET rework_of_id = ?, rework_kind = 'same' WHERE id = ?`)
      .run(first, again)
    const line = shop.line(10_000, { shares: [{ payer: 'goodwill', customerId: null, shareBp: 10_000 }] })
    shop.quote(again, [shop.option(line)], {}, 'technician')
    expect(shop.quotes(again)).toHaveLength(1)
  })

  test('what is wrong with a line is said at its place', () => {
    const id = shop.at('diagnosing')
    const broken = shop.line(100, { discountMinor: 101 })
    expect(refusedFields(() => shop.quote(id, [shop.option(shop.line(1), broken)]))).toEqual([
      ['options.0.lines.1.discountMinor', 'charge.discount_too_large'],
    ])
    const nobody = shop.line(100, { shares: [{ payer: 'customer', customerId: null, shareBp: 9000 }] })
    expect(refusedFields(() => shop.quote(id, [shop.option(nobody)]))).toEqual([
      ['options.0.lines.0.shares', 'charge.shares'],
    ])
    const late = { validUntil: shop.today(-1) }
    expect(refusedFields(() => shop.quote(id, [shop.option(shop.line(1))], late))).toEqual([
      ['validUntil', 'field.in_past'],
    ])
  })

  test.each(['processed', 'collected'] as const)('what is %s is quoted no more', (state) => {
    const id = shop.at(state)
    expect(refusal(() => shop.quote(id, [shop.option(shop.line(1))]))).toMatchObject({
      code: 'repair.not_allowed_in_state',
    })
  })

  test('a yes that comes after the device was finished unrepaired is too late', () => {
    const id = shop.at('diagnosing')
    const sent = shop.asked(id, [shop.option(shop.line(100))])
    shop.solve(id, 'returned_unrepaired')
    expect(refusal(() => shop.approve(sent)).code).toBe('repair.not_allowed_in_state')
  })
})

describe('sent', () => {
  test('a quote needs a diagnosis: without a code nothing is sent', () => {
    const id = shop.at('diagnosing')
    const draft = shop.quote(id, [shop.option(shop.line(100))])
    expect(refusal(() => shop.send(draft)).code).toBe('quote.codes_required')
    shop.find(id)
    shop.send(draft)
    expect(shop.quotes(id)[0]).toMatchObject({ state: 'sent', sentWay: 'message' })
  })

  test('sending is a person’s act: it moves the repair to the customer and the history says how', () => {
    const id = shop.at('diagnosing')
    shop.asked(id, [shop.option(shop.line(100))])
    expect(shop.state(id)).toBe('awaiting_approval')
    expect(shop.log(id).at(-1)).toMatchObject({
      action: 'request_approval',
      userId: shop.people.owner.userId,
      detail: { quote: shop.quotes(id)[0]!.number, quoteWay: 'message' },
    })
    expect(shop.quotes(id)[0]).toMatchObject({ sentBy: '王店主', sentAt: shop.clock.now() })
    expect(shop.standing(id)).toMatchObject({ state: 'asked', agreedMinor: null })
  })

  test('a sent quote is never changed: saving makes the next revision, and sending that one supersedes it', () => {
    const id = shop.at('diagnosing')
    const sent = shop.asked(id, [shop.option(shop.line(100))])
    const draft = { quoteId: sent.id, version: sent.version }
    expect(refusal(() => shop.quote(id, [shop.option(shop.line(1))], { draft })).code).toBe(
      'quote.not_a_draft',
    )
    const second = shop.quote(id, [shop.option(shop.line(200))])
    expect(second.number).toBe(`${shop.row(id).number}-Q2`)
    expect(shop.quotes(id).map(({ state }) => state)).toEqual(['draft', 'sent'])
    shop.send(second)
    expect(shop.quotes(id).map(({ state }) => state)).toEqual(['sent', 'superseded'])
    expect(refusal(() => shop.approve({ id: sent.id, version: sent.version + 1 })).code).toBe(
      'quote.not_sent',
    )
  })

  test('a quote runs out after its last day and cannot be approved then', () => {
    const id = shop.at('diagnosing')
    const sent = shop.asked(id, [shop.option(shop.line(100))], { validUntil: shop.today(1) })
    shop.pass(1)
    expect(shop.quotes(id)[0]!.state).toBe('sent')
    shop.pass(1)
    expect(shop.quotes(id)[0]!.state).toBe('expired')
    expect(shop.standing(id).state).toBe('expired')
    expect(refusal(() => shop.approve(sent)).code).toBe('quote.expired')
  })

  test('a customer nobody reaches: dated tries stand in the history, the quote runs out, the device goes back unrepaired', () => {
    const id = shop.at('diagnosing')
    shop.asked(id, [shop.option(shop.line(100))], { validUntil: shop.today(2), benchFeeMinor: 5000 })
    shop.call('repairs.addNote', { repairId: id, text: '第一次电话无人接听' })
    shop.pass(3)
    shop.call('repairs.addNote', { repairId: id, text: '第二次电话无人接听' })
    const tries = shop.log(id).filter(({ kind }) => kind === 'note')
    expect(tries.map(({ text }) => text)).toEqual(['第一次电话无人接听', '第二次电话无人接听'])
    expect(tries[1]!.at - tries[0]!.at).toBe(3 * 86_400_000)
    expect(refusal(() => shop.solve(id)).code).toBe('quote.approval_required')
    shop.solve(id, 'returned_unrepaired')
    expect(shop.state(id)).toBe('processed')
  })
})

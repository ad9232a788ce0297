import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { refusal } from '../repairs/kit.ts'
import { benchShop, type BenchShop } from './bench-kit.ts'

/* One test for each rule of the customer's answer; the title names the rule. */
let shop: BenchShop
beforeEach(() => {
  shop = benchShop()
})
afterEach(() => shop.close())

describe('approved', () => {
  test('a yes is kept with who, how, amount and which version of the quote', () => {
    const id = shop.at('diagnosing')
    const sent = shop.asked(id, [shop.option(shop.line(100)), shop.option(shop.line(250))])
    shop.approve(sent, { optionNo: 2, by: '李四', note: '下午来电' })
    expect(shop.quotes(id)[0]).toMatchObject({
      state: 'approved',
      decision: {
        approved: true,
        optionNo: 2,
        amountMinor: 250,
        by: '李四',
        way: 'phone',
        at: shop.clock.now(),
        recordedBy: 'counter',
        note: '下午来电',
      },
    })
    expect(shop.standing(id)).toEqual({
      state: 'approved',
      agreedMinor: 250,
      presentMinor: 250,
      limitMinor: 275,
    })
    expect(refusal(() => shop.approve({ id: sent.id, version: sent.version + 1 })).code).toBe('quote.decided')
  })

  test('a yes on site needs the signature', () => {
    const id = shop.at('diagnosing')
    const sent = shop.asked(id, [shop.option(shop.line(100))])
    expect(refusal(() => shop.approve(sent, { way: 'on_site' }))).toMatchObject({
      code: 'quote.signature_required',
      path: 'signatureUid',
    })
    const signatureUid = shop.signature(id)
    shop.approve(sent, { way: 'on_site', signatureUid })
    expect(shop.quotes(id)[0]!.decision).toMatchObject({ way: 'on_site', signatureUid })
  })

  test('a yes puts the lines on the bill and plans parts and labour', () => {
    const id = shop.at('diagnosing')
    const partId = shop.part(2)
    const sent = shop.asked(id, [shop.option(shop.partLine(partId, 30_000), shop.line(8000))])
    shop.approve(sent)
    expect(shop.billed(id)).toEqual([
      ['part', 30_000],
      ['labour', 8000],
    ])
    const [part, work] = shop.bill(id).lines
    expect(shop.onlyPart(id)).toMatchObject({ partId, state: 'reserved', chargeLineId: part!.id })
    expect(shop.labour(id)).toMatchObject([
      { description: '换屏工时', standardMinutes: 30, actualMinutes: 0, chargeLineId: work!.id },
    ])
    expect(shop.state(id)).toBe('in_repair')
  })

  test('a repair whose part is missing waits for it', () => {
    const id = shop.at('diagnosing')
    shop.approve(shop.asked(id, [shop.option(shop.partLine(shop.part(0), 30_000))]))
    expect(shop.onlyPart(id).state).toBe('planned')
    expect(shop.state(id)).toBe('awaiting_parts')
  })

  test('a yes waives the bench fee', () => {
    const id = shop.at('diagnosing', { benchFeeMinor: 5000 })
    shop.call('charges.add', { repairId: id, line: shop.line(5000, { kind: 'bench_fee' }) })
    shop.approve(shop.asked(id, [shop.option(shop.line(20_000))]))
    expect(shop.billed(id)).toEqual([['labour', 20_000]])
    expect(shop.standing(id).presentMinor).toBe(20_000)
  })

  test('within the ceiling said at intake nobody is asked, above it the customer is', () => {
    const id = shop.at('diagnosing', { ceilingMinor: 20_000 })
    const ceiling = { way: 'ceiling' as const }
    const unfound = shop.quote(id, [shop.option(shop.line(1))])
    expect(refusal(() => shop.approve(unfound, ceiling)).code).toBe('quote.codes_required')
    shop.call('quotes.discard', { quoteId: unfound.id, version: unfound.version })
    shop.find(id)
    const dear = shop.quote(id, [shop.option(shop.line(20_001))])
    expect(refusal(() => shop.approve(dear, ceiling))).toMatchObject({
      code: 'quote.over_ceiling',
      params: { amount: 20_001, ceiling: 20_000 },
    })
    const draft = { quoteId: dear.id, version: dear.version }
    shop.approve(shop.quote(id, [shop.option(shop.line(20_000))], { draft }), ceiling)
    expect(shop.quotes(id)[0]).toMatchObject({
      state: 'approved',
      sentAt: null,
      decision: { way: 'ceiling' },
    })
    expect(shop.state(id)).toBe('in_repair')
  })

  test('the ceiling is for everything on the bill, not for the quote alone', () => {
    const id = shop.at('diagnosing', { ceilingMinor: 20_000 })
    shop.call('charges.add', { repairId: id, line: shop.line(15_000) })
    shop.find(id)
    const more = shop.quote(id, [shop.option(shop.line(6000))])
    expect(refusal(() => shop.approve(more, { way: 'ceiling' })).code).toBe('quote.over_ceiling')
    expect(shop.billed(id)).toEqual([['labour', 15_000]])
  })

  test('an option the quote does not have, a draft and a stale quote are not approved', () => {
    const id = shop.at('diagnosing')
    const draft = shop.quote(id, [shop.option(shop.line(100))])
    expect(refusal(() => shop.approve(draft)).code).toBe('quote.not_sent')
    shop.find(id)
    const sent = shop.send(draft)
    expect(refusal(() => shop.approve(sent, { optionNo: 2 }))).toMatchObject({
      code: 'quote.option_unknown',
      path: 'optionNo',
    })
    expect(refusal(() => shop.approve(draft)).code).toBe('stale')
  })

  test('a technician writes and sends quotes, the counter records the answer', () => {
    const id = shop.at('diagnosing')
    const sent = shop.asked(id, [shop.option(shop.line(100))])
    expect(refusal(() => shop.approve(sent, { as: 'technician' })).code).toBe('forbidden')
  })

  test('a locked repair keeps its place although the customer says yes', () => {
    const id = shop.at('diagnosing')
    const sent = shop.asked(id, [shop.option(shop.line(100))])
    shop.call('repairs.lock', { ...shop.target(id), reason: '核实来源' })
    shop.approve(sent)
    expect(shop.row(id)).toMatchObject({ state: 'awaiting_approval', lockReason: 'manual' })
  })
})

describe('asked again', () => {
  test('the customer is asked again when the total grows by more than the shop allows', () => {
    const id = shop.at('diagnosing')
    shop.approve(shop.asked(id, [shop.option(shop.line(10_000))]))
    shop.call('charges.add', { repairId: id, line: shop.line(1000) })
    expect(shop.standing(id)).toMatchObject({ state: 'approved', presentMinor: 11_000, limitMinor: 11_000 })
    shop.call('charges.add', { repairId: id, line: shop.line(1) })
    expect(shop.standing(id)).toMatchObject({ state: 'needed_again', presentMinor: 11_001 })
    expect(refusal(() => shop.solve(id)).code).toBe('quote.approval_required')
    shop.settings({ requoteBp: 2000 })
    expect(shop.standing(id).state).toBe('approved')
  })

  test('lines the warranty pays are nothing the customer has to approve', () => {
    const id = shop.at('diagnosing')
    const shares = [{ payer: 'warranty' as const, customerId: null, shareBp: 10_000 }]
    shop.call('charges.add', { repairId: id, line: shop.line(90_000, { shares }) })
    expect(shop.standing(id)).toMatchObject({ state: 'none', presentMinor: 0 })
    shop.work(id, 'repair')
    shop.solve(id)
    expect(shop.state(id)).toBe('processed')
  })

  test('charges nobody agreed to keep a repair from being finished, within the ceiling they do not', () => {
    const id = shop.at('in_repair')
    shop.call('charges.add', { repairId: id, line: shop.line(100) })
    expect(refusal(() => shop.solve(id)).code).toBe('quote.approval_required')
    const ceiling = shop.at('in_repair', { ceilingMinor: 100 })
    shop.call('charges.add', { repairId: ceiling, line: shop.line(100) })
    shop.solve(ceiling)
    expect(shop.state(ceiling)).toBe('processed')
  })

  test('liquid found on the bench: a new quote goes out, and only its answer lets the repair be finished', () => {
    const id = shop.at('diagnosing')
    shop.approve(shop.asked(id, [shop.option(shop.line(10_000))]))
    const second = shop.asked(id, [
      shop.option(shop.line(10_000), shop.line(25_000, { description: '进水处理' })),
    ])
    expect(shop.state(id)).toBe('awaiting_approval')
    expect(shop.standing(id)).toMatchObject({ state: 'asked', agreedMinor: 10_000 })
    expect(refusal(() => shop.solve(id)).code).toBe('quote.approval_required')
    shop.approve(second)
    expect(shop.standing(id)).toMatchObject({ state: 'approved', agreedMinor: 35_000, presentMinor: 35_000 })
    expect(shop.quotes(id).map(({ state }) => state)).toEqual(['approved', 'superseded'])
  })
})

describe('approved anew', () => {
  test('a later approval takes the place of the earlier one: nothing is charged, planned or reserved twice', () => {
    const id = shop.at('diagnosing')
    const [battery, screen, camera] = [shop.part(1), shop.part(1), shop.part(1)]
    const first = shop.option(shop.partLine(battery, 20_000), shop.partLine(screen, 60_000), shop.line(5000))
    shop.approve(shop.asked(id, [first]))
    const kept = shop.partsOf(id).find(({ partId }) => partId === battery)!
    const second = shop.option(shop.partLine(battery, 18_000), shop.partLine(camera, 9000), shop.line(4000))
    shop.approve(shop.asked(id, [second]))
    expect(shop.billed(id)).toEqual([
      ['part', 18_000],
      ['part', 9000],
      ['labour', 4000],
    ])
    expect(shop.standing(id)).toMatchObject({ agreedMinor: 31_000, presentMinor: 31_000, state: 'approved' })
    const states = shop.partsOf(id).map(({ partId, state }) => [partId, state])
    expect(states).toEqual([
      [battery, 'reserved'],
      [screen, 'cancelled'],
      [camera, 'reserved'],
    ])
    expect(shop.partsOf(id)[0]).toMatchObject({ id: kept.id, chargeLineId: shop.bill(id).lines[0]!.id })
    expect(shop.labour(id)).toHaveLength(1)
  })

  test('a part that is built in already stays on the bill when the later quote does not name it', () => {
    const id = shop.at('diagnosing')
    const battery = shop.part(1)
    shop.approve(shop.asked(id, [shop.option(shop.partLine(battery, 20_000))]))
    shop.issue(shop.onlyPart(id))
    shop.settle(shop.onlyPart(id), 'used')
    shop.approve(shop.asked(id, [shop.option(shop.line(7000))]))
    expect(shop.billed(id)).toEqual([
      ['part', 20_000],
      ['labour', 7000],
    ])
    expect(shop.standing(id)).toMatchObject({ state: 'approved', agreedMinor: 27_000, presentMinor: 27_000 })
  })

  test('minutes already worked go on under the new line', () => {
    const id = shop.at('diagnosing')
    shop.approve(shop.asked(id, [shop.option(shop.line(5000))]))
    const { id: labourId, version } = shop.labour(id)[0]!
    shop.call('work.startTimer', { labourId, version })
    shop.clock.advance(10 * 60_000)
    shop.approve(shop.asked(id, [shop.option(shop.line(6000, { standardMinutes: 45 }))]))
    const [line] = shop.labour(id)
    expect(line).toMatchObject({
      id: labourId,
      standardMinutes: 45,
      chargeLineId: shop.bill(id).lines[0]!.id,
    })
    shop.call('work.stopTimer', { labourId, version: line!.version })
    expect(shop.labour(id)[0]!.actualMinutes).toBe(10)
  })

  test('what is invoiced stays: a later quote comes on top of it', () => {
    const id = shop.at('diagnosing')
    shop.approve(shop.asked(id, [shop.option(shop.line(5000))]))
    const issue = { repairIds: [id], payer: 'customer' as const, customerId: null, cashRounding: false }
    shop.call('invoices.issue', { ...issue, dueOn: null, note: '', expectedGrossMinor: null })
    shop.approve(shop.asked(id, [shop.option(shop.line(3000))]))
    expect(shop.billed(id)).toEqual([
      ['labour', 5000],
      ['labour', 3000],
    ])
    expect(shop.standing(id)).toMatchObject({ state: 'approved', agreedMinor: 8000, presentMinor: 8000 })
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { refusal } from '../repairs/kit.ts'
import { benchShop, type BenchShop } from './bench-kit.ts'

/* One test for each rule of a no; the title names the rule. */
let shop: BenchShop
beforeEach(() => {
  shop = benchShop()
})
afterEach(() => shop.close())

describe('refused', () => {
  test('a no puts the bench fee on the bill and the device goes back unrepaired, signed and paid', () => {
    const id = shop.at('diagnosing')
    const sent = shop.asked(id, [shop.option(shop.line(50_000))], { benchFeeMinor: 5000 })
    shop.refuse(sent, { reason: '太贵了' })
    expect(shop.quotes(id)[0]).toMatchObject({
      state: 'refused',
      decision: { approved: false, note: '太贵了' },
    })
    expect(shop.billed(id)).toEqual([['bench_fee', 5000]])
    expect(refusal(() => shop.solve(id)).code).toBe('quote.refused')
    shop.solve(id, 'declined')
    expect(shop.row(id)).toMatchObject({ state: 'processed', outcome: 'declined' })
    expect(shop.billed(id)).toEqual([['bench_fee', 5000]])
    expect(refusal(() => shop.as('counter').call('repairs.handOver', leaving(id)))).toMatchObject({
      code: 'repair.unbilled',
      params: { amount: 5000 },
    })
    shop.handOver(id)
    expect(shop.state(id)).toBe('collected')
  })

  test('a shop without a bench fee for declined repairs charges nothing', () => {
    const { settings } = shop.call('settings.get', {})
    shop.settings({ feeRules: { ...settings.feeRules, declined: 'nothing' } })
    const id = shop.at('diagnosing')
    shop.refuse(shop.asked(id, [shop.option(shop.line(50_000))], { benchFeeMinor: 5000 }))
    shop.solve(id, 'declined')
    expect(shop.billed(id)).toEqual([])
  })

  test('no to more work takes nothing back: what was approved before still holds, and there is no bench fee', () => {
    const id = shop.at('diagnosing')
    shop.approve(shop.asked(id, [shop.option(shop.line(10_000))]))
    const more = shop.asked(id, [shop.option(shop.line(40_000))], { benchFeeMinor: 5000 })
    shop.refuse(more)
    expect(shop.standing(id)).toMatchObject({ state: 'approved', agreedMinor: 10_000, presentMinor: 10_000 })
    shop.work(id, 'repair')
    shop.solve(id)
    expect(shop.billed(id)).toEqual([['labour', 10_000]])
  })

  test('after a no the customer may think again: a new quote waives the fee', () => {
    const id = shop.at('diagnosing')
    shop.refuse(shop.asked(id, [shop.option(shop.line(50_000))], { benchFeeMinor: 5000 }))
    shop.approve(shop.asked(id, [shop.option(shop.line(30_000))]))
    expect(shop.billed(id)).toEqual([['labour', 30_000]])
    expect(shop.state(id)).toBe('in_repair')
  })
})

function leaving(id: number) {
  const signed = { signatureUid: null, noSignatureReason: 'customer_refused' as const, noSignatureNote: '' }
  const rest = { returnedAccessoryIds: [], accessoriesKeptConfirmed: false, note: '' }
  return { ...shop.target(id), collectedBy: '张三', ...signed, ...rest }
}

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { InputOf } from '#contract/method-types.ts'
import type { BuiltInRole } from '#contract/permissions.ts'
import type { Actor } from '#core/app.ts'
import { benchShop, type BenchShop } from '../quotes/bench-kit.ts'
import { refusal } from '../repairs/kit.ts'

/* One test for each rule of labour, timers and credits; the title names the rule. */
const minute = 60_000
let shop: BenchShop
let id: number
beforeEach(() => {
  shop = benchShop()
  id = shop.at('in_repair')
})
afterEach(() => shop.close())

type Who = BuiltInRole | Actor
const add = (more: Partial<InputOf<'work.addLabour'>> = {}, as: Who = 'technician') =>
  shop.as(as).call('work.addLabour', {
    repairId: id,
    serviceId: null,
    description: '换电池',
    standardMinutes: 30,
    actualMinutes: 0,
    doneOn: null,
    credits: [],
    note: '',
    ...more,
  })
const start = (line: { id: number }, as: Who = 'technician') =>
  shop.as(as).call('work.startTimer', { labourId: line.id, version: lineOf(line.id).version })
const stop = (line: { id: number }, as: Who = 'technician') =>
  shop.as(as).call('work.stopTimer', { labourId: line.id, version: lineOf(line.id).version })
const lineOf = (labourId: number) => {
  const line = shop.labour(id).find((each) => each.id === labourId)
  expect(line).toBeDefined()
  return line!
}
const credits = (from = shop.today(-9), to = shop.today()) => shop.call('work.credits', { from, to })
const one = () => shop.people.technician.userId
const two = () => shop.technician2.userId

describe('written down', () => {
  test('work that was done is credited to who writes it down, today, where nothing else is said', () => {
    const planned = add()
    expect(lineOf(planned.id)).toMatchObject({ doneOn: null, credits: [], standardMinutes: 30 })
    const done = add({ actualMinutes: 25 })
    expect(lineOf(done.id)).toMatchObject({
      doneOn: shop.today(),
      credits: [{ userId: one(), userName: 'technician', shareBp: 10_000 }],
    })
    expect(shop.log(id).at(-1)).toMatchObject({ kind: 'edit', detail: { labour: '换电池', minutes: 25 } })
  })

  test('work is credited to who did it on the day it was done, not to who typed it when', () => {
    add(
      { actualMinutes: 40, doneOn: shop.today(-2), credits: [{ userId: two(), shareBp: 10_000 }] },
      'manager',
    )
    expect(credits()).toEqual([
      {
        userId: two(),
        userName: 'technician2',
        doneOn: shop.today(-2),
        lines: 1,
        standardMinutes: 30,
        actualMinutes: 40,
      },
    ])
  })

  test('two technicians share the credit of one line, and the parts add up to it', () => {
    const shares = [
      { userId: one(), shareBp: 3333 },
      { userId: two(), shareBp: 6667 },
    ]
    add({ standardMinutes: 31, actualMinutes: 10, credits: shares })
    const rows = credits()
    expect(rows.map(({ actualMinutes }) => actualMinutes)).toEqual([3, 7])
    expect(rows.reduce((sum, row) => sum + row.standardMinutes, 0)).toBe(31)
    expect(shop.call('work.credits', { from: shop.today(), to: shop.today(), userId: two() })).toHaveLength(1)
  })

  test('shares that do not make a whole, somebody twice and somebody unknown are refused', () => {
    const share = (userId: number, shareBp: number) => ({ userId, shareBp })
    const refused = (given: { userId: number; shareBp: number }[]) => refusal(() => add({ credits: given }))
    expect(refused([share(one(), 9999)])).toMatchObject({ code: 'work.credit_shares', path: 'credits' })
    expect(refused([share(one(), 5000), share(one(), 5000)]).code).toBe('work.credit_shares')
    expect(refused([share(9999, 10_000)])).toMatchObject({
      code: 'field.not_found',
      path: 'credits.0.userId',
    })
    expect(refusal(() => add({ doneOn: shop.today(1) }))).toMatchObject({
      code: 'field.in_future',
      path: 'doneOn',
    })
    expect(refusal(() => add({ serviceId: 9999 }))).toMatchObject({
      code: 'field.not_found',
      path: 'serviceId',
    })
  })

  test('a line is changed and taken away by who saw it last', () => {
    const { id: labourId } = add({ actualMinutes: 25 })
    const fields = { serviceId: null, description: '换屏', standardMinutes: 60, doneOn: null, note: '' }
    const change = { labourId, ...fields, actualMinutes: 50, credits: [] }
    shop.call('work.updateLabour', { ...change, version: 1 })
    expect(lineOf(labourId)).toMatchObject({ description: '换屏', actualMinutes: 50, version: 2 })
    expect(refusal(() => shop.call('work.updateLabour', { ...change, version: 1 })).code).toBe('stale')
    shop.call('work.removeLabour', { labourId, version: 2 })
    expect(shop.labour(id)).toEqual([])
    expect(credits()).toEqual([])
  })

  test('what an invoice names is not changed afterwards', () => {
    const quoted = shop.at('diagnosing')
    shop.approve(shop.asked(quoted, [shop.option(shop.line(5000))]))
    const issue = { repairIds: [quoted], payer: 'customer' as const, customerId: null, cashRounding: false }
    shop.call('invoices.issue', { ...issue, dueOn: null, note: '', expectedGrossMinor: null })
    const { id: labourId, version } = shop.labour(quoted)[0]!
    for (const act of ['work.removeLabour', 'work.startTimer'] as const) {
      expect(refusal(() => shop.call(act, { labourId, version })).code).toBe('work.labour_invoiced')
    }
  })
})

describe('timed', () => {
  test('a timer adds its minutes to the line and credits who ran it', () => {
    const line = add()
    start(line)
    expect(lineOf(line.id)).toMatchObject({ runningBy: 'technician', runningSince: shop.clock.now() })
    shop.clock.advance(20 * minute)
    stop(line)
    start(line)
    shop.clock.advance(5 * minute)
    stop(line)
    expect(lineOf(line.id)).toMatchObject({ actualMinutes: 25, runningBy: null, doneOn: shop.today() })
    expect(credits()).toMatchObject([{ userId: one(), actualMinutes: 25, lines: 1 }])
  })

  test('a person has one timer: starting another one stops the first and keeps its minutes', () => {
    const [first, second] = [add(), add()]
    start(first)
    shop.clock.advance(15 * minute)
    start(second)
    expect(lineOf(first.id)).toMatchObject({ actualMinutes: 15, runningSince: null })
    expect(lineOf(second.id).runningBy).toBe('technician')
    expect(refusal(() => stop(first)).code).toBe('work.timer_not_running')
    expect(refusal(() => start(second)).code).toBe('work.timer_running')
  })

  test('a timer that runs past midnight credits each day with its own minutes', () => {
    const line = add()
    const today = shop.today()
    // 10:00 in Shanghai; 23:40 is 820 minutes later.
    shop.clock.advance(820 * minute)
    start(line)
    shop.clock.advance(45 * minute)
    stop(line)
    expect(lineOf(line.id)).toMatchObject({ actualMinutes: 20, doneOn: today })
    expect(credits().map((row) => [row.doneOn, row.actualMinutes, row.standardMinutes])).toEqual([
      [today, 20, 30],
      [shop.today(), 25, 0],
    ])
  })

  test('a colleague’s minutes on the same line are their own', () => {
    const line = add()
    start(line)
    shop.clock.advance(10 * minute)
    stop(line)
    start(line, shop.technician2)
    shop.clock.advance(20 * minute)
    stop(line, shop.technician2)
    expect(credits().map((row) => [row.userName, row.actualMinutes])).toEqual([
      ['technician', 10],
      ['technician2', 20],
    ])
  })

  test('nobody stops a colleague’s timer but who may work for others', () => {
    const line = add()
    start(line)
    expect(refusal(() => stop(line, shop.technician2)).code).toBe('forbidden')
    stop(line, 'manager')
    expect(lineOf(line.id).runningBy).toBeNull()
  })

  test('a clock set back gives no minutes and breaks nothing', () => {
    const line = add()
    start(line)
    shop.clock.advance(-60 * minute)
    stop(line)
    expect(lineOf(line.id)).toMatchObject({ actualMinutes: 0, runningBy: null })
  })

  test('a repair that leaves the bench stops its timers: solved, failed or cancelled', () => {
    const ends = {
      solved: () => shop.solve(id),
      failed: () => shop.fail(id),
      cancelled: () => shop.call('repairs.cancel', { ...shop.targets(id), reason: '不修了' }),
    }
    for (const end of Object.values(ends)) {
      id = shop.at('in_repair')
      const line = add()
      start(line)
      shop.clock.advance(7 * minute)
      end()
      expect(lineOf(line.id)).toMatchObject({ actualMinutes: 7, runningBy: null })
    }
  })
})

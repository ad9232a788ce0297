import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { benchShop, type BenchShop } from '../quotes/bench-kit.ts'
import { refusal } from '../repairs/kit.ts'

/* One test for each rule of findings and of the test list; the title names the rule. */
let shop: BenchShop
beforeEach(() => {
  shop = benchShop()
})
afterEach(() => shop.close())

const handling = (id: number) => {
  const { attempts } = shop.call('repairs.get', { uid: shop.row(id).uid })
  return attempts.at(-1)!
}

describe('found', () => {
  test('words and codes are kept with the handling under way, before the quote', () => {
    const id = shop.at('diagnosing')
    shop.find(id, 'technician')
    expect(handling(id)).toMatchObject({ findings: '电池鼓包，屏幕完好', endedAt: null })
    expect(handling(id).codes).toMatchObject([{ id: shop.codeId, kind: 'cause' }])
    expect(shop.log(id).at(-1)).toMatchObject({ kind: 'edit', text: '电池鼓包，屏幕完好' })
  })

  test('findings said twice count their codes once', () => {
    const id = shop.at('diagnosing')
    shop.find(id)
    shop.find(id)
    shop.work(id, 'repair')
    const { codeId } = shop
    const end = { outcome: 'repaired' as const, findings: '已换', codeIds: [codeId], knownDefects: [] }
    shop.call('repairs.solve', { ...shop.target(id), ...end })
    const count = shop.sql.prepare('SELECT repairs_count FROM dictionary_entries WHERE id = ?').pluck()
    expect(count.get(codeId)).toBe(1)
  })

  test('the end of the handling has the last word, and codes it does not repeat are kept', () => {
    const id = shop.at('diagnosing')
    shop.find(id)
    shop.solve(id)
    expect(handling(id)).toMatchObject({ findings: '换电池', result: 'solved' })
    expect(handling(id).codes.map(({ id: code }) => code)).toEqual([shop.codeId])
  })

  test('what was found is not lost when another technician takes over', () => {
    const id = shop.at('diagnosing')
    shop.find(id)
    shop.assign(id, shop.technician2.userId, { reason: '换人' })
    const { attempts } = shop.call('repairs.get', { uid: shop.row(id).uid })
    expect(attempts[0]).toMatchObject({ result: 'reassigned', findings: '电池鼓包，屏幕完好' })
  })

  test('only who has the device on the bench says what was found', () => {
    const assigned = shop.at('assigned')
    expect(refusal(() => shop.find(assigned)).code).toBe('repair.not_allowed_in_state')
    const id = shop.at('diagnosing')
    expect(refusal(() => shop.find(id, shop.technician2)).code).toBe('repair.not_your_repair')
  })
})

describe('tested', () => {
  let items: number[]
  beforeEach(() => {
    items = ['充电', '屏幕'].map(
      (zh) => shop.call('dictionaries.add', { kind: 'test_item', zh, en: zh, parentId: shop.categoryId }).id,
    )
  })
  type Result = 'passed' | 'failed' | 'not_applicable'
  const record = (id: number, results: readonly Result[], note = '') =>
    shop.as('technician').call('work.recordTest', {
      ...shop.target(id),
      results: results.map((result, index) => ({ itemId: items[index]!, result, note: '' })),
      note,
    })

  test('a category’s test list is shown with its repair, in the shop’s order', () => {
    const id = shop.at('testing')
    expect(shop.call('work.testList', { repairId: id }).map(({ label }) => label.zh)).toEqual([
      '充电',
      '屏幕',
    ])
  })

  test('every item of the list must have a result', () => {
    const id = shop.at('testing')
    expect(refusal(() => record(id, ['passed']))).toMatchObject({
      code: 'work.test_incomplete',
      path: 'results',
      params: { missing: 1 },
    })
    expect(refusal(() => record(id, ['passed', 'passed', 'passed'])).fields.length).toBeGreaterThan(0)
    const twice = items.map(() => ({ itemId: items[0]!, result: 'passed' as const, note: '' }))
    const doubled = { ...shop.target(id), results: twice, note: '' }
    expect(refusal(() => shop.call('work.recordTest', doubled))).toMatchObject({
      code: 'field.duplicate',
      path: 'results.1.itemId',
    })
  })

  test('a test that was passed is recorded and lets the repair be finished', () => {
    const id = shop.at('testing')
    expect(refusal(() => shop.solve(id)).code).toBe('work.test_required')
    expect(record(id, ['passed', 'not_applicable']).passed).toBe(true)
    expect(shop.call('work.ofRepair', { repairId: id }).tests).toMatchObject([
      { passed: true, userName: 'technician', results: [{ result: 'passed' }, { result: 'not_applicable' }] },
    ])
    shop.solve(id)
    expect(shop.state(id)).toBe('processed')
  })

  test('a failed test sends the repair back to repair, with what failed as the reason in its history', () => {
    const id = shop.at('testing')
    expect(record(id, ['passed', 'failed'], '触摸失灵').passed).toBe(false)
    expect(shop.state(id)).toBe('in_repair')
    expect(shop.log(id).at(-1)).toMatchObject({
      action: 'repair',
      from: 'testing',
      to: 'in_repair',
      text: '屏幕\n触摸失灵',
      detail: { test: 'failed' },
    })
    expect(refusal(() => shop.solve(id)).code).toBe('work.test_required')
  })

  test('a device worked on again after its test is tested again', () => {
    const id = shop.at('testing')
    record(id, ['passed', 'passed'])
    shop.clock.advance(1000)
    shop.work(id, 'repair', { reason: '客户加修' })
    expect(refusal(() => shop.solve(id)).code).toBe('work.test_required')
    shop.work(id, 'test')
    shop.clock.advance(1000)
    record(id, ['passed', 'passed'])
    shop.solve(id)
    expect(shop.state(id)).toBe('processed')
  })

  test('a test of an earlier handling does not count for the next', () => {
    const id = shop.at('testing')
    record(id, ['passed', 'passed'])
    shop.assign(id, shop.technician2.userId, { reason: '换人' })
    shop.work(id, 'start')
    expect(refusal(() => shop.solve(id)).code).toBe('work.test_required')
  })

  test('a device that goes back unrepaired needs no test, nor does any where the shop does not want it', () => {
    const unrepaired = shop.at('diagnosing')
    shop.solve(unrepaired, 'not_repairable')
    expect(shop.state(unrepaired)).toBe('processed')
    shop.settings({ testRequired: false })
    const id = shop.at('testing')
    shop.solve(id)
    expect(shop.state(id)).toBe('processed')
  })

  test('a test outside of the bench, or by another technician, is refused', () => {
    const assigned = shop.at('assigned')
    expect(refusal(() => record(assigned, ['passed', 'passed'])).code).toBe('repair.not_allowed_in_state')
    const id = shop.at('testing')
    const results = items.map((itemId) => ({ itemId, result: 'passed' as const, note: '' }))
    const test = { ...shop.target(id), results, note: '' }
    expect(refusal(() => shop.as(shop.technician2).call('work.recordTest', test)).code).toBe(
      'repair.not_your_repair',
    )
  })
})

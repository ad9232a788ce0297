import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DictionaryEntry, DictionaryKind } from '#contract/dictionaries.ts'
import { repairShop, type RepairShop } from '../repairs/kit.ts'

/* Code lists and other lists a shop owns, taken into its dictionaries row by row. */
let shop: RepairShop
beforeEach(() => {
  shop = repairShop()
})
afterEach(() => shop.close())

const entries = (kind: DictionaryKind): DictionaryEntry[] => shop.call('dictionaries.list', { kinds: [kind] })
const named = (kind: DictionaryKind, en: string): DictionaryEntry =>
  entries(kind).find((e) => e.label.en === en)!

test('a maker’s code list is taken in, row by row, and a second time changes nothing', () => {
  const row = (line: number, code: string, zh: string, en: string, parent = '') => ({
    line,
    code,
    zh,
    en,
    parent,
  })
  const rows = [
    row(2, 'M01', '屏幕闪烁', 'Screen flickers'),
    row(3, 'M02', '其他', 'Other'),
    row(4, 'M03', '其他', 'Other'),
    row(5, 'S101', '不能开机', 'Cannot be switched on'),
    row(6, 'M04', '', ''),
    row(7, 'M05', 'x'.repeat(121), ''),
    row(8, 'M06', 'a\u0007b', ''),
  ]
  const first = shop.call('dictionaries.importRows', { kind: 'symptom', rows })
  expect(first).toEqual({
    imported: 3,
    updated: 1,
    rejected: [
      { line: 6, code: 'field.required' },
      { line: 7, code: 'field.too_long' },
      { line: 8, code: 'field.control_character' },
    ],
  })
  expect(entries('symptom').find((entry) => entry.code === 'S101')?.label.zh).toBe('不能开机')
  const before = entries('symptom')
  const again = shop.call('dictionaries.importRows', { kind: 'symptom', rows })
  expect(again).toMatchObject({ imported: 0, updated: 0 })
  expect(entries('symptom')).toEqual(before)
})

test('models of a list find their brand by code or by either name; an unknown brand is rejected', () => {
  const apple = named('brand', 'Apple')
  const rows = ['苹果', 'apple', apple.code, 'Nobody', ''].map((parent, line) => ({
    line,
    code: '',
    zh: '',
    en: `iPhone ${90 + line}`,
    parent,
  }))
  const result = shop.call('dictionaries.importRows', { kind: 'model', rows })
  expect(result.imported).toBe(3)
  expect(result.rejected).toEqual([
    { line: 3, code: 'field.not_found' },
    { line: 4, code: 'field.required' },
  ])
  const ofApple = entries('model').filter((model) => model.parentId === apple.id)
  expect(ofApple.map((model) => model.label.en)).toEqual(
    expect.arrayContaining(['iPhone 90', 'iPhone 91', 'iPhone 92']),
  )
})

test('a list gives a code to a brand that had only the program’s', () => {
  const rows = [{ line: 2, code: 'HW', zh: '华为', en: 'Huawei', parent: '' }]
  expect(shop.call('dictionaries.importRows', { kind: 'brand', rows })).toMatchObject({
    imported: 0,
    updated: 1,
  })
  expect(named('brand', 'Huawei').code).toBe('HW')
})

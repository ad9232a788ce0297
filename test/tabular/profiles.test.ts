import { describe, expect, test } from 'vitest'

import { importProfile, type ImportColumn, type ImportProfileDraft } from '#contract/import-profile.ts'
import { TabularError } from '#host/tabular/errors.ts'
import { compileProfile } from '#host/tabular/map-rows.ts'

const columns = ['编号', '日期', '品牌', '结果', '费用', '电话', '故障']

const base: ImportProfileDraft = {
  id: 'shop',
  name: { zh: '本店', en: 'Shop' },
  target: 'repairs',
  sourceKey: ['编号'],
  columns: [
    { column: '日期', field: 'receivedOn', date: { formats: ['YYYY/M/D'] } },
    { column: '品牌', field: 'brand', emptyValues: ['无', 'Unknown'] },
    {
      column: '结果',
      field: 'outcome',
      valueMap: { 修好: 'repaired', 报废: 'not_repairable', 在修: 'in_progress' },
    },
    { column: '费用', field: 'priceMinor' },
    { column: '电话', field: 'customerPhone' },
    { column: '故障', field: 'faultText' },
  ],
  constants: { category: '手机' },
}

/** The base profile with one column's rules changed. */
function withRules(field: string, rules: Partial<ImportColumn>): ImportProfileDraft {
  return {
    ...base,
    columns: base.columns.map((column) => (column.field === field ? { ...column, ...rules } : column)),
  }
}

describe('a profile that cannot work is refused before the first row', () => {
  const compile = (profile: ImportProfileDraft, headings = columns): string => {
    try {
      compileProfile(profile, headings)
      return 'compiled'
    } catch (error) {
      if (error instanceof TabularError) return `${error.code} ${JSON.stringify(error.params)}`
      throw error
    }
  }

  test('because the file lacks a column', () => {
    expect(compile(base, columns.slice(1))).toBe(
      'import.column_missing {"column":"编号","field":"sourceKey"}',
    )
    expect(compile(base, columns.with(1, 'x'))).toBe(
      'import.column_missing {"column":"日期","field":"receivedOn"}',
    )
    expect(compile(base, columns.slice(0, 2))).toBe('compiled')
    expect(compile(withRules('brand', { required: true }), columns.slice(0, 2))).toBe(
      'import.column_missing {"column":"品牌","field":"brand"}',
    )
  })

  test('because its own words are unknown', () => {
    expect(compile(withRules('outcome', { valueMap: { 修好: 'mended' } }))).toBe(
      'import.profile_invalid {"field":"outcome","value":"mended"}',
    )
    expect(compile({ ...base, constants: { outcome: 'mended' } })).toBe(
      'import.profile_invalid {"field":"outcome","value":"mended"}',
    )
    expect(compile({ ...base, constants: { nothing: 'x' } })).toBe(
      'import.profile_invalid {"field":"nothing"}',
    )
  })

  test('because nothing fills a field every repair needs', () => {
    expect(compile({ ...base, columns: base.columns.slice(1) })).toBe(
      'import.profile_invalid {"field":"receivedOn","reason":"field_missing"}',
    )
  })

  test.each<[string, unknown, string]>([
    ['unknown property', { ...base, colour: 'red' }, ''],
    [
      'unknown field',
      { ...base, columns: [...base.columns, { column: 'x', field: 'weight' }] },
      'columns.6.field',
    ],
    [
      'field filled twice',
      { ...base, columns: [...base.columns, { column: 'x', field: 'brand' }] },
      'columns.6.field',
    ],
    ['field filled by column and constant', { ...base, constants: { brand: 'x' } }, 'constants.brand'],
    ['date format for a text', withRules('brand', { date: { formats: ['YYYY-MM-DD'] } }), 'columns.1.date'],
    [
      'date format without a day',
      withRules('receivedOn', { date: { formats: ['YYYY-MM'] } }),
      'columns.0.date.formats.0',
    ],
    ['number rules for a text', withRules('brand', { number: { min: 1 } }), 'columns.1.number'],
    ['missing date of intake', { ...base, columns: [] }, 'columns'],
    ['unknown target', { ...base, target: 'invoices' }, 'target'],
    ['id with blanks', { ...base, id: 'my shop' }, 'id'],
  ])('because of an %s', (_, profile, path) => {
    const result = importProfile.safeParse(profile)
    expect(result.success).toBe(false)
    expect(result.error?.issues.map((issue) => issue.path.join('.'))).toContain(path)
  })

  test('and the sound one passes', () => {
    expect(importProfile.safeParse(base).success).toBe(true)
  })
})

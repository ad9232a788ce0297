import { describe, expect, test } from 'vitest'

import type { ImportColumn, ImportProfileDraft } from '#contract/import-profile.ts'
import { compileProfile, type MappedRow } from '#host/tabular/map-rows.ts'

const columns = ['编号', '日期', '品牌', '结果', '费用', '电话', '故障']
const sample = ['R-1', '2023/10/27', ' Apple ', '修好', '¥ 1,234.50', '138 0013 8000', '不开机']

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

function mapRow(
  profile: ImportProfileDraft,
  columnNames: readonly string[],
  cells: readonly string[],
): MappedRow {
  return compileProfile(profile, columnNames).map(cells)
}

/** The base profile with one column's rules changed. */
function withRules(field: string, rules: Partial<ImportColumn>): ImportProfileDraft {
  return {
    ...base,
    columns: base.columns.map((column) => (column.field === field ? { ...column, ...rules } : column)),
  }
}

/** The sample row with one cell changed, mapped. */
function mapWith(column: string, cell: string, profile: ImportProfileDraft = base): MappedRow {
  return mapRow(
    profile,
    columns,
    sample.map((old, at) => (columns[at] === column ? cell : old)),
  )
}

function refusal(row: MappedRow): string[] {
  return row.ok ? [] : row.errors.map((error) => `${error.field}: ${error.code}`)
}

describe("a row of the shop's own list", () => {
  test('fills the fields of a repair', () => {
    expect(mapRow(base, columns, sample)).toEqual({
      ok: true,
      key: 'R-1',
      warnings: [],
      values: {
        sourceKey: 'R-1',
        category: '手机',
        receivedOn: '2023-10-27',
        brand: 'Apple',
        outcome: 'repaired',
        priceMinor: 123_450,
        customerPhone: '138 0013 8000',
        faultText: '不开机',
      },
    })
  })

  test.each<[string, string, string, string]>([
    ['an impossible date', '日期', '2023/2/30', 'receivedOn: import.value_not_a_date'],
    ['no date', '日期', ' ', 'receivedOn: import.value_required'],
    ['an outcome nobody has mapped', '结果', '扔了', 'outcome: import.value_unknown'],
    ['an amount that is none', '费用', 'free', 'priceMinor: import.value_not_a_number'],
    ['a negative amount', '费用', '-5', 'priceMinor: import.value_out_of_range'],
    ['an absurd amount', '费用', '999999999999', 'priceMinor: import.value_out_of_range'],
    ['a phone that is none', '电话', 'see above', 'customerPhone: field.phone'],
    ['a phone number rounded by a spreadsheet', '电话', '1.38E+10', 'customerPhone: import.value_destroyed'],
    ['a text longer than the field', '故障', 'x'.repeat(4001), 'faultText: import.value_too_long'],
    ['nothing that identifies it', '编号', '  ', 'sourceKey: import.value_required'],
  ])('is rejected with field and reason for %s', (_, column, cell, expected) => {
    expect(refusal(mapWith(column, cell))).toEqual([expected])
  })

  test('names every fault at once, with the value that was wrong', () => {
    const row = mapRow(base, columns, ['R-2', 'yesterday', '', '?', '', '', ''])
    expect(row).toMatchObject({
      ok: false,
      errors: [
        { field: 'receivedOn', code: 'import.value_not_a_date', params: { value: 'yesterday' } },
        { field: 'outcome', code: 'import.value_unknown', params: { value: '?' } },
      ],
    })
  })

  test('is accepted to the last character of the longest text', () => {
    expect(mapWith('故障', 'x'.repeat(4000)).ok).toBe(true)
    const long = mapWith('故障', 'y'.repeat(5000))
    expect(long).toMatchObject({
      errors: [{ params: { max: 4000, actual: 5000, value: `${'y'.repeat(80)}…` } }],
    })
  })

  test('keeps formula-like text as text, and line breaks in texts that may have them', () => {
    expect(mapWith('故障', '=cmd|calc\r\n+1')).toMatchObject({ values: { faultText: '=cmd|calc\n+1' } })
    expect(mapWith('品牌', '=1+1\nX')).toMatchObject({ values: { brand: '=1+1 X' } })
  })

  test('is cleaned of control characters and says so', () => {
    expect(mapWith('故障', 'a\u0000b')).toMatchObject({
      values: { faultText: 'ab' },
      warnings: [{ field: 'faultText', code: 'import.warning.control_removed' }],
    })
  })

  test.each(['unknown', ' UNKNOWN ', '无', ''])('has no brand when the cell says %j', (cell) => {
    expect(mapWith('品牌', cell)).toMatchObject({ ok: true, values: { brand: null } })
  })
})

describe('the profile decides', () => {
  test('what becomes of words its map lacks', () => {
    expect(mapWith('结果', '修 好')).toMatchObject({ values: { outcome: 'repaired' } })
    expect(mapWith('结果', 'repaired')).toMatchObject({ values: { outcome: 'repaired' } })
    expect(mapWith('结果', '扔了', withRules('outcome', { unmapped: 'empty' }))).toMatchObject({
      values: { outcome: null },
      warnings: [{ field: 'outcome', code: 'import.warning.value_emptied' }],
    })
    expect(refusal(mapWith('结果', '扔了', withRules('outcome', { unmapped: 'keep' })))).toEqual([
      'outcome: import.value_unknown',
    ])
    const barrier = {
      ...base,
      columns: [
        ...base.columns.filter((c) => c.field !== 'outcome'),
        { column: '结果', field: 'barrier', valueMap: { 没配件: 'no_parts' } },
      ],
    }
    expect(mapWith('结果', '太贵', barrier)).toMatchObject({ values: { barrier: '太贵' } })
  })

  test('what becomes of numbers out of range and values of the wrong kind', () => {
    const warnings = [{ field: 'priceMinor', code: 'import.warning.value_emptied' }]
    const outOfRange = withRules('priceMinor', { number: { max: 100_000, outOfRange: 'empty' } })
    expect(mapWith('费用', '2000', outOfRange)).toMatchObject({
      ok: true,
      values: { priceMinor: null },
      warnings,
    })
    expect(mapWith('费用', '900', outOfRange)).toMatchObject({
      ok: true,
      values: { priceMinor: 90_000 },
      warnings: [],
    })
    expect(mapWith('费用', 'free', withRules('priceMinor', { invalid: 'empty' }))).toMatchObject({
      ok: true,
      values: { priceMinor: null },
      warnings,
    })
    expect(refusal(mapWith('日期', 'soon', withRules('receivedOn', { invalid: 'empty' })))).toEqual([
      'receivedOn: import.value_required',
    ])
  })

  test('what an empty cell stands for, and which cells must be filled', () => {
    expect(mapWith('品牌', 'Unknown', withRules('brand', { default: 'No name' }))).toMatchObject({
      values: { brand: 'No name' },
    })
    expect(refusal(mapWith('品牌', 'Unknown', withRules('brand', { required: true })))).toEqual([
      'brand: import.value_required',
    ])
  })

  test("the currency's decimals", () => {
    expect(mapWith('费用', '1234', withRules('priceMinor', { number: { decimals: 0 } }))).toMatchObject({
      values: { priceMinor: 1234 },
    })
    expect(
      mapWith('费用', '1.234,5', withRules('priceMinor', { number: { decimalMark: ',' } })),
    ).toMatchObject({ values: { priceMinor: 123_450 } })
  })

  test('that a text saying the same as another field is not said twice', () => {
    const profile = {
      ...base,
      columns: [...base.columns, { column: '品牌', field: 'notes', emptyIfSameAs: 'brand' }],
    }
    expect(mapRow(profile, columns, sample)).toMatchObject({ values: { brand: 'Apple', notes: null } })
  })

  test('which spellings of a heading are meant, without case, blanks and marks', () => {
    const profile = {
      ...base,
      sourceKey: [['Ticket No', 'Job']],
      columns: [{ column: ['Received', 'Date in'], field: 'receivedOn' }],
    }
    expect(mapRow(profile, ['*date_in', ' TICKET  no. '], ['2023-10-27', '7'])).toMatchObject({
      ok: true,
      key: '7',
    })
  })
})

describe('the key of a row', () => {
  const keyOf = (profile: ImportProfileDraft, cells: readonly string[]): string => {
    const row = mapRow(profile, columns, cells)
    if (!row.ok) throw new Error('the row was rejected')
    return row.key
  }

  test('may be made of several columns, which cannot be confused', () => {
    const profile = { ...base, sourceKey: ['编号', '品牌'] }
    const one = keyOf(profile, ['a|b', '2023/1/1', 'c', '', '', '', ''])
    const other = keyOf(profile, ['a', '2023/1/1', 'b|c', '', '', '', ''])
    expect(one).not.toBe(other)
  })

  test('is the whole row where no column identifies it, and the same in every import', () => {
    const profile = { ...base, sourceKey: [] }
    expect(keyOf(profile, sample)).toBe(
      keyOf(
        profile,
        sample.map((cell) => ` ${cell} `),
      ),
    )
    expect(keyOf(profile, sample)).not.toBe(keyOf(profile, sample.with(6, '能开机')))
  })

  test('is shortened when it is a novel', () => {
    expect(keyOf(base, sample.with(0, 'x'.repeat(5000))).length).toBeLessThan(200)
  })
})

test('customers keep several phones of one cell, and devices their IMEI', () => {
  const customers: ImportProfileDraft = {
    id: 'c',
    name: { zh: '客户', en: 'Customers' },
    target: 'customers',
    sourceKey: ['姓名'],
    columns: [
      { column: '姓名', field: 'name' },
      { column: '电话', field: 'phones' },
      { column: '等级', field: 'tier', valueMap: { 金牌: 'gold' } },
    ],
  }
  expect(
    mapRow(customers, ['姓名', '电话', '等级'], ['张三', '13800138000;021-12345678', 'VIP']),
  ).toMatchObject({
    values: { name: '张三', phones: '13800138000\n021-12345678', tier: 'vip' },
  })
  const devices: ImportProfileDraft = {
    id: 'd',
    name: { zh: '设备', en: 'Devices' },
    target: 'devices',
    sourceKey: ['IMEI'],
    columns: [{ column: 'IMEI', field: 'imei1' }],
  }
  expect(mapRow(devices, ['IMEI'], ['356938035643809'])).toMatchObject({
    values: { imei1: '356938035643809' },
  })
  expect(refusal(mapRow(devices, ['IMEI'], ['3.56938E+14']))).toEqual(['imei1: import.value_destroyed'])
})

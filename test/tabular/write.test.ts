import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { guardFormula, unguardFormula } from '#host/tabular/formula.ts'
import { openTable } from '#host/tabular/open-table.ts'
import { toCsv, type CsvOptions, type ExportCell } from '#host/tabular/write-csv.ts'
import { toXlsx, type ExportColumn } from '#host/tabular/write-xlsx.ts'

import { collect, useFixtures } from '../kit/tabular-fixtures.ts'

const fixture = useFixtures()

async function csv(rows: readonly (readonly ExportCell[])[], options: CsvOptions = {}): Promise<string> {
  return (await collect(toCsv(rows, options))).join('')
}

describe('an exported CSV file', () => {
  test('opens in Excel as UTF-8, with Windows line ends', async () => {
    expect(
      await csv([
        ['编号', 'name'],
        ['1', null],
        [2, true],
      ]),
    ).toBe('\ufeff编号,name\r\n1,\r\n2,true\r\n')
    expect(await csv([['a']], { bom: false, delimiter: ';' })).toBe('a\r\n')
    expect(await csv([])).toBe('\ufeff')
  })

  test('quotes what would break a row', async () => {
    expect(await csv([['a,b', 'c"d', 'e\nf', 'g\rh', 'i']], { bom: false })).toBe(
      '"a,b","c""d","e\nf","g\rh",i\r\n',
    )
  })

  test.each([
    ['=cmd|calc', "'=cmd|calc"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['+1+1', "'+1+1"],
    ['-2+3', "'-2+3"],
    ['- does not turn on', "'- does not turn on"],
    ['\t=1', "'\t=1"],
    ['＝1+1', "'＝1+1"],
    ["'=1", "''=1"],
    ['+86-138-0013-8000', "'+86-138-0013-8000"],
    ['+86 138 0013 8000', '+86 138 0013 8000'],
    ['+8613800138000', '+8613800138000'],
    ['-12.50', '-12.50'],
    ["'t is broken", "'t is broken"],
    ['1=1', '1=1'],
    ['', ''],
  ])('never starts a formula in a spreadsheet: %j is written as %j', (text, written) => {
    expect(guardFormula(text)).toBe(written)
    expect(unguardFormula(written)).toBe(text)
  })

  test('writes numbers as numbers and can leave formulas alone for other programs', async () => {
    expect(await csv([[-5, '=a']], { bom: false })).toBe("-5,'=a\r\n")
    expect(await csv([['=a']], { bom: false, guardFormulas: false })).toBe('=a\r\n')
  })

  test('holds as many rows as there are, a piece at a time', async () => {
    const pieces = await collect(toCsv(Array.from({ length: 1200 }, (_, at) => [at])))
    expect(pieces).toHaveLength(3)
    expect(pieces.join('').split('\r\n')).toHaveLength(1201)
  })
})

const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom(...'"\',;|\t\r\n=+-@0a中 ', '＝', '𠮷', '\u0000', '\ufeff'),
    maxLength: 10,
  }),
)

describe('what we write is what we read', () => {
  test('for any text in any cell', async () => {
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
      )
    const options = fc.record({
      delimiter: fc.constantFrom(',' as const, ';' as const, '\t' as const, '|' as const),
      bom: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(table, options, async (rows, style) => {
        const headings = (rows[0] ?? []).map((_, at) => `column ${at}`)
        const path = await fixture('any.csv', await csv([headings, ...rows], style))
        // The encoding is named: the strangest of these texts look like pictures, which is another test's matter.
        const read = await openTable(path, { keepBlankRows: true, encoding: 'utf-8' })
        expect(read.columns).toEqual(headings)
        const found = await collect(read.rows())
        expect(found.map((row) => row.cells)).toEqual(rows)
        expect(found.filter((row) => row.problem)).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  test('for any list a shop could type, without being told anything about the file', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 8 }), async (pairs) => {
        const rows = pairs.map(([a, b], at) => [`R-${at}`, a, b])
        const read = await openTable(
          await fixture('typed.csv', await csv([['编号', '姓名', '故障'], ...rows])),
        )
        expect((await collect(read.rows())).map((row) => row.cells)).toEqual(rows)
      }),
      { numRuns: 150 },
    )
  })
})

describe('an exported spreadsheet', () => {
  const columns: ExportColumn[] = [
    { heading: '编号', kind: 'text' },
    { heading: '日期', kind: 'date' },
    { heading: '数量', kind: 'number' },
    { heading: '金额', kind: 'money' },
    { heading: '円', kind: 'money', decimals: 0, width: 12 },
  ]

  async function roundTrip(
    rows: readonly (readonly ExportCell[])[],
    name = '维修: 2023/10 [全部]?',
  ): Promise<[string | null, (readonly string[])[]]> {
    const table = await openTable(await fixture('out.xlsx', await toXlsx(name, columns, rows)))
    expect(table.columns).toEqual(columns.map((column) => column.heading))
    return [table.sheet, (await collect(table.rows())).map((row) => row.cells)]
  }

  test('keeps identifiers as text, dates as dates and amounts as amounts', async () => {
    const [sheet, rows] = await roundTrip([
      ['0012', '2023-10-27', 2.5, 123_450, 1200],
      ['356938035643809', 'soon', null, -7, null],
      ['=cmd|calc', null, 'x', '', undefined],
    ])
    expect(sheet).toBe('维修  2023 10  全部')
    expect(rows).toEqual([
      ['0012', '2023-10-27', '2.5', '1234.5', '1200'],
      ['356938035643809', 'soon', '', '-0.07', ''],
      ['=cmd|calc', '', 'x', '', ''],
    ])
  })

  test('is not spoilt by characters a spreadsheet cannot hold', async () => {
    const [, rows] = await roundTrip(
      [
        ['a\u0000b\u000bc <&> "𠮷" _x0041_\nnext', null, null, null, null],
        ['y'.repeat(40_000), null, null, null, null],
      ],
      '',
    )
    expect(rows[0]?.[0]).toBe('abc <&> "𠮷" _x0041_\nnext')
    expect(rows[1]?.[0]).toHaveLength(32_767)
  })
})

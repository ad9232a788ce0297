import { describe, expect, test } from 'vitest'

import { openTable, type OpenTableOptions, type Table } from '#host/tabular/open-table.ts'
import { canonicalDate, canonicalNumber } from '#host/tabular/xlsx-rows.ts'

import { collect, useFixtures, xlsxFile, type Sheet, type SheetCell } from '../kit/tabular-fixtures.ts'

const fixture = useFixtures()

async function open(sheets: readonly Sheet[], options: OpenTableOptions = {}): Promise<Table> {
  return openTable(await fixture('list.xlsx', xlsxFile(sheets)), options)
}

async function readOne(
  rows: readonly (readonly SheetCell[])[],
  options: OpenTableOptions = {},
): Promise<(readonly string[])[]> {
  const table = await open([{ name: 'List', rows }], options)
  return (await collect(table.rows())).map((row) => row.cells)
}

describe('a spreadsheet a shop brings', () => {
  test('is read as text, whatever its cells are', async () => {
    const cells = await readOne([
      ['text', 'inline', 'number', 'date', 'truth', 'error', 'nothing'],
      [
        ' 张三 & <Co> ',
        { inline: 'a\nb' },
        { number: '0.30000000000000004' },
        { day: 45_226 },
        true,
        { error: '#N/A' },
        null,
      ],
      ['=SUM(A1)', null, { number: '1' }, { day: 45_226.4375 }, false, null, 'x'],
    ])
    expect(cells).toEqual([
      [' 张三 & <Co> ', 'a\nb', '0.3', '2023-10-27', 'TRUE', '', ''],
      ['=SUM(A1)', '', '1', '2023-10-27 10:30:00', 'FALSE', '', 'x'],
    ])
  })

  test('keeps the digits of an IMEI or a phone number that was typed as a number', async () => {
    const cells = await readOne([
      ['imei', 'phone'],
      [{ number: '356938035643809' }, { number: '1.38001380000E10' }],
    ])
    expect(cells).toEqual([['356938035643809', '13800138000']])
  })

  test('is told by its content, not by its name', async () => {
    const path = await fixture('really-a-spreadsheet.csv', xlsxFile([{ name: 'A', rows: [['id'], ['1']] }]))
    expect((await openTable(path)).format).toBe('xlsx')
  })

  test('offers its visible sheets and reads the first of them by default', async () => {
    const sheets: Sheet[] = [
      { name: '字典', hidden: true, rows: [['code'], ['x']] },
      { name: '客户 & 公司', rows: [['name'], ['张三']] },
      { name: '维修', rows: [['no'], ['1']] },
    ]
    const first = await open(sheets)
    expect(first).toMatchObject({
      sheets: ['客户 & 公司', '维修'],
      sheet: '客户 & 公司',
      columns: ['name'],
      delimiter: null,
    })
    expect((await open(sheets, { sheet: '维修' })).columns).toEqual(['no'])
    expect((await open(sheets, { sheet: 2 })).columns).toEqual(['no'])
  })

  test('may have titles above its headings, and rows keep their numbers in the sheet', async () => {
    const rows = [['Repairs 2024'], [], ['id', 'name'], ['1', 'x'], [], ['2', 'y']]
    const table = await open([{ name: 'A', rows }], { headerLine: 3 })
    expect(table.columns).toEqual(['id', 'name'])
    expect(await collect(table.rows())).toEqual([
      { line: 4, cells: ['1', 'x'] },
      { line: 6, cells: ['2', 'y'] },
    ])
  })

  test('fills up short rows and leaves out empty columns at the right', async () => {
    const cells = await readOne([['id', 'name', 'note', null, ' '], ['1'], ['2', null, 'z']])
    expect(cells).toEqual([
      ['1', '', ''],
      ['2', '', 'z'],
    ])
  })

  test('goes on below a given row after an import was broken off', async () => {
    const rows = [['id'], ...Array.from({ length: 2500 }, (_, at) => [`${at}`])]
    const table = await open([{ name: 'A', rows }])
    expect(table.rowEstimate).toBe(2500)
    const batches = await collect(table.batches(1000, { afterLine: 2001 }))
    expect(batches.flatMap((batch) => batch.rows.map((row) => row.line))).toEqual(
      Array.from({ length: 500 }, (_, at) => at + 2002),
    )
    expect(batches.at(-1)?.bytesDone).toBe(table.bytes)
  })

  test.each([
    ['without any row', [], 'import.file_empty'],
    ['with headings only', [['id', 'name']], 'import.no_rows'],
    [
      'with two columns of one name',
      [
        ['id', 'id'],
        ['1', '2'],
      ],
      'import.column_duplicate',
    ],
  ])('%s is refused with the reason', async (_, rows, code) => {
    await expect(open([{ name: 'A', rows }])).rejects.toMatchObject({ code })
  })
})

test.each([
  ['0.30000000000000004', '0.3'],
  ['1E-3', '0.001'],
  ['-12.50', '-12.5'],
  ['9007199254740993', '9007199254740993'],
  ['1.2E+20', '120000000000000000000'],
  ['abc', 'abc'],
])('a number stored as %s reads as %s', (stored, shown) => {
  expect(canonicalNumber(stored)).toBe(shown)
})

test.each([
  ['2023-10-27T00:00:00.000Z', '2023-10-27'],
  ['2023-10-27T09:59:59.999Z', '2023-10-27 10:00:00'],
  ['1899-12-31T08:30:00.000Z', '08:30:00'],
])('a date cell of %s reads as %s', (stored, shown) => {
  expect(canonicalDate(new Date(stored))).toBe(shown)
})

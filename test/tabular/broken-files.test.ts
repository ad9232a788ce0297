import { describe, expect, test } from 'vitest'

import { openTable, TabularError, type OpenTableOptions, type Table } from '#host/tabular/open-table.ts'

import { readOnThread } from '#host/tabular/xlsx-thread.ts'
import { useFixtures, xlsxFile, zipFile } from '../kit/tabular-fixtures.ts'

const fixture = useFixtures()

async function open(content: string | Uint8Array, options: OpenTableOptions = {}): Promise<Table> {
  return openTable(await fixture('broken.csv', content), options)
}

async function refusal(
  content: string | Uint8Array,
  options: OpenTableOptions = {},
): Promise<{ code: string; params: unknown }> {
  const error: unknown = await open(content, options).catch((reason: unknown) => reason)
  if (!(error instanceof TabularError)) throw new Error(`not refused with a code: ${String(error)}`)
  return { code: error.code, params: error.params }
}

const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')
const noise = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919 + (at >> 3)) % 256))

describe('a file that is no table is refused with the reason', () => {
  test.each<[string, string | Uint8Array, { code: string; params: unknown }]>([
    ['an empty file', '', { code: 'import.file_empty', params: {} }],
    ['a file of blank lines', ' \r\n\n  \n', { code: 'import.file_empty', params: {} }],
    ['a picture renamed to .csv', png, { code: 'import.not_a_table', params: { kind: 'png' } }],
    ['a PDF', '%PDF-1.7\n%âãÏÓ\n1 0 obj\n', { code: 'import.not_a_table', params: { kind: 'pdf' } }],
    [
      'an old .xls file',
      Buffer.from('d0cf11e0a1b11ae1000000000000', 'hex'),
      { code: 'import.not_a_table', params: { kind: 'xls' } },
    ],
    [
      'a web page saved as a table',
      '<html><body><table>',
      { code: 'import.not_a_table', params: { kind: 'html' } },
    ],
    ['a JSON file', '[{"id":1,"name":"x"}]', { code: 'import.not_a_table', params: { kind: 'json' } }],
    ['bytes without meaning', noise, { code: 'import.not_a_table', params: { kind: 'binary' } }],
    [
      'a ZIP that is no spreadsheet',
      zipFile([['letter.txt', Buffer.from('hello')]]),
      { code: 'import.not_a_table', params: { kind: 'zip' } },
    ],
    ['headings without rows', 'id,name\n', { code: 'import.no_rows', params: { columns: 2 } }],
    ['headings with blank rows', 'id,name\n,\n\n', { code: 'import.no_rows', params: { columns: 2 } }],
    [
      'two columns of one name',
      'id,备注,name,备注\n1,2,3,4\n',
      { code: 'import.column_duplicate', params: { column: '备注', first: 2, second: 4 } },
    ],
    ['a row of bare delimiters for headings', ',,\n', { code: 'import.header_missing', params: {} }],
    [
      'a table far wider than any list',
      `${'a,'.repeat(3000)}\n`,
      { code: 'import.not_a_table', params: { kind: 'too_wide', columns: 3001 } },
    ],
  ])('%s', async (_, content, expected) => {
    expect(await refusal(content)).toEqual(expected)
  })

  test('headings wished for below the end of the file', async () => {
    expect(await refusal('id,name\n1,x\n', { headerLine: 9 })).toEqual({
      code: 'import.header_missing',
      params: {},
    })
  })

  test('a file that is not there, or is a folder', async () => {
    await expect(openTable('/nowhere/at/all.csv')).rejects.toMatchObject({ code: 'import.file_missing' })
    await expect(openTable('test/tabular')).rejects.toMatchObject({ code: 'import.file_missing' })
  })
})

describe('a damaged spreadsheet is refused with the reason', () => {
  const sound = xlsxFile([
    {
      name: 'List',
      rows: [
        ['id', 'name'],
        ['1', 'x'],
      ],
    },
  ])

  test('one that was cut off while it was copied', async () => {
    expect(await refusal(sound.subarray(0, sound.length - 200))).toEqual({
      code: 'import.not_a_table',
      params: { kind: 'xlsx_damaged' },
    })
    expect(await refusal(sound.subarray(0, 40))).toEqual({
      code: 'import.not_a_table',
      params: { kind: 'xlsx_damaged' },
    })
  })

  test('one whose parts are garbled, unless it can still be read', async () => {
    const outcomes: unknown[] = []
    for (let at = 30; at < sound.length; at += 211) {
      const garbled = sound.with(at, (sound[at] ?? 0) ^ 0xff)
      const outcome = open(garbled).then((table) => table.format)
      outcomes.push(
        await outcome.catch((error: unknown) => (error instanceof TabularError ? error.code : error)),
      )
    }
    expect(outcomes).toContain('import.not_a_table')
    expect(outcomes.filter((outcome) => !/^(?:import\.[a-z_]+|xlsx)$/.test(String(outcome)))).toEqual([])
  })

  test('one larger than is allowed, before it is read', async () => {
    expect(await refusal(sound, { maxSpreadsheetBytes: 500 })).toEqual({
      code: 'import.file_too_large',
      params: { maxBytes: 500 },
    })
  })

  test('one that unpacks to far more than it claims', async () => {
    const bomb = zipFile([
      ['xl/workbook.xml', Buffer.from('<workbook><sheets><sheet name="a"/></sheets></workbook>')],
      ['xl/worksheets/sheet1.xml', Buffer.alloc(20 << 20, 0x20)],
    ])
    // The sizes that are declared are made to lie.
    const declared = Buffer.alloc(4)
    declared.writeUInt32LE(20 << 20)
    for (let at = bomb.indexOf(declared); at >= 0; at = bomb.indexOf(declared)) bomb.writeUInt32LE(1000, at)
    expect(bomb.length).toBeLessThan(50_000)
    const maxUnpackedBytes = 10 << 20
    expect(await refusal(bomb, { maxUnpackedBytes })).toEqual({
      code: 'import.not_a_table',
      params: { kind: 'xlsx_damaged' },
    })
  })

  test('one whose reading takes longer than is allowed, and its thread is ended', async () => {
    // A cell of many megabytes takes seconds; one made with care takes hours.
    const path = await fixture('endless.xlsx', xlsxFile([{ name: 'List', rows: [['a'.repeat(64 << 20)]] }]))
    const request = { path, sheet: undefined, maxUnpackedBytes: 400 << 20 }
    await expect(readOnThread(request, 1)).rejects.toMatchObject({ code: 'import.file_too_large' })
  })

  test('one without the sheet asked for', async () => {
    expect(await refusal(sound, { sheet: 'Other' })).toEqual({
      code: 'import.sheet_missing',
      params: { sheet: 'Other', sheets: 'List' },
    })
    expect((await refusal(sound, { sheet: 2 })).code).toBe('import.sheet_missing')
  })
})

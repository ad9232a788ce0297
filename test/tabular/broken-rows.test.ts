import { describe, expect, test } from 'vitest'

import { openTable, type OpenTableOptions, type Table, type TableRow } from '#host/tabular/open-table.ts'

import { collect, csvText, useFixtures } from '../kit/tabular-fixtures.ts'

const fixture = useFixtures()

async function open(content: string | Uint8Array, options: OpenTableOptions = {}): Promise<Table> {
  return openTable(await fixture('broken.csv', content), options)
}

async function outcome(
  content: string | Uint8Array,
  options: OpenTableOptions = {},
): Promise<(string | number)[][]> {
  const rows: TableRow[] = await collect((await open(content, options)).rows())
  return rows.map((row) => [row.line, row.problem?.code ?? row.cells.join('|')])
}

describe('a broken row is rejected with its line and the rest goes on', () => {
  test.each<[string, string, (string | number)[][]]>([
    [
      'too many cells',
      'a,b\n1,x\n2,y,z\n3,w\n',
      [
        [2, '1|x'],
        [3, 'import.row_width'],
        [4, '3|w'],
      ],
    ],
    [
      'too few cells',
      'a,b,c\n1,x,p\n2\n3,w,q\n',
      [
        [2, '1|x|p'],
        [3, 'import.row_width'],
        [4, '3|w|q'],
      ],
    ],
    [
      'a quote that closes in the middle of a cell',
      'a,b\n1,"x"y\n2,"z"\n',
      [
        [2, 'import.csv_malformed'],
        [3, '2|z'],
      ],
    ],
    [
      'a quote that never closes',
      'a,b\n1,"x\n2,y\n3,z\n',
      [
        [2, 'import.csv_malformed'],
        [3, '2|y'],
        [4, '3|z'],
      ],
    ],
    [
      'a quote that seems to close in a later row',
      'a,b\n1,"x\n2,y\n3,"z"\n4,w\n',
      [
        [2, 'import.csv_malformed'],
        [3, '2|y'],
        [4, '3|z'],
        [5, '4|w'],
      ],
    ],
    [
      'broken quotes on every line',
      'a,b\n"1"x,a\n"2"x,b\n"3"x,c\n4,d\n',
      [
        [2, 'import.csv_malformed'],
        [3, 'import.csv_malformed'],
        [4, 'import.csv_malformed'],
        [5, '4|d'],
      ],
    ],
    [
      'a stray quote and too many cells',
      'a,b\n1,2" x,y\n2,z\n',
      [
        [2, 'import.csv_malformed'],
        [3, '2|z'],
      ],
    ],
    [
      'a broken row below blank lines',
      'a,b\n1,x\n\n\r\n2,"y"y\n3,z\n',
      [
        [2, '1|x'],
        [5, 'import.csv_malformed'],
        [6, '3|z'],
      ],
    ],
  ])('%s', async (_, content, expected) => {
    expect(await outcome(content)).toEqual(expected)
  })

  test.each<[string, string, (string | number)[][]]>([
    [
      'inside a quoted cell',
      'a,b,c\n1,x,y\n2,z,"half a te',
      [
        [2, '1|x|y'],
        [3, 'import.csv_truncated'],
      ],
    ],
    [
      'inside a quoted cell of several lines',
      'a,b,c\n1,x,y\n2,z,"first\nsecond\nthi',
      [
        [2, '1|x|y'],
        [3, 'import.csv_truncated'],
      ],
    ],
    [
      'between two cells',
      'a,b,c\n1,x,y\n2,z',
      [
        [2, '1|x|y'],
        [3, 'import.csv_truncated'],
      ],
    ],
    [
      'after the last row, which is whole',
      'a,b,c\n1,x,y\n2,z,w',
      [
        [2, '1|x|y'],
        [3, '2|z|w'],
      ],
    ],
  ])('a file cut off %s', async (_, content, expected) => {
    expect(await outcome(content)).toEqual(expected)
  })

  test('a file cut off in the middle of a Chinese character', async () => {
    const whole = Buffer.from('编号,故障\n1,不开机\n2,屏幕碎')
    expect(await outcome(whole.subarray(0, whole.length - 1))).toEqual([
      [2, '1|不开机'],
      [3, 'import.csv_truncated'],
    ])
  })

  test('what the broken line said is kept for the rejects file', async () => {
    const rows = await collect((await open('a,b\n1,"x"y\n2,z\n')).rows())
    expect(rows[0]).toEqual({
      line: 2,
      cells: ['1,"x"y'],
      problem: { code: 'import.csv_malformed', params: {} },
    })
  })

  test('the numbers of cells are told', async () => {
    const rows = await collect((await open('a,b\n1,2,3\n')).rows())
    expect(rows[0]?.problem).toEqual({ code: 'import.row_width', params: { expected: 2, actual: 3 } })
  })

  test('a quote opened at the top of a long file costs one row, not the file', async () => {
    const rows = Array.from({ length: 60_000 }, (_, at) => [
      `${at}`,
      'a text of some length to fill the file',
    ])
    const text = csvText([['id', 'text'], ['first', 'x'], ...rows])
    const found = await outcome(text.replace('first,x', 'first,"x'))
    expect(found).toHaveLength(60_001)
    expect(found[0]).toEqual([2, 'import.csv_malformed'])
    expect(found.filter(([, what]) => String(what).startsWith('import.'))).toHaveLength(1)
    expect(found.at(-1)?.[0]).toBe(60_002)
  })

  test('a line without end is one rejected row, and the rows below keep their lines', async () => {
    const found = await outcome(`a,b\n1,"${'x'.repeat(3 << 20)}\n2,y\n3,z\n`)
    expect(found).toEqual([
      [2, 'import.csv_malformed'],
      [3, '2|y'],
      [4, '3|z'],
    ])
  })

  test('thousands of broken lines are as many rejects', async () => {
    const found = await outcome(`a,b\n${'1,"x"y\n'.repeat(5000)}2,z\n`)
    expect(found).toHaveLength(5001)
    expect(found.at(-1)).toEqual([5002, '2|z'])
  })

  test('control characters in a cell do not make the file unreadable', async () => {
    expect(await outcome('id,fault\n1,a\u0000b\u0007c\n2,d\n')).toEqual([
      [2, '1|a\u0000b\u0007c'],
      [3, '2|d'],
    ])
  })
})

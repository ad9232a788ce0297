import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

import { describe, expect, test } from 'vitest'

import { openTable, type OpenTableOptions, type TableRow } from '#host/tabular/open-table.ts'

import { collect, csvText, useFixtures } from '../kit/tabular-fixtures.ts'

const fixture = useFixtures()

async function read(
  content: string | Uint8Array,
  options: OpenTableOptions = {},
  afterLine = 0,
): Promise<TableRow[]> {
  const table = await openTable(await fixture('table.csv', content), options)
  return collect(table.rows({ afterLine }))
}

const list = [
  ['编号', '姓名', '故障'],
  ['1', '张三', '不开机'],
  ['2', '李四', '屏幕碎, "右上角"'],
  ['3', '王五', '第一行\n第二行'],
  ['4', '赵六', ''],
]

describe('a table a shop brings as CSV', () => {
  test.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
    ['bars', '|'],
  ])('is read whether its cells are parted by %s', async (_, delimiter) => {
    const table = await openTable(await fixture('d.csv', csvText(list, { delimiter })))
    expect(table).toMatchObject({
      format: 'csv',
      delimiter,
      encoding: 'utf-8',
      columns: list[0],
      sheets: [],
      sheet: null,
    })
    const rows = await collect(table.rows())
    expect(rows.map((row) => row.cells)).toEqual(list.slice(1))
  })

  test.each([
    ['Unix', '\n'],
    ['Windows', '\r\n'],
    ['the old Macintosh', '\r'],
  ])('is read with the line ends of %s', async (_, eol) => {
    const rows = await read(csvText(list, { eol }))
    expect(rows.map((row) => row.cells)).toEqual(list.slice(1))
  })

  test('names the physical line on which each row begins, across cells of several lines and blank lines', async () => {
    const text = 'id,fault\n1,"a\nb\nc"\n2,x\n\n\n3,"d\r\ne"\n4,y\n'
    const rows = await read(text)
    expect(rows.map((row) => [row.cells[0], row.line])).toEqual([
      ['1', 2],
      ['2', 5],
      ['3', 8],
      ['4', 10],
    ])
  })

  test('names the right line when headings of two lines stand below blank lines', async () => {
    const rows = await read('\n\n"id\n(number)",fault\n1,x\n')
    expect(rows).toEqual([{ line: 5, cells: ['1', 'x'] }])
  })

  test('may have its headings under a title', async () => {
    const path = await fixture(
      'title.csv',
      'Repairs of 2024,,\nPrinted by Li,,\nid,name,fault\n1,Wang,dead\n',
    )
    const table = await openTable(path, { headerLine: 3 })
    expect(table.columns).toEqual(['id', 'name', 'fault'])
    expect(await collect(table.rows())).toEqual([{ line: 4, cells: ['1', 'Wang', 'dead'] }])
  })

  test('may name its delimiter in a first line, as Excel reads it', async () => {
    const path = await fixture('sep.csv', 'sep=;\nid;note\n1;a,b,c\n')
    const table = await openTable(path)
    expect(table).toMatchObject({ delimiter: ';', columns: ['id', 'note'] })
    expect(await collect(table.rows())).toEqual([{ line: 3, cells: ['1', 'a,b,c'] }])
  })

  test('keeps quotes inside cells that are not quoted, such as inches', async () => {
    const rows = await read('id,fault,place\n1,27" screen dark,A\n2,fine,B\n3,15" lid,C\n')
    expect(rows.map((row) => [row.line, row.cells[1], row.problem])).toEqual([
      [2, '27" screen dark', undefined],
      [3, 'fine', undefined],
      [4, '15" lid', undefined],
    ])
  })

  test('is not decided by a comma in the texts when the cells are parted by semicolons', async () => {
    const table = await openTable(await fixture('mixed.csv', 'a;b\n1,5;2,5\n3,5;4,5\n'))
    expect(table.delimiter).toBe(';')
  })

  test('passes over rows without any content and delimiters left behind at the end of rows', async () => {
    const rows = await read('id,fault\n1,x,,,\n,\n , \n2,y\n')
    expect(rows).toEqual([
      { line: 2, cells: ['1', 'x'] },
      { line: 5, cells: ['2', 'y'] },
    ])
  })

  test('calls a column without a heading by its place', async () => {
    const table = await openTable(await fixture('blank.csv', 'id,,fault\n1,?,x\n'))
    expect(table.columns).toEqual(['id', '#2', 'fault'])
  })

  test('estimates its rows for the progress bar and reports the bytes it has gone through', async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => [String(at), 'x'.repeat(40)])
    const table = await openTable(await fixture('long.csv', csvText([['id', 'text'], ...rows])))
    expect(table.rowEstimate).toBe(20_000)
    const done: number[] = []
    for await (const batch of table.batches(1000)) done.push(batch.bytesDone)
    expect(done).toHaveLength(20)
    expect(done.at(-1)).toBe(table.bytes)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(done[0]).toBeLessThan(table.bytes)
  })

  test('goes on below a given line after an import was broken off', async () => {
    const text = 'id,fault\n1,"a\nb"\n2,x\n3,y\n'
    expect((await read(text, {}, 2)).map((row) => row.cells[0])).toEqual(['2', '3'])
    expect((await read(text, {}, 4)).map((row) => row.cells[0])).toEqual(['3'])
    expect(await read(text, {}, 5)).toEqual([])
  })

  test('can be read again from the start, as the dry run and the import do', async () => {
    const table = await openTable(await fixture('twice.csv', csvText(list)))
    const once = await collect(table.rows())
    expect(await collect(table.rows())).toEqual(once)
  })

  test('has the same rows wherever the pieces in which it is read happen to end', async () => {
    const rows = Array.from({ length: 30_000 }, (_, at) => [
      `${at}`,
      `多行\n${'字'.repeat(at % 23)}"引号"`,
      'é'.repeat(at % 7),
    ])
    const found = await read(csvText([['id', 'text', 'more'], ...rows]))
    expect(found.map((row) => row.cells)).toEqual(rows)
    expect(found.every((row, at) => row.line === at * 2 + 2)).toBe(true)
  })

  test('takes no more memory when it is thirty megabytes longer', async () => {
    const line = `${'x'.repeat(20)},${'fault text '.repeat(8)},"quoted, text"\n`
    const peak = async (lines: number): Promise<number> => {
      const path = await fixture(`${lines}.csv`, `id,fault,note\n${line.repeat(lines)}`)
      const { stdout } = await promisify(execFile)(process.execPath, [
        '--expose-gc',
        'test/kit/read-table.ts',
        path,
      ])
      const result: { rows: number; bytes: number; collected: boolean } = JSON.parse(stdout)
      expect(result).toMatchObject({ rows: lines, collected: true })
      return result.bytes
    }
    const short = await peak(50_000)
    const long = await peak(300_000)
    expect(long - short).toBeLessThan(3_000_000)
  })
})

import { describe, expect, test } from 'vitest'

import { openTable, type TableEncoding } from '#host/tabular/open-table.ts'

import { collect, csvText, encodeText, useFixtures } from '../kit/tabular-fixtures.ts'

const fixture = useFixtures()
const chinese = [
  ['客户姓名', '联系电话', '故障描述'],
  ['张三', '13800138000', '不开机，充电无反应'],
  ['朱镕基', '02112345678', '屏幕碎；“右上角”'],
  ['𠮷野', '+86 138', '€ 20'],
]

async function cellsOf(
  name: string,
  content: Uint8Array,
  encoding?: TableEncoding,
): Promise<[string, (readonly string[])[]]> {
  const table = await openTable(await fixture(name, content), { encoding })
  const rows = await collect(table.rows())
  expect(rows.filter((row) => row.problem)).toEqual([])
  return [table.encoding, [table.columns, ...rows.map((row) => row.cells)]]
}

describe('a Chinese list is read in the encoding it was saved in', () => {
  test.each<[string, string, boolean, TableEncoding]>([
    ['UTF-8', 'utf8', false, 'utf-8'],
    ['UTF-8 with byte order mark, as Excel saves it', 'utf8', true, 'utf-8'],
    ['GB18030, as older Chinese programs save it', 'gb18030', false, 'gb18030'],
    ['UTF-16, as Excel saves Unicode text', 'utf16le', true, 'utf-16le'],
    ['UTF-16 big-endian', 'utf-16be', true, 'utf-16be'],
  ])('%s', async (_, encoding, mark, expected) => {
    expect(await cellsOf('list.csv', encodeText(csvText(chinese), encoding, mark))).toEqual([
      expected,
      chinese,
    ])
  })

  test('GB18030 that begins only after a megabyte of plain letters', async () => {
    const rows = [
      ['id', 'fault'],
      ...Array.from({ length: 40_000 }, (_, at) => [`R-${at}`, 'does not turn on']),
      ['R-last', '不开机'],
    ]
    const [encoding, found] = await cellsOf('late.csv', encodeText(csvText(rows), 'gb18030'))
    expect(encoding).toBe('gb18030')
    expect(found).toEqual(rows)
  })

  test('UTF-16 without its mark, when most of it is plain letters', async () => {
    const rows = [
      ['id', 'name'],
      ['1', 'Wang'],
      ['2', 'Müller'],
    ]
    expect(await cellsOf('wide.csv', encodeText(csvText(rows), 'utf16le'))).toEqual(['utf-16le', rows])
  })

  test('characters are whole although the pieces in which the file is read cut through them', async () => {
    const rows = [
      ['编号', '说明'],
      ...Array.from({ length: 30_000 }, (_, at) => [`${at}`, `第${at}台，${'屏'.repeat(at % 5)}`]),
    ]
    for (const encoding of ['utf8', 'gb18030', 'utf16le']) {
      const [, found] = await cellsOf(
        `${encoding}.csv`,
        encodeText(csvText(rows), encoding, encoding === 'utf16le'),
      )
      expect(found).toEqual(rows)
    }
  })
})

describe('an encoding that cannot be told is refused, never guessed', () => {
  const western = [
    ['Name', 'Ort'],
    ['Müller', 'Zürich'],
    ['Größe', 'Köln'],
    ['Señor Peña', 'Málaga'],
  ]

  test('a western list in an old code page is not taken for Chinese', async () => {
    const path = await fixture('western.csv', encodeText(csvText(western), 'win1252'))
    await expect(openTable(path)).rejects.toMatchObject({
      code: 'import.encoding_unknown',
      params: { byte: 10 },
    })
  })

  test('and is read once a person has named the code page', async () => {
    const [, found] = await cellsOf('western.csv', encodeText(csvText(western), 'win1252'), 'windows-1252')
    expect(found).toEqual(western)
  })

  test('a Chinese UTF-8 list with one damaged character loses that row only', async () => {
    const bytes = Buffer.from(csvText([...chinese, ...chinese.slice(1)]))
    const at = bytes.indexOf('碎')
    bytes[at + 1] = 0x20
    const table = await openTable(await fixture('damaged.csv', bytes))
    expect(table.encoding).toBe('utf-8')
    const rows = await collect(table.rows())
    expect(rows.map((row) => row.problem?.code)).toEqual([
      undefined,
      'import.encoding_broken',
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })

  test('rows that a wrongly named encoding cannot read are rejected one by one', async () => {
    const path = await fixture('named.csv', encodeText(csvText(chinese), 'gb18030'))
    const table = await openTable(path, { encoding: 'utf-8' })
    const rows = await collect(table.rows())
    expect(rows.every((row) => row.problem?.code === 'import.encoding_broken')).toBe(true)
  })

  test('the replacement character is ordinary text in a file that is sound', async () => {
    const rows = [
      ['id', 'name'],
      ['1', 'lost \ufffd here'],
    ]
    expect(await cellsOf('sound.csv', encodeText(csvText(rows), 'utf8'))).toEqual(['utf-8', rows])
  })
})

test('the hash tells whether it is the same file', async () => {
  const one = await openTable(await fixture('one.csv', 'a,b\n1,2\n'))
  const same = await openTable(await fixture('same.csv', 'a,b\n1,2\n'))
  const other = await openTable(await fixture('other.csv', 'a,b\n1,3\n'))
  expect(one.sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(same.sha256).toBe(one.sha256)
  expect(other.sha256).not.toBe(one.sha256)
})

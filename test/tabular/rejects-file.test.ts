import { readFile } from 'node:fs/promises'

import { describe, expect, test } from 'vitest'

import type { ImportProfileDraft } from '#contract/import-profile.ts'
import { compileProfile } from '#host/tabular/map-rows.ts'
import { openTable } from '#host/tabular/open-table.ts'
import { RejectsFile, type Reject } from '#host/tabular/rejects-file.ts'

import { collect, useFixtures } from '../kit/tabular-fixtures.ts'

const fixture = useFixtures()
const columns = ['编号', '日期', '故障']
const reject = (line: number, ...cells: string[]): Reject => ({
  line,
  cells,
  errors: [{ field: 'receivedOn', code: 'import.value_not_a_date', params: { value: cells[1] ?? '' } }],
})
const profile: ImportProfileDraft = {
  id: 'shop',
  name: { zh: '本店', en: 'Shop' },
  target: 'repairs',
  sourceKey: ['编号'],
  columns: [
    { column: '日期', field: 'receivedOn', date: { formats: ['YYYY/M/D'] } },
    { column: '故障', field: 'faultText' },
  ],
}

describe('the rejects of an import', () => {
  test('tell line, field, reason and the row as it was', async () => {
    const path = await fixture('rejects.csv', '')
    const file = await RejectsFile.open(path, columns)
    await file.add([
      reject(7, 'R-1', 'soon', '=cmd, "x"'),
      {
        line: 9,
        cells: ['R-2'],
        errors: [
          { field: '', code: 'import.row_width', params: { expected: 3, actual: 1 } },
          { field: 'brand', code: 'import.value_too_long', params: {} },
        ],
      },
    ])
    await file.close()
    const table = await openTable(path)
    expect(table.columns).toEqual([
      'rejected line',
      'rejected field',
      'rejected code',
      'rejected params',
      'rejected reason',
      ...columns,
    ])
    expect((await collect(table.rows())).map((row) => row.cells)).toEqual([
      ['7', 'receivedOn', 'import.value_not_a_date', '{"value":"soon"}', '', 'R-1', 'soon', '=cmd, "x"'],
      [
        '9',
        ' | brand',
        'import.row_width | import.value_too_long',
        '{"expected":3,"actual":1} | {}',
        '',
        'R-2',
        '',
        '',
      ],
    ])
  })

  test('say the reason in words when somebody can put it into words', async () => {
    const path = await fixture('words.csv', '')
    const file = await RejectsFile.open(path, columns, {
      describe: (error) => `不是日期：${error.params['value']}`,
    })
    await file.add([reject(7, 'R-1', 'soon', 'x')])
    await file.close()
    expect((await collect((await openTable(path)).rows()))[0]?.cells[4]).toBe('不是日期：soon')
  })

  test('can be mended and imported as they are', async () => {
    const path = await fixture('mend.csv', '')
    const file = await RejectsFile.open(path, columns)
    await file.add([reject(7, 'R-1', 'soon', '不开机')])
    await file.close()
    const mended = (await readFile(path, 'utf8')).replaceAll('soon', '2023/10/27')
    const table = await openTable(await fixture('mended.csv', mended))
    const [row] = await collect(table.rows())
    expect(compileProfile(profile, table.columns).map(row?.cells ?? [])).toMatchObject({
      ok: true,
      key: 'R-1',
      values: { receivedOn: '2023-10-27', faultText: '不开机' },
    })
  })

  test('go on where a broken-off import stood, without a row twice', async () => {
    const path = await fixture('resume.csv', '')
    const first = await RejectsFile.open(path, columns)
    await first.add([reject(2, '一', 'x', 'y')])
    const checkpoint = first.bytes
    await first.add([reject(3, 'lost', 'with', 'the crash')])
    await first.close()
    const second = await RejectsFile.open(path, columns, { resumeAt: checkpoint })
    await second.add([reject(3, '二', 'x', 'y')])
    expect(second.bytes).toBe((await readFile(path)).length)
    await second.close()
    const table = await openTable(path)
    expect((await collect(table.rows())).map((row) => [row.cells[0], row.cells[5]])).toEqual([
      ['2', '一'],
      ['3', '二'],
    ])
  })
})

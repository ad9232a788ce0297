import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '#contract/errors.ts'
import type { ImportProfile } from '#contract/import-profile.ts'
import { encodeText, xlsxFile, zipFile } from '../kit/tabular-fixtures.ts'
import { inspect, take, useShop } from './kit.ts'

/* Everything people hand in by mistake: each is told by its code where it belongs, and nothing else is lost. */
const shop = useShop()

const bytes = (content: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(content)
const png = bytes(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))

describe('a file that is no table is refused as a whole', () => {
  test.each<[string, string | Uint8Array<ArrayBuffer>, ErrorCode, object]>([
    ['an empty file', '', 'import.file_empty', {}],
    ['a file of blanks', ' \n\n ', 'import.file_empty', {}],
    ['headings without rows', 'name,phone\n', 'import.no_rows', {}],
    ['a picture', png, 'import.not_a_table', { kind: 'png' }],
    ['a web page', '<!doctype html><p>name,phone', 'import.not_a_table', { kind: 'html' }],
    ['a document of a text program', '{\\rtf1 name, phone}', 'import.not_a_table', { kind: 'rtf' }],
    ['a PDF', '%PDF-1.7 name', 'import.not_a_table', { kind: 'pdf' }],
    ['a backup of a database', 'SQLite format 3\u0000name,phone', 'import.not_a_table', { kind: 'sqlite' }],
    [
      'an old spreadsheet (.xls)',
      bytes(Buffer.from('d0cf11e0a1b11ae1', 'hex')),
      'import.not_a_table',
      { kind: 'xls' },
    ],
    [
      'another kind of archive',
      bytes(zipFile([['readme.txt', Buffer.from('name,phone')]])),
      'import.not_a_table',
      { kind: 'zip' },
    ],
    [
      'a spreadsheet cut in half',
      bytes(xlsxFile([{ name: 'A', rows: [['name'], ['Anna']] }]).subarray(0, 700)),
      'import.not_a_table',
      { kind: 'xlsx_damaged' },
    ],
    ['two columns of the same name', 'name,name\na,b\n', 'import.column_duplicate', { column: 'name' }],
    [
      'a western text in an old code page',
      bytes(encodeText('name,ort\nJürgen Müller,Köln\nZoë Çelik,Besançon\n', 'win1252')),
      'import.encoding_unknown',
      {},
    ],
  ])('%s', async (_what, content, code, params) => {
    const refused = inspect(shop.seat(), 'list.csv', content)
    await expect(refused).rejects.toMatchObject({
      code,
      data: { params: expect.objectContaining(params) as object },
    })
    expect(readdirSync(join(shop.host().data, 'imports'))).toEqual([])
  })

  test('a person who knows the code page reads it all the same', async () => {
    const content = bytes(encodeText('name,ort\nJürgen Müller,Köln\n', 'win1252'))
    const reading = { encoding: 'windows-1252' as const }
    const file = await inspect(shop.seat(), 'alt.csv', content, { reading })
    expect(file.sample).toEqual([['Jürgen Müller', 'Köln']])
  })

  test('a sheet that is not in the workbook', async () => {
    const content = bytes(xlsxFile([{ name: 'Kunden', rows: [['name'], ['Anna']] }]))
    const refused = inspect(shop.seat(), 'k.xlsx', content, { reading: { sheet: 'Geräte' } })
    await expect(refused).rejects.toMatchObject({
      code: 'import.sheet_missing',
      data: { params: { sheet: 'Geräte', sheets: 'Kunden' } },
    })
  })
})

const profile: ImportProfile = {
  id: 'strict',
  name: { zh: '严格', en: 'Strict' },
  target: 'repairs',
  sourceKey: ['no'],
  columns: [
    { column: 'no', field: 'number' },
    { column: 'day', field: 'receivedOn', date: { formats: ['D/M/YYYY'] } },
    { column: 'name', field: 'customerName' },
    { column: 'phone', field: 'customerPhone' },
    { column: 'imei', field: 'imei1' },
    { column: 'status', field: 'outcome', valueMap: { fixed: 'repaired' } },
    { column: 'price', field: 'priceMinor', number: { decimals: 2 } },
    { column: 'age', field: 'deviceAgeYears', number: { outOfRange: 'reject' } },
    { column: 'fault', field: 'faultText' },
  ],
}
const head = 'no,day,name,phone,imei,status,price,age,fault\n'
const good = 'G1,1/2/2024,Anna,13800000000,,fixed,10.00,2,works\n'

describe('a row that cannot be read is rejected with its line and field; the row after it comes in', () => {
  test.each<[what: string, row: string, field: string, code: ErrorCode, params: object]>([
    ['too many cells', 'B,1/2/2024,A,,,fixed,,,x,y', '', 'import.row_width', { expected: 9, actual: 10 }],
    ['too few cells', 'B,1/2/2024,A', '', 'import.row_width', { expected: 9, actual: 3 }],
    ['a quote in the wrong place', 'B,1/2/2024,"A"nna,,,fixed,,,x', '', 'import.csv_malformed', {}],
    ['no number', ',1/2/2024,A,,,fixed,,,x', 'sourceKey', 'import.value_required', {}],
    ['no date', 'B,,A,,,fixed,,,x', 'receivedOn', 'import.value_required', {}],
    [
      'an impossible date',
      'B,30/2/2024,A,,,fixed,,,x',
      'receivedOn',
      'import.value_not_a_date',
      { value: '30/2/2024' },
    ],
    [
      'words for a date',
      'B,last week,A,,,fixed,,,x',
      'receivedOn',
      'import.value_not_a_date',
      { value: 'last week' },
    ],
    [
      'a word nobody has mapped',
      'B,1/2/2024,A,,,lost,,,x',
      'outcome',
      'import.value_unknown',
      { value: 'lost' },
    ],
    [
      'words for a price',
      'B,1/2/2024,A,,,fixed,free,,x',
      'priceMinor',
      'import.value_not_a_number',
      { value: 'free' },
    ],
    [
      'a negative price',
      'B,1/2/2024,A,,,fixed,-5.00,,x',
      'priceMinor',
      'import.value_out_of_range',
      { value: '-5.00' },
    ],
    ['an absurd price', 'B,1/2/2024,A,,,fixed,99999999999,,x', 'priceMinor', 'import.value_out_of_range', {}],
    [
      'an absurd age',
      'B,1/2/2024,A,,,fixed,,4000,x',
      'deviceAgeYears',
      'import.value_out_of_range',
      { max: 200 },
    ],
    [
      'a phone that is none',
      'B,1/2/2024,A,call me,,fixed,,,x',
      'customerPhone',
      'field.phone',
      { value: 'call me' },
    ],
    [
      'a number a spreadsheet has destroyed',
      'B,1/2/2024,A,,3.56938E+14,fixed,,,x',
      'imei1',
      'import.value_destroyed',
      { value: '3.56938E+14' },
    ],
    [
      'a text nobody could read to its end',
      `B,1/2/2024,A,,,fixed,,,${'x'.repeat(5000)}`,
      'faultText',
      'import.value_too_long',
      { max: 4000, actual: 5000 },
    ],
    [
      'a name nobody has',
      `B,1/2/2024,${'y'.repeat(121)},,,fixed,,,x`,
      'customerName',
      'import.value_too_long',
      { max: 120, actual: 121 },
    ],
  ])('%s', async (_what, row, field, code, params) => {
    const seat = shop.seat()
    const file = await inspect(seat, 'bad.csv', `${head}${row}\n${good}`)
    const { run, rejects } = await take(seat, file, { ...profile, id: 'bad-rows' })
    expect(run).toMatchObject({ state: 'done', rows: 2, rejected: 1 })
    expect(rejects).toEqual([
      {
        line: 2,
        field,
        code,
        params: expect.objectContaining(params) as object,
        cells: expect.any(Array) as string[],
      },
    ])
  })

  test('a file that breaks off in its last row', async () => {
    const seat = shop.seat()
    const file = await inspect(seat, 'cut.csv', `${head}${good}C1,1/2/2024,An`)
    const { rejects } = await take(seat, file, { ...profile, id: 'bad-rows' })
    expect(rejects).toMatchObject([{ line: 3, code: 'import.csv_truncated' }])
  })

  test('characters that cannot be read in a file that is otherwise UTF-8', async () => {
    const seat = shop.seat()
    const start = Buffer.from(`${head}${good}U1,1/2/2024,数码相机维修服务部,,,fixed,,,`)
    const content = bytes(Buffer.concat([start, Buffer.from([0xff, 0xfe, 0x0a])]))
    const file = await inspect(seat, 'broken.csv', content)
    const { rejects } = await take(seat, file, { ...profile, id: 'bad-rows' })
    expect(rejects).toMatchObject([{ line: 3, code: 'import.encoding_broken' }])
  })

  test('control characters are taken out and formula-like text stays text', async () => {
    const seat = shop.seat()
    const content = `${head}K1,1/2/2024,Zo\u0007ra,,,fixed,,,=cmd|' /c calc'!A1\n`
    const { run } = await take(seat, await inspect(seat, 'odd.csv', content), { ...profile, id: 'odd' })
    expect(run).toMatchObject({ imported: 1, rejected: 0 })
    const { rows } = await seat.client.repairs.list({ states: ['closed'] })
    const found = rows.find((row) => row.number === 'K1')
    expect(found).toMatchObject({ customerName: 'Zora', faultText: "=cmd|' /c calc'!A1" })
  })
})

describe('a mapping that cannot work', () => {
  const start = async (changes: object) => {
    const seat = shop.seat()
    const { fileUid } = await inspect(seat, 'm.csv', `${head}${good}`)
    const asked = { commandId: randomUUID(), fileUid, fileName: 'm.csv', dryRun: true }
    return await seat.client.imports.start({ ...asked, profile: { ...profile, ...changes } })
  }

  test.each<[string, object, object]>([
    ['names a column the file lacks', { sourceKey: ['id'] }, { code: 'import.column_missing' }],
    [
      'leaves a required field open',
      { columns: profile.columns.slice(0, 1) },
      {
        code: 'input.invalid',
        data: { fields: [{ path: 'profile.columns', code: 'import.profile_invalid' }] },
      },
    ],
    [
      'fills a field twice',
      { constants: { customerName: 'A' } },
      {
        code: 'input.invalid',
        data: { fields: [{ path: 'profile.constants.customerName', code: 'import.profile_invalid' }] },
      },
    ],
    [
      'names a field that does not exist',
      { columns: [...profile.columns, { column: 'no', field: 'weight' }] },
      { code: 'input.invalid', data: { fields: [{ path: 'profile.columns.9.field' }] } },
    ],
    [
      'has a date format nobody can read',
      {
        columns: profile.columns.with(1, { column: 'day', field: 'receivedOn', date: { formats: ['week'] } }),
      },
      {
        code: 'input.invalid',
        data: { fields: [{ path: 'profile.columns.1.date.formats.0', code: 'field.format' }] },
      },
    ],
    [
      'maps a word to a result that does not exist',
      {
        columns: profile.columns.with(5, { column: 'status', field: 'outcome', valueMap: { fixed: 'fine' } }),
      },
      { code: 'import.profile_invalid', data: { params: { field: 'outcome', value: 'fine' } } },
    ],
  ])('%s', async (_what, changes, error) => {
    await expect(start(changes)).rejects.toMatchObject(error)
  })

  test('is told at once, and the next import is not held up by it', async () => {
    await expect(start({ sourceKey: ['id'] })).rejects.toMatchObject({ code: 'import.column_missing' })
    expect(await start({})).toMatchObject({ dryRun: true })
  })

  test('a file that was never uploaded', async () => {
    const asked = { commandId: randomUUID(), fileUid: randomUUID(), fileName: 'm.csv', dryRun: true, profile }
    await expect(shop.seat().client.imports.start(asked)).rejects.toMatchObject({
      code: 'import.file_missing',
    })
  })
})

import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ErrorCode, ErrorParams } from '#contract/errors.ts'
import type { ImportProfile } from '#contract/import-profile.ts'
import { inspect, take, useShop } from '../imports/kit.ts'
import { intakeOf } from '../kit/intake.ts'
import { encodeText, xlsxFile, zipFile } from '../kit/tabular-fixtures.ts'
import { call, expectRefused, expectWords, stateOf } from './kit.ts'

/*
 * Files that are not what they should be: each is told for what it is, at its field, in both languages, and
 * neither a row nor a file of the shop has changed.
 */
const shop = useShop()
const draftUid = '01890000-0000-7000-8000-00000000d4af'
const megabytes = (n: number, start = '') => {
  const content = Buffer.alloc(n * 1024 * 1024, 0x20)
  content.write(start, 'latin1')
  return content
}
const jpegStart = '\xff\xd8\xff\xe0\x00\x10JFIF'

beforeAll(async () => {
  const { client } = shop.seat()
  const content = { words: 'half typed' }
  await client.drafts.save({
    commandId: randomUUID(),
    uid: draftUid,
    version: 0,
    title: 'A',
    step: 'device',
    content,
  })
  await client.repairs.receive({ commandId: randomUUID(), ...(await intakeOf(shop.seat())) })
})

type Upload = { repairId?: number | null; draftUid?: string | null }
const upload = (name: string, content: Buffer, where: Upload = {}) =>
  shop.seat().client.attachments.upload({
    commandId: randomUUID(),
    file: new File([new Uint8Array(content)], name),
    kind: 'photo',
    repairId: null,
    draftUid,
    ...where,
  })

type Photo = [
  what: string,
  act: () => Promise<unknown>,
  path: string | undefined,
  code: ErrorCode,
  params?: ErrorParams,
]
const photos: Photo[] = [
  [
    'A photo of 50 MB',
    () => upload('huge.jpg', megabytes(50, jpegStart)),
    'file',
    'attachment.too_large',
    { max: 25, name: 'huge.jpg' },
  ],
  [
    'A letter named .jpg',
    () => upload('notes.jpg', Buffer.from('Dear customer, your lamp is ready.')),
    'file',
    'attachment.not_an_image',
    { name: 'notes.jpg' },
  ],
  [
    'A page with a script named .png',
    () => upload('x.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')),
    'file',
    'attachment.not_an_image',
    { name: 'x.png' },
  ],
  ['A photo of nothing', () => upload('empty.jpg', Buffer.alloc(0)), 'file', 'attachment.not_an_image'],
  [
    'A program named .heic',
    () => upload('setup.heic', Buffer.from('MZ\x90\x00\x03', 'latin1')),
    'file',
    'attachment.not_an_image',
  ],
  [
    'Words where a photo belongs',
    () =>
      call(shop.host().url, shop.seat(), 'attachments.upload', {
        commandId: randomUUID(),
        file: 'data:image/png;base64,AAAA',
        kind: 'photo',
        repairId: null,
        draftUid,
      }),
    'file',
    'field.wrong_type',
  ],
  [
    'A photo for a repair that does not exist',
    () => upload('lamp.jpg', Buffer.from(`${jpegStart} lost`, 'latin1'), { repairId: 4242, draftUid: null }),
    undefined,
    'not_found',
  ],
]

describe('a photo', () => {
  test.each<Photo>(photos)('%s is refused', async (what, act, path, code, params) => {
    const row = { what, act, code, ...(path === undefined ? {} : { path }), ...(params ? { params } : {}) }
    await expectRefused(row, undefined, shop.host().data)
  })
})

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
const list = xlsxFile([{ name: 'A', rows: [['name'], ['Anna']] }])
type List = [what: string, name: string, content: Buffer, code: ErrorCode, params?: ErrorParams]
const lists: List[] = [
  ['A picture', 'list.csv', png, 'import.not_a_table', { kind: 'png' }],
  [
    'A spreadsheet cut in half',
    'list.xlsx',
    list.subarray(0, 700),
    'import.not_a_table',
    { kind: 'xlsx_damaged' },
  ],
  [
    'Another archive named .xlsx',
    'list.xlsx',
    zipFile([['a.txt', Buffer.from('a')]]),
    'import.not_a_table',
    { kind: 'zip' },
  ],
  ['A PDF', 'list.csv', Buffer.from('%PDF-1.7 name'), 'import.not_a_table', { kind: 'pdf' }],
  [
    'A list in an old western code page',
    'l.csv',
    encodeText('name,ort\nJürgen,Köln\nZoë,Besançon\n', 'win1252'),
    'import.encoding_unknown',
  ],
  ['An empty file', 'list.csv', Buffer.alloc(0), 'import.file_empty'],
  ['Headings without rows', 'list.csv', Buffer.from('name,phone\n'), 'import.no_rows'],
  ['A list with one heading twice', 'list.csv', Buffer.from('name,name\na,b\n'), 'import.column_duplicate'],
]

describe('a list', () => {
  test.each<List>(lists)('%s is refused for what it is', async (what, name, content, code, params) => {
    const act = () => inspect(shop.seat(), name, new Uint8Array(content))
    await expectRefused({ what, act, code, ...(params ? { params } : {}) }, undefined, shop.host().data)
  })
})

const profile: ImportProfile = {
  id: 'boundary',
  name: { zh: '边界', en: 'Boundary' },
  target: 'repairs',
  sourceKey: ['no'],
  columns: [
    { column: 'no', field: 'number' },
    { column: 'day', field: 'receivedOn', date: { formats: ['YYYY-MM-DD'] } },
    { column: 'phone', field: 'customerPhone' },
    { column: 'price', field: 'priceMinor', number: { decimals: 2 } },
    { column: 'fault', field: 'faultText' },
  ],
}
const head = Buffer.from('no,day,phone,price,fault\nG1,2024-02-01,13800000000,10.00,数码相机维修服务部\n')
const broken = Buffer.from([0xff, 0xfe, 0x0a])
type Line = [what: string, line: Buffer, field: string, code: ErrorCode]
const lines: Line[] = [
  ['a file that breaks off in its last row', Buffer.from('C1,2024-02-01,1380'), '', 'import.csv_truncated'],
  [
    'a file that breaks off within quotes',
    Buffer.from('C1,2024-02-01,,,"never clo'),
    '',
    'import.csv_truncated',
  ],
  [
    'bytes of another encoding',
    Buffer.concat([Buffer.from('U1,2024-02-01,,,相机'), broken]),
    '',
    'import.encoding_broken',
  ],
  ['the 30th of February', Buffer.from('B,2024-02-30,,,x\n'), 'receivedOn', 'import.value_not_a_date'],
  [
    'a price below nothing',
    Buffer.from('B,2024-02-01,,-5.00,x\n'),
    'priceMinor',
    'import.value_out_of_range',
  ],
  [
    'an absurd price',
    Buffer.from('B,2024-02-01,,99999999999,x\n'),
    'priceMinor',
    'import.value_out_of_range',
  ],
  [
    'a phone number that is a sentence',
    Buffer.from('B,2024-02-01,call me,,x\n'),
    'customerPhone',
    'field.phone',
  ],
  [
    'a fault of 5,000 characters',
    Buffer.from(`B,2024-02-01,,,${'x'.repeat(5000)}\n`),
    'faultText',
    'import.value_too_long',
  ],
  [
    'a number a spreadsheet has destroyed',
    Buffer.from('2.02402E+14,2024-02-01,,,x\n'),
    'number',
    'import.value_destroyed',
  ],
]

describe('a row of a list', () => {
  test.each<Line>(lines)(
    '%s is told with its line and field, and a trial keeps nothing',
    async (_what, line, field, code) => {
      const file = await inspect(shop.seat(), 'rows.csv', new Uint8Array(Buffer.concat([head, line])))
      const ownRecord = ['import_runs', 'import_rejects', 'commands', 'outbox']
      const before = stateOf(shop.host().data, ownRecord)
      const { run, rejects } = await take(shop.seat(), file, profile, true)
      expect(run).toMatchObject({ state: 'done', rows: 2, imported: 1, rejected: 1 })
      expect(rejects).toMatchObject([{ line: 3, field, code }])
      expectWords(code, rejects[0]?.params)
      expect({ ...stateOf(shop.host().data, ownRecord), acts: '' }).toEqual({ ...before, acts: '' })
    },
  )
})

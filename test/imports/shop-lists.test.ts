import { expect, test } from 'vitest'
import type { ImportProfile } from '#contract/import-profile.ts'
import type { InspectedFile } from '#contract/imports.ts'
import { csvText, encodeText, xlsxFile } from '../kit/tabular-fixtures.ts'
import { countsOf, inspect, take, useShop } from './kit.ts'

/* A shop's own lists, as its old program or its spreadsheet gives them, through the wizard's methods. */
const shop = useShop()

/** The proposed mapping as a person accepts it. */
function accept(file: InspectedFile, changes: Partial<ImportProfile> = {}): ImportProfile {
  return { ...file.suggestion, id: `list-${file.suggestion.target}`, ...changes }
}

const customerRows = [
  ['客户编号', '姓名', '手机', '邮箱', '会员等级', '地址', '备注'],
  ['K001', '王伟', '138 0013 8000', 'wang@example.cn', '金卡', '上海市静安区1号', ''],
  ['K002', '李娜', '021-62551234', '', '普通', '', '下午联系'],
  ['K003', '上海通联贸易有限公司', '021-55667788', '', 'VIP', '', '含税开票'],
  ['K001', '王伟', '138 0013 8000', 'wang@example.cn', '金卡', '上海市静安区1号', ''],
  ['K002', '李娜娜', '021-62551234', '', '普通', '', ''],
  ['K004', '王伟', '+86 13800138000', '', '', '', '同一个人，另一个编号'],
]

test('a list of customers in GB18030 comes in once, whatever stands twice in it', async () => {
  const seat = shop.seat()
  const bytes = new Uint8Array(encodeText(csvText(customerRows), 'gb18030'))
  const file = await inspect(seat, '客户.csv', bytes)
  expect(file).toMatchObject({
    encoding: 'gb18030',
    format: 'csv',
    delimiter: ',',
    columns: customerRows[0],
    rowEstimate: 6,
    fileName: '客户.csv',
    matchingProfileId: null,
    suggestion: { target: 'customers', sourceKey: ['姓名', '手机'] },
  })
  expect(file.found[4]).toEqual({
    values: [
      { value: '金卡', count: 2 },
      { value: '普通', count: 2 },
      { value: 'VIP', count: 1 },
    ],
    more: false,
  })
  const profile = accept(file, { sourceKey: ['客户编号'] })
  const { run, rejects } = await take(seat, file, profile)
  // K001 stands there twice with the same words; K002 twice with others; K004 is the customer of K001.
  expect(countsOf(run)).toEqual({ imported: 3, updated: 1, unchanged: 1, rejected: 1, rows: 6 })
  expect(rejects).toEqual([
    {
      line: 6,
      field: 'sourceKey',
      code: 'import.key_duplicate',
      params: { line: 3 },
      cells: ['K002', '李娜娜', '021-62551234', '', '普通', '', ''],
    },
  ])
  const { rows } = await seat.client.customers.list({})
  expect(rows.map((row) => [row.name, row.tier]).toSorted()).toEqual(
    [
      ['上海通联贸易有限公司', 'vip'],
      ['李娜', 'normal'],
      ['王伟', 'gold'],
    ].toSorted(),
  )
  const found = await seat.client.search.find({ text: '13800138' })
  expect(JSON.stringify(found)).toContain('王伟')
  const again = await take(seat, file, profile)
  expect(countsOf(again.run)).toEqual({ imported: 0, updated: 0, unchanged: 5, rejected: 1, rows: 6 })
})

test('a list of devices from a spreadsheet with a title above its headings finds their owners', async () => {
  const seat = shop.seat()
  const sheet = {
    name: '设备',
    rows: [
      ['测试店设备登记表'],
      [],
      ['类别', '品牌', '型号', '序列号', 'IMEI', '购买日期', '机主', '机主电话', '缺陷'],
      [
        '手机',
        '华为',
        'P40',
        'SN-0001',
        { number: '490154203237518' },
        { day: 44_927 },
        '王伟',
        '13800138000',
        '边框磕碰',
      ],
      [
        '手机',
        '华为',
        'P40',
        'SN-0001',
        { number: '490154203237518' },
        { day: 44_927 },
        '王伟',
        '13800138000',
        '边框磕碰',
      ],
      ['笔记本电脑', '联想', 'X1', 'PF-22', null, { day: 60_000 }, '李娜', '021-62551234', null],
      ['笔记本电脑', '联想', 'X1', 'PF-23', null, { day: 45_000 }, '赵六', '13900000006', null],
    ],
  }
  const file = await inspect(seat, '设备.xlsx', new Uint8Array(xlsxFile([sheet])))
  expect(file).toMatchObject({
    format: 'xlsx',
    sheets: ['设备'],
    headerLine: 3,
    reading: { headerLine: 3 },
    suggestion: { target: 'devices', sourceKey: [] },
  })
  const { run, rejects, columns } = await take(seat, file, accept(file, { sourceKey: ['序列号'] }))
  expect(columns).toEqual(file.columns)
  expect(countsOf(run)).toEqual({ imported: 2, updated: 0, unchanged: 1, rejected: 1, rows: 4 })
  // Bought in 2064: refused by the rules of devices, shown with the row as it stands in the sheet.
  expect(rejects).toMatchObject(
    [
      {
        line: 6,
        field: 'purchasedOn',
        code: 'field.in_future',
        cells: ['笔记本电脑', '联想', 'X1', 'PF-22'],
      },
    ].map((reject) => ({ ...reject, cells: expect.arrayContaining(reject.cells) as string[] })),
  )
  const { rows } = await seat.client.devices.list({ text: 'SN-0001' })
  expect(rows).toMatchObject([{ ownerName: '王伟', brand: 'Huawei' }])
  const device = await seat.client.devices.get({ uid: rows[0]!.uid })
  expect(device).toMatchObject({ imei1: '490154203237518', purchasedOn: '2023-01-01' })
  expect(device.knownDefects.map((defect) => defect.text)).toEqual(['边框磕碰'])
})

const repairRows = [
  ['工单号', '接机日期', '客户姓名', '电话', '设备类型', '品牌', '型号', '故障现象', '状态', '金额'],
  [
    '20231027001',
    '2023/10/27',
    '周杰',
    '13700001111',
    '手机',
    '苹果',
    'iPhone 12',
    '屏幕碎',
    '已修复',
    '¥1,280.50',
  ],
  [
    '20231027002',
    '2023/10/27',
    '周杰',
    '137-0000-1111',
    '手机',
    '苹果',
    'iPhone 12',
    '不充电',
    '客户放弃',
    '',
  ],
  [
    '20231028001',
    '2023/10/28',
    '吴敏',
    '13700002222',
    '平板',
    '小米',
    'Pad 5',
    '=HYPERLINK("x")',
    '维修中',
    '300',
  ],
]

test('a history of repairs is found again with customer, number and price, and numbers go on behind it', async () => {
  const seat = shop.seat()
  const file = await inspect(seat, '维修.csv', `\ufeff${csvText(repairRows)}`)
  expect(file.suggestion).toMatchObject({ target: 'repairs', sourceKey: ['工单号'] })
  const { run } = await take(seat, file, accept(file))
  expect(countsOf(run)).toEqual({ imported: 3, updated: 0, unchanged: 0, rejected: 0, rows: 3 })
  const { rows } = await seat.client.repairs.list({ states: ['closed', 'waiting'] })
  expect(rows.map((row) => [row.number, row.state, row.customerName]).toSorted()).toEqual([
    ['20231027001', 'closed', '周杰'],
    ['20231027002', 'closed', '周杰'],
    ['20231028001', 'waiting', '吴敏'],
  ])
  // Text that a spreadsheet would run is text here.
  const open = rows.find((row) => row.number === '20231028001')
  expect((await seat.client.repairs.get({ uid: open!.uid })).faultText).toBe('=HYPERLINK("x")')
  const changed = repairRows.map((row) => row.with(7, row[7]!.replace('不充电', '充电慢')))
  const later = await inspect(seat, '维修.csv', csvText(changed))
  // A number that is taken by a repair of another source is refused, and so is its second line.
  expect(countsOf((await take(seat, later, accept(later))).run)).toMatchObject({ updated: 1, unchanged: 2 })
  const other = await take(seat, later, accept(later, { id: 'other-source' }))
  expect(countsOf(other.run)).toMatchObject({ imported: 0, rejected: 3 })
  expect(other.rejects.map((reject) => [reject.field, reject.code])).toEqual([
    ['number', 'field.duplicate'],
    ['number', 'field.duplicate'],
    ['number', 'field.duplicate'],
  ])
})

test('a mapping is tried on rows of the file before anything is imported', async () => {
  const seat = shop.seat()
  const file = await inspect(
    seat,
    'tickets.csv',
    'Ref;Day;What\nA1;03/04/2024;Kettle\nA2;31/02/2024;Toaster\n',
  )
  const { suggestion } = file
  const draft = {
    ...suggestion,
    target: 'repairs' as const,
    sourceKey: ['Ref'],
    columns: [
      { column: 'Day', field: 'receivedOn', date: { formats: ['D/M/YYYY'] } },
      { column: 'What', field: 'category' },
    ],
  }
  const { rows, unusedColumns } = await seat.client.imports.tryMapping({
    profile: draft,
    columns: file.columns,
    rows: file.sample,
  })
  expect(unusedColumns).toEqual([])
  expect(rows).toEqual([
    { values: { sourceKey: 'A1', receivedOn: '2024-04-03', category: 'Kettle' }, warnings: [], errors: [] },
    {
      values: { sourceKey: 'A2', category: 'Toaster' },
      warnings: [],
      errors: [{ field: 'receivedOn', code: 'import.value_not_a_date', params: { value: '31/02/2024' } }],
    },
  ])
  // The same file is looked at again, read in another way, without being sent again.
  const again = await seat.client.imports.inspect({
    fileUid: file.fileUid,
    fileName: file.fileName,
    reading: { delimiter: ',' },
  })
  expect(again).toMatchObject({ fileUid: file.fileUid, columns: ['Ref;Day;What'], delimiter: ',' })
})

test('a profile the shop has saved is proposed for the next file with these headings', async () => {
  const seat = shop.seat()
  const content = 'Kundennummer,Name,Telefon,Ort\n1,Anna,030 123456,Berlin\n'
  const first = await inspect(seat, 'kunden.csv', content, { target: 'customers' })
  const profile: ImportProfile = {
    id: 'kunden',
    name: { zh: '客户表', en: 'Kunden' },
    target: 'customers',
    sourceKey: ['Kundennummer'],
    columns: [
      { column: 'Name', field: 'name' },
      { column: 'Telefon', field: 'phones' },
    ],
  }
  expect(first.matchingProfileId).toBeNull()
  await seat.client.imports.saveProfile({ commandId: crypto.randomUUID(), profile })
  expect((await inspect(seat, 'kunden.csv', content)).matchingProfileId).toBe('kunden')
  expect((await inspect(seat, 'kunden.csv', content, { target: 'repairs' })).matchingProfileId).toBeNull()
  await seat.client.imports.removeProfile({ commandId: crypto.randomUUID(), profileId: 'kunden' })
  expect(await seat.client.imports.profiles({})).toEqual([])
})

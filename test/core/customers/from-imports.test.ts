import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ImportTarget } from '#contract/import-profile.ts'
import { applyBatch } from '#host/jobs/import-batch.ts'
import { repairShop, type RepairShop } from '../repairs/kit.ts'

/* Lists a shop brings from elsewhere meet what is on file already: found again, completed, never doubled. */
let shop: RepairShop
beforeEach(() => {
  shop = repairShop()
  line = 0
})
afterEach(() => shop.close())

let line = 0
type Values = Record<string, string>

/** Takes rows of a list in, as the host does; answers how the run stands. */
function take(target: ImportTarget, rows: readonly Values[]) {
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((field) => field !== 'key')
  const profile = {
    id: `list-${target}`,
    name: { zh: '表', en: 'list' },
    target,
    sourceKey: ['key'],
    columns: fields.map((field) => ({ column: field, field })),
  }
  const file = {
    fileName: 'list.csv',
    fileHash: `h${++line}`,
    columns: [],
    reading: {},
    dryRun: false,
    bytesTotal: 1,
  }
  const { runId } = shop.call('runs.begin', { profile, ...file })
  const mapped = rows.map(({ key = '', ...values }, index) => ({
    line: index + 2,
    key,
    values: { sourceKey: key, ...values },
    cells: Object.values(values),
  }))
  const batch = { rows: mapped, rejects: [], lineDone: rows.length + 1, bytesDone: 1 }
  const result = applyBatch(shop.app, runId, batch, shop.people.owner)
  shop.call('runs.end', { runId, state: 'done', errorCode: null })
  return result
}

const customers = () => shop.call('customers.list', {}).rows
const get = (uid: string) => shop.call('customers.get', { uid })

test('a list of customers is written down once, however often it is taken in', () => {
  const rows: Values[] = [
    { key: '1', name: '王伟', phones: '138 0013 8000\n+86-13800138000\n021-62551234', tier: 'gold' },
    { key: '2', name: 'ACME Ltd', kind: 'company', email: 'a@example.com' },
  ]
  expect(take('customers', rows)).toMatchObject({ imported: 2, rejected: 0 })
  expect(take('customers', rows)).toMatchObject({ imported: 0, updated: 0, unchanged: 2 })
  expect(customers().map((row) => row.name)).toEqual(['ACME Ltd', '王伟'])
  expect(get(customers()[1]!.uid).phones.map((phone) => phone.number)).toEqual([
    '138 0013 8000',
    '021-62551234',
  ])
})

test('a later list brings a customer up to date and keeps what the shop added', () => {
  take('customers', [{ key: '1', name: '王伟', phones: '13800138000', address: '旧址' }])
  const { id, uid } = customers()[0]!
  const { phones } = get(uid)
  const added = {
    name: '王伟',
    contacts: [{ name: '太太', role: '', phone: null, email: null }],
    channel: 'wechat' as const,
    consentToContact: true,
    address: '旧址',
    notes: '老客户',
    tier: 'vip' as const,
  }
  const more = { ...added, phones: [...phones, { number: '13911112222', label: '家' }] }
  shop.call('customers.update', { customerId: id, version: 1, ...shop.customer(more) })
  expect(
    take('customers', [{ key: '1', name: '王伟', phones: '13700000000', address: '新址' }]),
  ).toMatchObject({ updated: 1 })
  const { phones: now, ...rest } = get(uid)
  expect(rest).toMatchObject({ ...added, address: '新址', version: 3 })
  expect(now.map((phone) => phone.number)).toEqual(['13700000000', '13800138000', '13911112222'])
})

test('a row of a customer who was merged meanwhile goes to the one that stays', () => {
  take('customers', [{ key: '1', name: '王伟' }])
  const from = customers()[0]!
  const into = shop.call('customers.create', shop.customer({ name: '王维' }))
  shop.call('customers.merge', { intoId: into.id, intoVersion: 1, fromId: from.id, fromVersion: 1 })
  take('customers', [{ key: '1', name: '王伟', address: '新址' }])
  expect(customers()).toHaveLength(1)
  expect(get(into.uid)).toMatchObject({ name: '王伟', address: '新址' })
})

test('a list of devices finds its owners by phone, of a family the one with the name', () => {
  const family = [{ number: '021-62551234', label: '' }]
  const mother = shop.call('customers.create', shop.customer({ name: '李梅', phones: family }))
  shop.call('customers.create', shop.customer({ name: '李强', phones: family }))
  const row = (key: string, given: Values) => ({ key, category: '手机', brand: 'HUAWEI', ...given })
  take('devices', [
    row('1', { serial: 'A-1', ownerName: '李梅', ownerPhone: '+86 21 6255 1234' }),
    row('2', { serial: 'A-2', ownerName: '李梅' }),
    row('3', { serial: 'A-3', ownerName: '陌生人', ownerPhone: '13700000000' }),
    row('4', { serial: 'A-4' }),
  ])
  const devices = shop.call('devices.list', {}).rows
  expect(devices.map((device) => device.ownerName)).toEqual([null, '陌生人', '李梅', '李梅'])
  expect(devices[3]).toMatchObject({
    ownerId: mother.id,
    brand: 'Huawei',
    category: { zh: '手机', en: 'Mobile phone' },
  })
  expect(customers()).toHaveLength(3)
})

test('a device on file is found by its serial or IMEI and completed; what the list leaves open stays', () => {
  const imei1 = '490154203237518'
  const { uid } = shop.call('devices.create', {
    ownerId: null,
    ...shop.deviceInput({ serial: 'SN-1', colour: '黑', notes: '自用', modelText: 'T9' }),
  })
  take('devices', [{ key: '1', category: 'Test device', serial: 'sn 1', brand: 'Nobody & Sons' }])
  take('devices', [{ key: '1', category: 'Test device', serial: 'SN-1', brand: 'Nobody & Sons', imei1 }])
  expect(shop.call('devices.list', {}).rows).toHaveLength(1)
  expect(shop.call('devices.get', { uid })).toMatchObject({
    imei1,
    colour: '黑',
    notes: '自用',
    brand: 'Nobody & Sons',
  })
})

test('a brand that comes with a rejected row is not on file, and the next row brings it again', () => {
  const taken = '490154203237518'
  shop.call('devices.create', { ownerId: null, ...shop.deviceInput({ imei1: taken }) })
  take('devices', [{ key: '1', category: 'Test device', serial: 'B-1', brand: 'Acme' }])
  const rows: Values[] = [
    { key: '1', category: 'Test device', serial: 'B-1', brand: 'Newcomer', imei1: taken },
    { key: '2', category: 'Test device', serial: 'B-2', brand: 'Another' },
    { key: '3', category: 'Test device', serial: 'B-3', brand: 'Newcomer' },
  ]
  expect(take('devices', rows)).toMatchObject({ imported: 2, rejected: 1 })
  const brands = shop.call('devices.list', {}).rows.map((device) => [device.serial, device.brand])
  expect(brands).toEqual(
    expect.arrayContaining([
      ['B-1', 'Acme'],
      ['B-2', 'Another'],
      ['B-3', 'Newcomer'],
    ]),
  )
})

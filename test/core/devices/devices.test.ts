import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeviceInput } from '#contract/devices.ts'
import { day, refusal, repairShop, type RepairShop } from '../repairs/kit.ts'

/* Devices exist apart from repairs: recognised by serial or IMEI, with owners and known defects. */
let shop: RepairShop
beforeEach(() => {
  shop = repairShop()
})
afterEach(() => shop.close())

const imeis = ['490154203237518', '356938035643809', '352099001761481'] as const
const create = (given: Partial<DeviceInput> = {}, ownerId: number | null = null) =>
  shop.call('devices.create', { ownerId, ...shop.deviceInput(given) })
const get = (uid: string) => shop.call('devices.get', { uid })
const owner = (name: string) => shop.call('customers.create', shop.customer({ name }))
const entry = (kind: 'brand' | 'model' | 'device_category', en: string) =>
  shop.call('dictionaries.list', { kinds: [kind] }).find((e) => e.label.en === en)!

test('a device is kept as it was written, with its names out of the dictionaries', () => {
  const written: DeviceInput = {
    categoryId: entry('device_category', 'Mobile phone').id,
    brandId: entry('brand', 'Huawei').id,
    modelId: entry('model', 'Mate 60 Pro').id,
    modelText: '',
    colour: '雅川青',
    serial: 'ab-12 34',
    imei1: imeis[0],
    imei2: imeis[1],
    purchasedOn: '2025-11-11',
    purchaseProof: 'both',
    seller: '华为商城',
    accountLocked: true,
    notes: '边框有划痕',
  }
  const { uid } = create(written)
  expect(get(uid)).toMatchObject({
    ...written,
    brand: 'Huawei',
    model: 'Mate 60 Pro',
    owner: null,
    owners: [],
  })
  expect(get(uid).category).toEqual({ zh: '手机', en: 'Mobile phone' })
})

test('a model brings its brand; a model of another brand is refused', () => {
  const model = entry('model', 'Galaxy S24')
  expect(get(create({ modelId: model.id }).uid).brandId).toBe(model.parentId)
  const wrong = () => create({ modelId: model.id, brandId: entry('brand', 'Apple').id })
  expect(refusal(wrong)).toMatchObject({ path: 'modelId', code: 'field.not_an_option' })
})

test('a model that is in no dictionary is written down in words', () => {
  const { uid } = create({ modelText: 'XT-9000', modelId: null })
  expect(get(uid).model).toBe('XT-9000')
})

test.each([
  ['serial', { serial: ' AB 12-34 ' }, 'ab1234'],
  ['serial in other letters', { serial: 'ab-1234' }, 'AB12 34'],
  ['first IMEI', { imei1: imeis[0] }, imeis[0]],
  ['second IMEI', { imei1: imeis[1], imei2: imeis[0] }, imeis[0]],
  ['IMEI in groups', { imei1: imeis[0] }, '49-015420-323751-8'],
])('a device is recognised at the counter by its %s', (_what, given, code) => {
  const { uid } = create(given)
  expect(shop.call('devices.visit', { code })?.device.uid).toBe(uid)
})

test('a code the shop has never seen brings nothing, nor does an empty one', () => {
  create({ serial: '' })
  for (const code of ['NEVER-1', '', ' - ', '490154203237518'])
    expect(shop.call('devices.visit', { code })).toBeNull()
  expect(shop.call('devices.visit', {})).toBeNull()
})

test('a serial names one device of its category, and says which; another category may reuse the number', () => {
  const first = create({ serial: 'SN-0001' })
  const again = refusal(() => create({ serial: 'sn 0001' }))
  expect(again).toMatchObject({
    path: 'serial',
    code: 'device.serial_taken',
    params: { uid: first.uid, id: first.id },
  })
  const lamp = create({ serial: 'SN0001', categoryId: entry('device_category', 'Lamp').id })
  const other = create({ serial: 'SN-0002' })
  const rename = (id: number, serial: string) => () =>
    shop.call('devices.update', { deviceId: id, version: 1, ...shop.deviceInput({ serial }) })
  expect(refusal(rename(other.id, 'SN0001'))).toMatchObject({ path: 'serial', code: 'device.serial_taken' })
  const moveHere = () => rename(lamp.id, 'SN0001')()
  expect(refusal(moveHere)).toMatchObject({ path: 'serial', code: 'device.serial_taken' })
  expect(rename(first.id, 'SN 0001')()).toEqual({ id: first.id, version: 2 })
})

test('an IMEI names one device anywhere, in either place, and not twice the same device', () => {
  const { uid } = create({ imei1: imeis[0], imei2: imeis[1] })
  const lamp = entry('device_category', 'Lamp').id
  for (const [field, imei] of [
    ['imei1', imeis[1]],
    ['imei2', imeis[0]],
  ] as const) {
    const taken = refusal(() => create({ [field]: imei, categoryId: lamp }))
    expect(taken).toMatchObject({ path: field, code: 'device.imei_taken', params: { imei, uid } })
  }
  const doubled = refusal(() => create({ imei1: imeis[2], imei2: imeis[2] }))
  expect(doubled).toMatchObject({ path: 'imei2', code: 'field.duplicate' })
})

test('a changed serial leads to the device, the old one no more', () => {
  const { id, uid } = create({ serial: 'OLD-77777' })
  shop.call('devices.update', { deviceId: id, version: 1, ...shop.deviceInput({ serial: 'NEW-88888' }) })
  expect(shop.call('devices.visit', { code: 'OLD77777' })).toBeNull()
  expect(shop.call('devices.visit', { code: 'NEW88888' })?.device.uid).toBe(uid)
  const found = (text: string) => shop.call('search.find', { text }).devices.map((row) => row.uid)
  expect([found('new88'), found('OLD-77777')]).toEqual([[uid], []])
})

test('the history keeps who had the device and since when', () => {
  const [first, second] = [owner('甲'), owner('乙')]
  const { id, uid } = create({}, first.id)
  const from = shop.clock.now()
  shop.clock.advance(day)
  shop.call('devices.changeOwner', { deviceId: id, version: 1, ownerId: second.id })
  shop.clock.advance(day)
  shop.call('devices.changeOwner', { deviceId: id, version: 2, ownerId: null })
  expect(get(uid)).toMatchObject({
    version: 3,
    owner: null,
    owners: [
      { customerUid: second.uid, name: '乙', fromAt: from + day, toAt: from + 2 * day },
      { customerUid: first.uid, name: '甲', fromAt: from, toAt: from + day },
    ],
  })
})

test('a device brought in by somebody else is theirs from then on', () => {
  const [first, second] = [owner('甲'), owner('乙')]
  const { id, uid } = create({}, first.id)
  shop.clock.advance(day)
  shop.receive({}, { device: { id } }, { customer: { id: second.id } })
  expect(get(uid).owner?.uid).toBe(second.uid)
  expect(get(uid).owners.map((past) => past.name)).toEqual(['乙', '甲'])
  const before = get(uid).version
  shop.call('devices.changeOwner', { deviceId: id, version: before, ownerId: second.id })
  expect(get(uid)).toMatchObject({ version: before })
})

test('a defect seen but not repaired is shown at the next visit until it is resolved', () => {
  const id = shop.at('testing')
  const findings = { outcome: 'repaired' as const, findings: '换屏', codeIds: [] }
  shop.call('repairs.solve', {
    ...shop.target(id),
    ...findings,
    knownDefects: ['电池鼓包', '后盖松动', '电池鼓包'],
  })
  const deviceId = shop.row(id)['device_id'] as number
  const defects = () => shop.call('devices.visit', { deviceId })?.device.knownDefects ?? []
  expect(defects().map(({ text, repairUid }) => [text, repairUid])).toEqual([
    ['电池鼓包', shop.row(id).uid],
    ['后盖松动', shop.row(id).uid],
  ])
  shop.as('technician').call('devices.resolveDefect', { defectId: defects()[0]!.id })
  expect(defects().map(({ text }) => text)).toEqual(['后盖松动'])
  const gone = refusal(() => shop.call('devices.resolveDefect', { defectId: 424_242 }))
  expect(gone.code).toBe('not_found')
})

test('a visit shows the open repair, the past ones and, soon after one, the rework hint', () => {
  shop.settings({ reworkDays: 30 })
  const id = shop.at('closed', { faultText: '摔坏了' })
  const { uid } = shop.row(id)
  const deviceId = shop.row(id)['device_id'] as number
  shop.clock.advance(30 * day)
  const soon = shop.call('devices.visit', { deviceId })
  expect(soon).toMatchObject({ openRepair: null, rework: { uid, faultText: '摔坏了', days: 30 } })
  expect(soon?.history).toMatchObject([{ uid, state: 'closed', outcome: 'repaired' }])
  shop.clock.advance(day)
  expect(shop.call('devices.visit', { deviceId })?.rework).toBeNull()
  const again = shop.receive({}, { device: { id: deviceId } })
  expect(shop.call('devices.visit', { deviceId })).toMatchObject({
    openRepair: { uid: again.uid, number: again.number, state: 'waiting' },
    history: [{ uid: again.uid }, { uid }],
  })
})

test('the list shows devices by owner, category and part of a serial, each once', () => {
  const { id } = owner('甲')
  const lamp = entry('device_category', 'Lamp').id
  const [a, b, c] = [
    create({ serial: 'AAA-11111' }, id),
    create({ serial: 'AAA-22222', categoryId: lamp }, id),
    create({ serial: 'BBB-11111' }),
  ]
  const uids = (input: object) => shop.call('devices.list', input).rows.map((row) => row.uid)
  expect(uids({})).toEqual([c.uid, b.uid, a.uid])
  expect(uids({ ownerId: id })).toEqual([b.uid, a.uid])
  expect(uids({ categoryId: lamp })).toEqual([b.uid])
  expect(new Set(uids({ text: 'aaa' }))).toEqual(new Set([a.uid, b.uid]))
  expect(uids({ text: 'aaa', categoryId: lamp })).toEqual([b.uid])
  expect(uids({ text: '11111', ownerId: id })).toEqual([a.uid])
  const first = shop.call('devices.list', { limit: 2 })
  expect(shop.call('devices.list', { limit: 2, after: first.next }).rows.map((row) => row.uid)).toEqual([
    a.uid,
  ])
})

test('a list shows the open repair of a device and how often it was here', () => {
  const id = shop.at('closed')
  const deviceId = shop.row(id)['device_id'] as number
  const shown = () => shop.call('devices.list', {}).rows.find((row) => row.id === deviceId)
  expect(shown()).toMatchObject({ repairs: 1, openRepairUid: null })
  const { uid } = shop.receive({}, { device: { id: deviceId } })
  expect(shown()).toMatchObject({ repairs: 2, openRepairUid: uid, ownerName: '张三' })
})

test('a device keeps a brand that was switched off since; a new one cannot have it', () => {
  const brand = entry('brand', 'Meizu')
  const { id } = create({ brandId: brand.id, serial: 'KEEP-1' })
  const { label, version, uid: _uid, kind: _kind, repairsCount: _count, id: entryId, ...rest } = brand
  shop.call('dictionaries.update', { ...rest, ...label, entryId, version, active: false })
  shop.call('devices.update', {
    deviceId: id,
    version: 1,
    ...shop.deviceInput({ brandId: brand.id, colour: '白' }),
  })
  expect(refusal(() => create({ brandId: brand.id }))).toMatchObject({
    path: 'brandId',
    code: 'field.inactive',
  })
})

test('a save from an old version is refused with who changed the device', () => {
  const { id, uid } = create()
  shop.clock.advance(60_000)
  shop.as('technician').call('devices.addDefect', { deviceId: id, text: '屏幕有亮点' })
  const at = shop.clock.now()
  shop.clock.advance(60_000)
  const late = () => shop.call('devices.update', { deviceId: id, version: 1, ...shop.deviceInput() })
  expect(refusal(late)).toMatchObject({ code: 'stale', params: { entity: 'device', by: 'technician', at } })
  const sell = () => shop.call('devices.changeOwner', { deviceId: id, version: 1, ownerId: null })
  expect(refusal(sell).code).toBe('stale')
  expect(get(uid).version).toBe(2)
})

const wrong: [string, object, string, string][] = [
  ['a category nobody knows', { categoryId: 424_242 }, 'categoryId', 'field.not_found'],
  ['a word for a category', { categoryId: 'brand' }, 'categoryId', 'field.wrong_type'],
  ['an IMEI with a wrong check digit', { imei1: '490154203237519' }, 'imei1', 'field.imei'],
  ['an IMEI of letters', { imei2: 'ABCDEFGHIJKLMNO' }, 'imei2', 'field.imei'],
  ['an over-long serial', { serial: 'S'.repeat(61) }, 'serial', 'field.too_long'],
  ['a serial with a control character', { serial: 'A\u0000B' }, 'serial', 'field.control_character'],
  ['a purchase in the future', { purchasedOn: '2026-03-03' }, 'purchasedOn', 'field.in_future'],
  ['a day that does not exist', { purchasedOn: '2025-02-29' }, 'purchasedOn', 'field.not_a_date'],
  ['a year of another calendar', { purchasedOn: '0114-01-01' }, 'purchasedOn', 'field.not_a_date'],
  ['a proof nobody knows', { purchaseProof: 'promise' }, 'purchaseProof', 'field.not_an_option'],
  ['an owner nobody knows', { ownerId: 424_242 }, 'ownerId', 'field.not_found'],
  ['a lock that is a word', { accountLocked: 'yes' }, 'accountLocked', 'field.wrong_type'],
  ['an unknown field', { price: 1 }, 'price', 'field.unknown'],
]

test.each(wrong)(
  'a device with %s is refused at the field and is not written down',
  (_what, given, path, code) => {
    const act = () => shop.call('devices.create', { ownerId: null, ...shop.deviceInput(), ...given })
    expect(refusal(act).fields).toContainEqual(expect.objectContaining({ path, code }))
    expect(shop.call('devices.list', {}).rows).toEqual([])
  },
)

test('bought today is not in the future, by the shop’s calendar', () => {
  // 2026-03-02 23:30 in Shanghai is still 15:30 UTC of the same day; half an hour later the shop's day is the next.
  shop.clock.set(Date.UTC(2026, 2, 2, 15, 30))
  expect(refusal(() => create({ purchasedOn: '2026-03-03' })).code).toBe('field.in_future')
  shop.clock.advance(30 * 60_000)
  expect(get(create({ purchasedOn: '2026-03-03' }).uid).purchasedOn).toBe('2026-03-03')
})

test('a storekeeper reads devices but does not write them', () => {
  const { uid, id } = create()
  const storekeeper = shop.as('storekeeper')
  expect(storekeeper.call('devices.get', { uid }).id).toBe(id)
  expect(refusal(() => storekeeper.call('devices.addDefect', { deviceId: id, text: 'x' })).code).toBe(
    'forbidden',
  )
})

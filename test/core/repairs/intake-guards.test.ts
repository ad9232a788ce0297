import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anyUid, day, refusal, refusedFields, repairShop, type RepairShop } from './kit.ts'

let shop: RepairShop
beforeEach(() => {
  shop = repairShop()
})
afterEach(() => shop.close())

const category = (rules: { minPhotos?: number; needsSerial?: boolean; needsChecks?: boolean }) => {
  const entry = shop.call('dictionaries.add', { kind: 'device_category', zh: '严格', en: 'Strict' })
  const { id, version, label, code } = entry
  shop.call('dictionaries.update', {
    entryId: id,
    version,
    ...label,
    code,
    parentId: null,
    categoryId: null,
    coreState: null,
    minPhotos: 0,
    needsSerial: false,
    needsChecks: false,
    sort: 0,
    active: true,
    ...rules,
  })
  return id
}

describe('guards of a category', () => {
  test('photos, serial and the whole check list are asked for in place', () => {
    const categoryId = category({ minPhotos: 2, needsSerial: true, needsChecks: true })
    const check = (zh: string) =>
      shop.call('dictionaries.add', { kind: 'check_item', zh, en: zh, parentId: categoryId }).id
    const [screen, sound] = [check('屏幕'), check('声音')]
    const device = { new: shop.deviceInput({ categoryId, serial: '' }) }
    const draftUid = anyUid()
    const photoUids = [shop.upload(draftUid)]
    const checks = [{ itemId: screen, result: 'works' as const, note: '' }]
    expect(refusedFields(() => shop.receive({}, { device, photoUids, checks }, { draftUid }))).toEqual([
      ['items.0.photoUids', 'repair.photos_required'],
      ['items.0.device.new.serial', 'field.required'],
      ['items.0.checks', 'repair.checks_required'],
    ])
    const { uid } = shop.receive(
      {},
      {
        device: { new: shop.deviceInput({ categoryId }) },
        photoUids: [...photoUids, shop.upload(draftUid)],
        checks: [...checks, { itemId: sound, result: 'faulty', note: '沙沙声' }],
      },
      { draftUid },
    )
    expect(
      shop.call('repairs.get', { uid }).checks.map(({ label, result, note }) => [label.zh, result, note]),
    ).toEqual([
      ['屏幕', 'works', ''],
      ['声音', 'faulty', '沙沙声'],
    ])
  })

  test('an IMEI identifies a device as well as a serial', () => {
    const categoryId = category({ needsSerial: true })
    const device = { new: shop.deviceInput({ categoryId, serial: '', imei1: '490154203237518' }) }
    expect(shop.receive({}, { device }).state).toBe('waiting')
  })

  test('a check of another category, or the same check twice, is refused', () => {
    const [item] = shop.call('dictionaries.list', { kinds: ['check_item'] })
    const check = { itemId: item!.id, result: 'works' as const, note: '' }
    expect(refusedFields(() => shop.receive({}, { checks: [check] }))).toEqual([
      ['items.0.checks.0.itemId', 'field.not_found'],
    ])
    const own = shop.call('dictionaries.add', {
      kind: 'check_item',
      zh: '键',
      en: 'Keys',
      parentId: shop.categoryId,
    })
    const twice = { itemId: own.id, result: 'works' as const, note: '' }
    expect(refusedFields(() => shop.receive({}, { checks: [twice, twice] }))).toEqual([
      ['items.0.checks.1.itemId', 'field.duplicate'],
    ])
  })

  test('an entry that was switched off cannot be chosen any more', () => {
    const problemTypeId = shop.call('dictionaries.add', { kind: 'problem_type', zh: '旧', en: 'Old' }).id
    shop.sql.prepare('UPDATE dictionary_entries SET active = 0 WHERE id = ?').run(problemTypeId)
    expect(refusedFields(() => shop.receive({ problemTypeId }))).toEqual([
      ['items.0.visit.problemTypeId', 'field.inactive'],
    ])
  })
})

describe('one open repair for a device', () => {
  const again = (shop: RepairShop, overrideReason: string | null = null) => {
    const { id: first, number } = shop.receive()
    const device = { id: Number(shop.row(first)['device_id']) }
    return { number, first, device, intake: shop.intake({ items: [shop.item({ device, overrideReason })] }) }
  }

  test('the second is refused and names the first', () => {
    const { number, intake } = again(shop)
    expect(refusal(() => shop.as('counter').call('repairs.receive', intake))).toMatchObject({
      code: 'repair.serial_open',
      path: 'items.0.device',
      params: { number },
    })
  })

  test('who may override gives the reason, and it is kept', () => {
    const { intake } = again(shop, '两个独立故障')
    expect(refusal(() => shop.as('counter').call('repairs.receive', intake))).toMatchObject({
      code: 'forbidden',
      path: 'items.0.overrideReason',
    })
    const { repairs } = shop.as('manager').call('repairs.receive', intake)
    expect(shop.row(repairs[0]!.id)['override_reason']).toBe('两个独立故障')
  })

  test('a device whose repair has ended is received without a reason, as rework of the last one', () => {
    const { first, device } = again(shop)
    shop.assign(first)
    shop.work(first, 'start')
    shop.solve(first)
    shop.handOver(first)
    shop.clock.advance(5 * day)
    const second = shop.receive({}, { device, overrideReason: '不需要' })
    expect(shop.row(second.id)).toMatchObject({ rework_of_id: first, override_reason: null })
    shop.call('repairs.cancel', { ...shop.targets(second.id), reason: 'x' })
    shop.clock.advance(shop.call('settings.get', {}).settings.reworkDays * day)
    expect(shop.row(shop.receive({}, { device }).id)['rework_of_id']).toBeNull()
  })

  test('the same device cannot stand twice in one visit', () => {
    const { id } = shop.receive()
    shop.call('repairs.cancel', { ...shop.targets(id), reason: 'x' })
    const device = { id: Number(shop.row(id)['device_id']) }
    const known = shop.intake({ items: [shop.item({ device }), shop.item({ device })] })
    expect(refusedFields(() => shop.call('repairs.receive', known))).toEqual([
      ['items.1.device', 'field.duplicate'],
    ])
    const twice = () => shop.item({ device: { new: shop.deviceInput({ serial: 'ab-12' }) } })
    const fresh = shop.intake({ items: [twice(), twice()] })
    expect(refusedFields(() => shop.call('repairs.receive', fresh))).toContainEqual([
      'items.1.device.new.serial',
      'field.duplicate',
    ])
  })

  test('a serial the shop knows is not received as a new device', () => {
    shop.receive({}, { device: { new: shop.deviceInput({ serial: 'KNOWN-9' }) } })
    const device = { new: shop.deviceInput({ serial: 'known 9' }) }
    expect(refusedFields(() => shop.receive({}, { device }))).toEqual([
      ['items.0.device.new.serial', 'device.serial_taken'],
    ])
  })

  test('whoever brings a device in has it from now on', () => {
    const { id } = shop.receive()
    shop.call('repairs.cancel', { ...shop.targets(id), reason: 'x' })
    const deviceId = Number(shop.row(id)['device_id'])
    const { customerId } = shop.receive(
      {},
      { device: { id: deviceId } },
      { customer: { new: shop.customer({ name: '赵六' }) } },
    )
    expect(shop.sql.prepare('SELECT owner_id FROM devices WHERE id = ?').pluck().get(deviceId)).toBe(
      customerId,
    )
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anyUid, day, refusal, refusedFields, repairShop, type RepairShop } from './kit.ts'

let shop: RepairShop
beforeEach(() => {
  shop = repairShop()
})
afterEach(() => shop.close())

describe('numbers', () => {
  test('a repair’s number is the shop’s day and three digits, counted anew each day', () => {
    // 2023-10-27 00:30 in Shanghai is still the 26th in UTC.
    shop.clock.set(Date.UTC(2023, 9, 26, 16, 30))
    expect([shop.receive().number, shop.receive().number]).toEqual(['20231027001', '20231027002'])
    shop.clock.advance(day)
    expect(shop.receive().number).toBe('20231028001')
  })

  test('the shop’s code stands in front when the shop wants it, in the same series', () => {
    shop.clock.set(Date.UTC(2023, 9, 27, 4))
    shop.receive()
    shop.settings({ numberWithStorePrefix: true })
    expect(shop.receive().number).toBe('SH20231027002')
  })

  test('after the 999th repair of a day the number grows to four digits', () => {
    shop.clock.set(Date.UTC(2023, 9, 27, 4))
    shop.receive()
    shop.sql.prepare('UPDATE number_series SET last = 998').run()
    expect([shop.receive().number, shop.receive().number]).toEqual(['20231027999', '202310271000'])
  })

  test('a refused intake loses no number', () => {
    shop.clock.set(Date.UTC(2023, 9, 27, 4))
    shop.receive()
    refusal(() => shop.receive({ faultText: '' }))
    expect(shop.receive().number).toBe('20231027002')
  })
})

describe('one visit', () => {
  test('a customer drops off many devices at once: one visit, each its own repair and number', () => {
    const items = Array.from({ length: 50 }, () => shop.item())
    const result = shop.as('counter').call('repairs.receive', shop.intake({ items, channel: 'drop_off' }))
    expect(new Set(result.repairs.map(({ number }) => number)).size).toBe(50)
    const rows = shop.sql
      .prepare('SELECT DISTINCT visit_uid, customer_id, channel, clerk_id FROM repairs')
      .all()
    expect(rows).toEqual([
      {
        visit_uid: result.visitUid,
        customer_id: result.customerId,
        channel: 'drop_off',
        clerk_id: shop.people.counter.userId,
      },
    ])
    const customer = shop.call('customers.list', {}).rows.find(({ id }) => id === result.customerId)
    expect(customer).toMatchObject({ repairs: 50, openRepairs: 50 })
    expect(shop.call('repairs.today', {}).receivedToday).toBe(50)
  })

  test('one wrong device stops the whole visit, and every problem is shown at its place', () => {
    const items = [
      shop.item(),
      shop.item({ visit: shop.visit({ faultText: ' '.trim() }) }),
      shop.item({ visit: shop.visit({ dueOn: shop.today(-1) }) }),
      shop.item({ accessories: [{ accessoryId: null, name: '', serial: '' }] }),
    ]
    const act = () => shop.call('repairs.receive', shop.intake({ items, noSignatureReason: null }))
    expect(refusedFields(act)).toEqual([
      ['signatureUid', 'repair.signature_required'],
      ['items.1.visit.faultText', 'field.required'],
      ['items.2.visit.dueOn', 'field.in_past'],
      ['items.3.accessories.0.name', 'field.required'],
    ])
    expect(shop.sql.prepare('SELECT count(*) FROM devices').pluck().get()).toBe(0)
  })

  test('a visit is signed, or says why not', () => {
    expect(refusedFields(() => shop.receive({}, {}, { noSignatureReason: null }))).toEqual([
      ['signatureUid', 'repair.signature_required'],
    ])
    expect(refusedFields(() => shop.receive({}, {}, { noSignatureReason: 'other' }))).toEqual([
      ['noSignatureNote', 'field.required'],
    ])
    const { id } = shop.receive({}, {}, { noSignatureReason: 'other', noSignatureNote: '手受伤' })
    expect(shop.row(id)).toMatchObject({ no_signature_reason: 'other', no_signature_note: '手受伤' })
  })

  test('photos and signature of the draft become the repair’s, and the draft goes', () => {
    const draftUid = anyUid()
    shop.call('drafts.save', { uid: draftUid, version: 0, title: '张三', step: 'sign', content: {} })
    const [photo, unused, signature] = [
      shop.upload(draftUid),
      shop.upload(draftUid),
      shop.upload(draftUid, 'signature'),
    ]
    const { id } = shop.receive(
      {},
      { photoUids: [photo] },
      { draftUid, signatureUid: signature, noSignatureReason: null, termsVersion: 1 },
    )
    expect(shop.row(id)).toMatchObject({
      signature_uid: signature,
      no_signature_reason: null,
      terms_version: 1,
    })
    const kept = shop.sql
      .prepare('SELECT uid FROM attachments WHERE repair_id = ? ORDER BY id')
      .pluck()
      .all(id)
    expect(kept).toEqual([photo, signature])
    expect(shop.sql.prepare('SELECT count(*) FROM attachments WHERE uid = ?').pluck().get(unused)).toBe(0)
    expect(refusal(() => shop.call('drafts.get', { uid: draftUid })).code).toBe('not_found')
  })

  test('a photo that was never uploaded is missing at its place', () => {
    const act = () => shop.receive({}, { photoUids: [anyUid()] }, { draftUid: anyUid() })
    expect(refusal(act)).toMatchObject({ code: 'attachment.missing', path: 'items.0.photoUids' })
  })

  test('terms newer than the shop’s own cannot have been signed', () => {
    expect(refusedFields(() => shop.receive({}, {}, { termsVersion: 99 }))).toEqual([
      ['termsVersion', 'field.out_of_range'],
    ])
  })

  test('a known customer is taken, also under a record that was merged away', () => {
    const into = shop.call('customers.create', shop.customer({ name: '王五' }))
    const from = shop.call('customers.create', shop.customer({ name: '王 五' }))
    shop.call('customers.merge', {
      intoId: into.id,
      intoVersion: into.version,
      fromId: from.id,
      fromVersion: from.version,
    })
    expect(shop.receive({}, {}, { customer: { id: from.id } }).customerId).toBe(into.id)
    expect(refusal(() => shop.receive({}, {}, { customer: { id: 9_999 } }))).toMatchObject({
      code: 'field.not_found',
      path: 'customer.id',
    })
  })

  test('a unit of the shop’s own has no customer', () => {
    const { id, customerId } = shop.receive({}, {}, { customer: null })
    expect([customerId, shop.row(id)['customer_id']]).toEqual([null, null])
  })
})

describe('what is written down', () => {
  test('everything the counter says of a visit is on the repair’s page', () => {
    const [accessory] = shop.call('dictionaries.list', { kinds: ['accessory'] })
    const said = {
      faultText: '进水后不开机',
      faultSince: '昨天',
      dropped: true,
      liquid: true,
      intermittent: true,
      backup: 'backed_up',
      priority: 'urgent',
      requestedOn: shop.today(1),
      dueOn: shop.today(5),
      estimateMinor: 30_000,
      ceilingMinor: 50_000,
      benchFeeMinor: 5_000,
      warrantyKind: 'statutory',
      dataLossWaiver: true,
      partsPolicy: 'new_only',
      oldPartBack: true,
      otherReference: 'PO-77',
      mayCollect: '妻子',
      bin: 'A-3',
    } as const
    const { uid } = shop.receive(said, {
      accessories: [
        { accessoryId: accessory!.id, name: '', serial: 'AC-1' },
        { accessoryId: null, name: '手绳', serial: '' },
      ],
    })
    const page = shop.call('repairs.get', { uid })
    expect(page).toMatchObject(said)
    expect(page.accessories.map(({ name, serial }) => [name.zh, serial])).toEqual([
      [accessory!.label.zh, 'AC-1'],
      ['手绳', ''],
    ])
  })

  test('without a promised day the shop’s usual number of days is promised; no wish means no clock', () => {
    const { id } = shop.receive()
    const { defaultDueDays } = shop.call('settings.get', {}).settings
    expect(shop.row(id)).toMatchObject({ due_on: shop.today(defaultDueDays), requested_on: null })
  })

  test('“fault unknown” is legal, no fault at all is not', () => {
    const { id } = shop.receive({ faultText: '', faultUnknown: true })
    expect(shop.row(id)).toMatchObject({ fault_text: '', fault_unknown: 1 })
    expect(refusedFields(() => shop.receive({ faultText: '' }))).toEqual([
      ['items.0.visit.faultText', 'field.required'],
    ])
  })
})

test('a resent intake is received once', () => {
  const commandId = anyUid()
  const intake = { commandId, ...shop.intake() }
  const first = shop.call('repairs.receive', intake)
  expect(shop.call('repairs.receive', intake)).toEqual(first)
  expect(shop.sql.prepare('SELECT count(*) FROM repairs').pluck().get()).toBe(1)
  const other = { ...intake, channel: 'phone' as const }
  expect(refusal(() => shop.call('repairs.receive', other)).code).toBe('command.reused')
})

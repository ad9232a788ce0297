import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anyUid, refusal, repairShop, type RepairShop } from './kit.ts'

/* What is kept of a repair: edits, notes, places, passcodes, versions, bulk acts. */
let shop: RepairShop
beforeEach(() => {
  shop = repairShop()
})
afterEach(() => shop.close())

const edit = (id: number, changes: object) => shop.call('repairs.edit', { ...shop.target(id), changes })

describe('editing intake', () => {
  test('an edit keeps old and new of each field that changed, and no other', () => {
    const { id } = shop.receive({ priority: 'low', mayCollect: '妻子', bin: 'A1' })
    edit(id, { priority: 'urgent', mayCollect: '妻子', bin: 'B2', dueOn: shop.today(9) })
    expect(shop.row(id)).toMatchObject({ priority: 3, bin: 'B2', due_on: shop.today(9), version: 2 })
    const { kind, detail } = shop.log(id).at(-1)!
    expect(kind).toBe('edit')
    expect(Object.keys(detail).toSorted()).toEqual([
      'bin.from',
      'bin.to',
      'dueOn.from',
      'dueOn.to',
      'priority.from',
      'priority.to',
    ])
    expect(detail).toMatchObject({
      'priority.from': 'low',
      'priority.to': 'urgent',
      'bin.from': 'A1',
      'bin.to': 'B2',
    })
  })

  test('an edit that changes nothing leaves no trace', () => {
    const { id } = shop.receive({ bin: 'A1' })
    edit(id, { bin: 'A1', faultText: shop.row(id)['fault_text'] })
    expect(shop.row(id).version).toBe(1)
    expect(shop.log(id)).toHaveLength(1)
  })

  test('what the customer signed cannot be changed, only what stays open', () => {
    const draftUid = anyUid()
    const signatureUid = shop.upload(draftUid, 'signature')
    const { id } = shop.receive({}, {}, { draftUid, signatureUid, noSignatureReason: null })
    const signed = {
      faultText: '别的',
      faultUnknown: true,
      faultSince: 'x',
      dropped: true,
      liquid: true,
      intermittent: true,
      backup: 'backed_up',
      benchFeeMinor: 1,
      warrantyKind: 'goodwill',
      dataLossWaiver: true,
      partsPolicy: 'new_only',
      oldPartBack: true,
    }
    expect(refusal(() => edit(id, signed)).fields).toEqual(
      Object.keys(signed).map((field) => ({ path: `changes.${field}`, code: 'repair.evidence_signed' })),
    )
    edit(id, {
      priority: 'high',
      requestedOn: shop.today(1),
      dueOn: shop.today(2),
      estimateMinor: 1,
      ceilingMinor: 2,
      otherReference: 'R',
      mayCollect: '子',
      bin: 'C',
      internalNote: '小心',
    })
    expect(shop.row(id)).toMatchObject({
      version: 2,
      fault_text: '不开机',
      estimate_minor: 1,
      internal_note: '小心',
    })
  })

  test('without a signature the clerk may correct the words, and they are found', () => {
    const { id, number } = shop.receive({ faultText: '打不开' })
    edit(id, { faultText: '充电口松动' })
    const found = shop.call('search.find', { text: '充电口' })
    expect(found.repairs.map((card) => card.number)).toEqual([number])
    expect(shop.call('search.find', { text: '打不开' }).repairs).toEqual([])
  })

  test('a repair keeps a fault or “unknown”, and no date in the past', () => {
    const { id } = shop.receive()
    expect(refusal(() => edit(id, { faultText: '' }))).toMatchObject({
      code: 'field.required',
      path: 'changes.faultText',
    })
    expect(refusal(() => edit(id, { dueOn: shop.today(-1) }))).toMatchObject({
      code: 'field.in_past',
      path: 'changes.dueOn',
    })
    edit(id, { faultText: '', faultUnknown: true })
    expect(shop.row(id)['fault_unknown']).toBe(1)
  })

  test('a problem type found later is counted', () => {
    const { id } = shop.receive()
    const problemTypeId = shop.call('dictionaries.add', {
      kind: 'problem_type',
      zh: '碎屏',
      en: 'Broken screen',
    }).id
    edit(id, { problemTypeId })
    const types = shop.call('dictionaries.list', { kinds: ['problem_type'] })
    const entry = types.find(({ id: typeId }) => typeId === problemTypeId)
    expect(entry?.repairsCount).toBe(1)
    expect(refusal(() => edit(id, { problemTypeId: shop.categoryId }))).toMatchObject({
      path: 'changes.problemTypeId',
    })
  })
})

describe('notes, places and sub-statuses', () => {
  test('a note keeps the repair from looking idle and makes nobody’s page stale', () => {
    const { id } = shop.receive()
    shop.clock.advance(3_600_000)
    shop.as('storekeeper').call('repairs.addNote', { repairId: id, text: '客户来电' })
    expect(shop.row(id)).toMatchObject({ version: 1, active_at: shop.clock.now() })
    expect(shop.log(id).at(-1)).toMatchObject({
      kind: 'note',
      text: '客户来电',
      userId: shop.people.storekeeper.userId,
    })
    expect(refusal(() => shop.call('repairs.addNote', { repairId: 999, text: 'x' })).code).toBe('not_found')
  })

  test('the shelf place may be set while the repair is locked', () => {
    const { id } = shop.receive()
    shop.call('repairs.lock', { ...shop.target(id), reason: '查' })
    shop.call('repairs.setBin', { ...shop.target(id), bin: 'Z9' })
    expect(shop.row(id)['bin']).toBe('Z9')
    expect(shop.log(id).at(-1)?.detail).toEqual({ 'bin.from': '', 'bin.to': 'Z9' })
  })

  test('a sub-status belongs to the core state it rolls up to and goes when the repair moves on', () => {
    const id = shop.at('diagnosing')
    const add = (coreState: 'diagnosing' | 'testing') =>
      shop.call('dictionaries.add', { kind: 'sub_status', zh: `在${coreState}`, en: coreState, coreState }).id
    const subStatusId = add('diagnosing')
    expect(
      refusal(() => shop.call('repairs.setSubStatus', { ...shop.target(id), subStatusId: add('testing') })),
    ).toMatchObject({ code: 'repair.sub_status_state', path: 'subStatusId', params: { state: 'diagnosing' } })
    shop.call('repairs.setSubStatus', { ...shop.target(id), subStatusId })
    expect(shop.row(id)['sub_status_id']).toBe(subStatusId)
    shop.work(id, 'repair')
    expect(shop.row(id)['sub_status_id']).toBeNull()
  })

  test('an accessory found later is added to what came with the device', () => {
    const { id, uid } = shop.receive()
    shop.call('repairs.addAccessory', { ...shop.target(id), accessoryId: null, name: '笔', serial: 'P1' })
    expect(shop.call('repairs.get', { uid }).accessories.map(({ name }) => name.zh)).toEqual(['笔'])
    expect(
      refusal(() =>
        shop.call('repairs.addAccessory', { ...shop.target(id), accessoryId: null, name: '', serial: '' }),
      ),
    ).toMatchObject({ code: 'field.required', path: 'name' })
  })
})

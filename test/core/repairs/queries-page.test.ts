import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anyUid, day, refusal, repairShop, type RepairShop } from './kit.ts'

/* The page of one repair: all that was said at the counter, all that was done since, and its history. */
let shop: RepairShop
beforeEach(() => {
  shop = repairShop()
})
afterEach(() => shop.close())

const page = (uid: string) => shop.call('repairs.get', { uid })
const entry = (
  kind: 'brand' | 'model' | 'accessory' | 'check_item' | 'problem_type' | 'cause',
  zh: string,
  en: string,
): number =>
  shop.call('dictionaries.add', {
    kind,
    zh,
    en,
    ...(kind === 'model' ? { parentId: entry('brand', '试牌', 'Trybrand') } : {}),
    ...(kind === 'check_item' ? { parentId: shop.categoryId } : {}),
  }).id

describe('the page of a repair', () => {
  test('opens by uid and by number', () => {
    const { uid, number } = shop.receive()
    expect(page(uid)).toMatchObject({ uid, number })
    expect(shop.call('repairs.get', { number })).toEqual(page(uid))
  })

  test('says when there is no such repair, and when nobody said which', () => {
    expect(refusal(() => page(anyUid())).code).toBe('not_found')
    expect(refusal(() => shop.call('repairs.get', { number: 'X' })).code).toBe('not_found')
    expect(refusal(() => shop.call('repairs.get', {}))).toMatchObject({ code: 'field.required', path: 'uid' })
  })

  test('shows everything that was written down at the counter', () => {
    const said = {
      problemTypeId: entry('problem_type', '试：不开机', 'Try: does not start'),
      faultText: '摔后黑屏',
      faultSince: '昨天',
      dropped: true,
      liquid: true,
      intermittent: true,
      backup: 'not_backed_up',
      priority: 'urgent',
      requestedOn: '2026-03-03',
      dueOn: '2026-03-05',
      estimateMinor: 39_900,
      ceilingMinor: 50_000,
      benchFeeMinor: 3000,
      warrantyKind: 'statutory',
      dataLossWaiver: true,
      partsPolicy: 'new_only',
      oldPartBack: true,
      otherReference: 'RMA-9',
      mayCollect: '李四',
      bin: 'A-12',
      internalNote: '熟客',
    } as const
    const modelId = entry('model', '试机一', 'Try One')
    const device = {
      brandId: entry('brand', '试牌', 'Trybrand'),
      modelId,
      modelText: '',
      colour: '蓝',
      serial: 'SN-1',
      imei1: '490154203237518',
    }
    const checkId = entry('check_item', '屏幕', 'Screen')
    const charger = entry('accessory', '充电头', 'Plug')
    const phones = [
      { number: '138 0013 8000', label: '' },
      { number: '139 0013 8000', label: '' },
    ]
    const { repairs, visitUid, customerId } = shop.as('counter').call(
      'repairs.receive',
      shop.intake({
        customer: { new: shop.customer({ name: '王小明', tier: 'vip', phones }) },
        items: [
          shop.item({
            device: { new: shop.deviceInput(device) },
            visit: shop.visit(said),
            checks: [{ itemId: checkId, result: 'faulty', note: '裂' }],
            accessories: [
              { accessoryId: charger, name: '', serial: 'C1' },
              { accessoryId: null, name: '红色保护套', serial: '' },
            ],
            passcode: '1234',
            passcodeKind: 'digits',
          }),
          shop.item(),
        ],
      }),
    )
    const [first, second] = repairs
    const { problemTypeId, ...shown } = said
    expect(page(first!.uid)).toMatchObject({
      ...shown,
      visitUid,
      customerId,
      state: 'waiting',
      channel: 'walk_in',
      customerName: '王小明',
      customerTier: 'vip',
      customerPhone: '138 0013 8000',
      category: { zh: '试机', en: 'Test device' },
      brand: 'Trybrand',
      model: 'Try One',
      colour: '蓝',
      serial: 'SN-1',
      imei1: '490154203237518',
      problemTypeId,
      problemType: { zh: '试：不开机', en: 'Try: does not start' },
      checks: [{ itemId: checkId, label: { zh: '屏幕', en: 'Screen' }, result: 'faulty', note: '裂' }],
      accessories: [
        { name: { zh: '充电头', en: 'Plug' }, serial: 'C1', returned: false },
        { name: { zh: '红色保护套', en: '红色保护套' }, serial: '', returned: false },
      ],
      hasPasscode: true,
      clerkName: 'counter',
      siblings: [{ uid: second!.uid, number: second!.number, state: 'waiting' }],
      attempts: [],
      imported: false,
      source: null,
    })
  })

  test('never carries the passcode itself', () => {
    const { uid } = shop.receive({}, { passcode: '80813417', passcodeKind: 'digits' })
    expect(JSON.stringify(page(uid))).not.toContain('80813417')
  })

  test('tells each handling with who, when, result, findings and codes', () => {
    const id = shop.at('diagnosing')
    const cause = entry('cause', '试：老化', 'Try: worn')
    shop.clock.advance(3_600_000)
    shop.call('repairs.fail', { ...shop.target(id), findings: '查不出', codeIds: [cause] })
    shop.assign(id, shop.technician2.userId)
    const at = shop.clock.now()
    expect(page(String(shop.row(id).uid)).attempts).toEqual([
      {
        no: 1,
        engineerId: shop.technicianId,
        engineerName: 'technician',
        assignedAt: at - 3_600_000,
        startedAt: at - 3_600_000,
        endedAt: at,
        result: 'failed',
        findings: '查不出',
        codes: [
          {
            id: expect.any(Number),
            kind: 'cause',
            code: expect.any(String),
            label: { zh: '试：老化', en: 'Try: worn' },
          },
        ],
      },
      {
        no: 2,
        engineerId: shop.technician2.userId,
        engineerName: 'technician2',
        assignedAt: at,
        startedAt: null,
        endedAt: null,
        result: null,
        findings: '',
        codes: [],
      },
    ])
  })

  test('shows the known defects of the device until they are resolved', () => {
    const { uid, id } = shop.receive()
    const deviceId = Number(shop.row(id)['device_id'])
    const defect = shop.call('devices.addDefect', { deviceId, text: '后盖有划痕' })
    expect(page(uid).knownDefects).toEqual([{ id: defect.id, text: '后盖有划痕', notedAt: defect.notedAt }])
    shop.call('devices.resolveDefect', { defectId: defect.id })
    expect(page(uid).knownDefects).toEqual([])
  })
})

describe('the history of a repair', () => {
  test('is told from its newest line, with who did it at which seat, from where to where, and why', () => {
    const { id } = shop.receive({}, {}, {})
    shop.clock.advance(day)
    shop.assign(id, shop.technicianId)
    shop.as('technician').call('repairs.addNote', { repairId: id, text: '等客户回电' })
    const lines = shop.call('repairs.timeline', { repairId: id })
    expect(lines.map((line) => [line.kind, line.action, line.fromState, line.toState])).toEqual([
      ['note', null, null, null],
      ['move', 'assign', 'waiting', 'assigned'],
      ['move', 'receive', null, 'waiting'],
    ])
    expect(lines[0]).toMatchObject({
      at: shop.clock.now(),
      userName: 'technician',
      seatName: 'Counter 1',
      text: '等客户回电',
    })
  })

  test('of a repair that is not there is refused', () => {
    expect(refusal(() => shop.call('repairs.timeline', { repairId: 999 })).code).toBe('not_found')
  })
})

describe('a device seen again', () => {
  test('comes with its open repair and all its visits, the newest first', () => {
    const first = shop.receive()
    const deviceId = Number(shop.row(first.id)['device_id'])
    shop.clock.advance(day)
    const again = shop.receive(
      { faultText: '又坏了' },
      { device: { id: deviceId }, overrideReason: '另一处' },
    )
    const visit = shop.call('devices.visit', { deviceId })
    expect(visit?.openRepair).toMatchObject({ uid: again.uid, state: 'waiting' })
    expect(visit?.history.map((repair) => repair.uid)).toEqual([again.uid, first.uid])
    shop.call('repairs.cancel', { ...shop.targets(again.id, first.id), reason: '不修了' })
    expect(shop.call('devices.visit', { deviceId })?.openRepair).toBeNull()
  })
})

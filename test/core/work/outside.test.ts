import { afterEach, beforeEach, expect, test } from 'vitest'
import type { InputOf } from '#contract/method-types.ts'
import { benchShop, type BenchShop } from '../quotes/bench-kit.ts'
import { refusal } from '../repairs/kit.ts'

/* One test for each rule of work outside of the shop; the title names the rule. */
let shop: BenchShop
let id: number
beforeEach(() => {
  shop = benchShop()
  id = shop.at('diagnosing')
})
afterEach(() => shop.close())

const sendOut = (more: Partial<InputOf<'work.sendOut'>> = {}) =>
  shop.call('work.sendOut', {
    ...shop.target(id),
    kind: 'vendor',
    vendor: '华强北主板维修',
    reference: 'V-77',
    expectedOn: shop.today(5),
    note: '主板短路',
    ...more,
  })
const jobs = () => shop.call('work.ofRepair', { repairId: id }).external
const back = (result: InputOf<'work.takeBack'>['result'], serialBack: string, more: object = {}) =>
  shop.call('work.takeBack', {
    ...shop.target(id),
    jobId: jobs()[0]!.id,
    result,
    serialBack,
    costMinor: 12_000,
    note: '',
    ...more,
  })
const device = () => {
  const row = shop.sql.prepare('SELECT serial, notes, version FROM devices WHERE id = ?')
  return row.get(shop.row(id)['device_id']) as { serial: string; notes: string; version: number }
}

test('a unit sent out is at the vendor with the serial it went with', () => {
  const { serial } = device()
  sendOut()
  expect(shop.state(id)).toBe('at_vendor')
  expect(jobs()).toMatchObject([
    { vendor: '华强北主板维修', serialOut: serial, backAt: null, reference: 'V-77' },
  ])
  expect(shop.log(id).at(-1)).toMatchObject({ action: 'send_out', detail: { vendor: '华强北主板维修' } })
})

test('the same unit comes back by the same serial and goes to test', () => {
  const { serial } = device()
  sendOut()
  back('repaired', serial.toLowerCase())
  expect(shop.state(id)).toBe('testing')
  expect(jobs()).toMatchObject([{ result: 'repaired', costMinor: 12_000, backBy: '王店主' }])
  expect(device()).toMatchObject({ serial, version: 1 })
})

test('another serial than went out is no repaired unit but an exchanged one', () => {
  const { serial } = device()
  sendOut()
  expect(refusal(() => back('repaired', 'OTHER-1'))).toMatchObject({
    code: 'work.serial_differs',
    path: 'serialBack',
    params: { expected: serial, serial: 'OTHER-1' },
  })
  expect(refusal(() => back('repaired', '')).code).toBe('work.serial_required')
  expect(refusal(() => back('exchanged', '')).code).toBe('work.serial_required')
  expect(refusal(() => back('exchanged', serial)).code).toBe('field.duplicate')
})

test('an exchanged unit gives the device its serial; the old one stays with the job and in the notes', () => {
  const { serial } = device()
  sendOut({ kind: 'factory' })
  back('exchanged', 'NEW-9')
  expect(jobs()).toMatchObject([{ serialOut: serial, serialBack: 'NEW-9', result: 'exchanged' }])
  expect(device()).toMatchObject({ serial: 'NEW-9', notes: `${serial} → NEW-9 (${shop.today()})` })
  expect(shop.log(id).at(-1)).toMatchObject({
    to: 'testing',
    detail: { serialOut: serial, serialBack: 'NEW-9' },
  })
  const hits = shop.call('search.find', { text: 'NEW-9' })
  expect(JSON.stringify(hits)).toContain(shop.row(id).number)
})

test('a serial another device of the category has is not given a second time', () => {
  const other = shop.at('diagnosing')
  const taken = shop.sql
    .prepare('SELECT d.serial FROM repairs r JOIN devices d ON d.id = r.device_id WHERE r.id = ?')
    .pluck()
    .get(other) as string
  sendOut()
  expect(refusal(() => back('exchanged', taken))).toMatchObject({
    code: 'device.serial_taken',
    path: 'serialBack',
  })
  expect(jobs()[0]).toMatchObject({ backAt: null })
})

test.each(['not_repairable', 'returned_unrepaired'] as const)(
  'what comes back %s is looked at again',
  (result) => {
    const { serial } = device()
    sendOut()
    back(result, serial, { note: '主板层间短路' })
    expect(shop.state(id)).toBe('diagnosing')
    expect(shop.log(id).at(-1)).toMatchObject({ action: 'diagnose_again', text: '主板层间短路' })
  },
)

test('a device is away once: nobody sends it out again, works on it or finishes it until it is back', () => {
  sendOut()
  expect(refusal(() => sendOut())).toMatchObject({
    code: 'work.already_out',
    params: { vendor: '华强北主板维修' },
  })
  expect(refusal(() => shop.work(id, 'test')).code).toBe('work.already_out')
  expect(refusal(() => shop.solve(id, 'not_repairable')).code).toBe('work.already_out')
  back('repaired', device().serial)
  expect(refusal(() => back('repaired', device().serial)).code).toBe('work.not_out')
})

test('a unit is not expected back in the past', () => {
  expect(refusal(() => sendOut({ expectedOn: shop.today(-1) }))).toMatchObject({
    code: 'field.in_past',
    path: 'expectedOn',
  })
})

test('a device without a serial comes back as it went', () => {
  shop.sql
    .prepare("UPDATE devices SET serial = '', serial_key = NULL WHERE id = ?")
    .run(shop.row(id)['device_id'])
  sendOut()
  back('repaired', '')
  expect(shop.state(id)).toBe('testing')
})

test('a unit that comes back to a repair taken off the bench is still taken back', () => {
  sendOut()
  shop.fail(id)
  back('repaired', device().serial)
  expect(shop.state(id)).toBe('waiting')
  expect(jobs()[0]!.backAt).toBe(shop.clock.now())
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, repairShop, type RepairShop } from './kit.ts'

/* Bad input that reaches a repair: each a coded error at the right place, and nothing is written. */
let shop: RepairShop
let id: number
let collected: number
let processed: number
beforeAll(() => {
  shop = repairShop()
  id = shop.at('diagnosing')
  collected = shop.at('collected')
  processed = shop.at('processed')
})
afterAll(() => shop.close())

/** A dotted path in an input set to a value. */
function withValue(input: object, path: string, value: unknown): object {
  const copy = structuredClone(input) as Record<string, unknown>
  const keys = path.split('.')
  let holder = copy
  for (const key of keys.slice(0, -1)) holder = holder[key] as Record<string, unknown>
  holder[keys.at(-1)!] = value
  return copy
}

const visit = 'items.0.visit'
const received: [string, string, unknown, string][] = [
  ['an unknown field', 'colour', 'red', 'field.unknown'],
  ['an unknown field of the visit', `${visit}.price`, 1, 'field.unknown'],
  ['a number where text belongs', `${visit}.faultText`, 42, 'field.wrong_type'],
  ['text where a number belongs', `${visit}.estimateMinor`, '42', 'field.wrong_type'],
  ['over-long words', `${visit}.faultText`, 'x'.repeat(4_001), 'field.too_long'],
  ['an over-long shelf place', `${visit}.bin`, 'x'.repeat(31), 'field.too_long'],
  ['a control character', `${visit}.faultText`, 'a\u0007b', 'field.control_character'],
  ['a bidirectional override', `${visit}.otherReference`, 'a\u202Eb', 'field.control_character'],
  ['a line break in one line', `${visit}.mayCollect`, 'a\nb', 'field.control_character'],
  ['a day that does not exist', `${visit}.dueOn`, '2026-02-30', 'field.not_a_date'],
  ['a date of another form', `${visit}.requestedOn`, '30.03.2026', 'field.not_a_date'],
  ['a date long past', `${visit}.dueOn`, '1999-12-31', 'field.in_past'],
  ['a year nobody lives to see', `${visit}.dueOn`, '9999-01-01', 'field.not_a_date'],
  ['a negative amount', `${visit}.ceilingMinor`, -1, 'field.out_of_range'],
  ['an absurd amount', `${visit}.estimateMinor`, 9e15, 'field.out_of_range'],
  ['half a cent', `${visit}.benchFeeMinor`, 0.5, 'field.wrong_type'],
  ['no number at all', `${visit}.benchFeeMinor`, Number.NaN, 'field.wrong_type'],
  ['a priority nobody knows', `${visit}.priority`, 'asap', 'field.not_an_option'],
  ['no devices', 'items', [], 'field.too_few'],
  ['a serial with a control character', 'items.0.device.new.serial', 'A\u0000B', 'field.control_character'],
  ['an IMEI with a wrong check digit', 'items.0.device.new.imei1', '490154203237519', 'field.imei'],
  ['a category that does not exist', 'items.0.device.new.categoryId', 424_242, 'field.not_found'],
  ['a problem type of another kind', `${visit}.problemTypeId`, 1, 'field.not_found'],
  ['an id that is none', `${visit}.problemTypeId`, 0, 'field.out_of_range'],
  ['a signature that is no uid', 'signatureUid', 'sig', 'field.format'],
  ['an over-long passcode', 'items.0.passcode', '1'.repeat(121), 'field.too_long'],
]

test.each(received)('receiving with %s is refused at %s', (_title, path, value, code) => {
  const before = rows()
  const input = withValue(shop.intake(), path, value)
  const found = refusal(() => raw('repairs.receive', input))
  expect(found.fields).toContainEqual(expect.objectContaining({ path, code }))
  expect(rows()).toEqual(before)
})

test('51 devices are more than one visit holds', () => {
  const items = Array.from({ length: 51 }, () => shop.item())
  expect(refusal(() => shop.call('repairs.receive', shop.intake({ items })))).toMatchObject({
    code: 'field.too_many',
    path: 'items',
  })
})

test('text that looks like a formula is only text', () => {
  const { uid } = shop.receive({ faultText: '=HYPERLINK("http://x")', otherReference: '+1-2', bin: '@A' })
  expect(shop.call('repairs.get', { uid })).toMatchObject({
    faultText: '=HYPERLINK("http://x")',
    otherReference: '+1-2',
    bin: '@A',
  })
})

type Bad = [string, () => unknown, string, string]
const commands: Bad[] = [
  ['solving without findings', () => solve({ findings: '  ' }), 'findings', 'field.required'],
  [
    'solving with an outcome only history has',
    () => solve({ outcome: 'unknown' }),
    'outcome',
    'field.not_an_option',
  ],
  ['solving without an outcome', () => solve({ outcome: undefined }), 'outcome', 'field.required'],
  [
    'failing without findings',
    () => raw('repairs.fail', { ...shop.target(id), findings: '', codeIds: [] }),
    'findings',
    'field.required',
  ],
  [
    'locking without a reason',
    () => raw('repairs.lock', { ...shop.target(id), reason: '' }),
    'reason',
    'field.required',
  ],
  [
    'cancelling without a reason',
    () => raw('repairs.cancel', { ...shop.targets(id), reason: ' ' }),
    'reason',
    'field.required',
  ],
  [
    'handing over to nobody',
    () => raw('repairs.handOver', handOver({ collectedBy: ' ' })),
    'collectedBy',
    'field.required',
  ],
  [
    'handing over with a signature nobody gave',
    () => raw('repairs.handOver', handOver({ signatureUid: '0198b1f0-0000-7000-8000-000000000000' })),
    'signatureUid',
    'attachment.missing',
  ],
  [
    'a version that is none',
    () => raw('repairs.lock', { repairId: id, version: 0, reason: 'x' }),
    'version',
    'field.out_of_range',
  ],
  [
    'an action the bench does not know',
    () => raw('repairs.work', { ...shop.targets(id), action: 'solve' }),
    'action',
    'field.not_an_option',
  ],
  [
    'more than 200 repairs at once',
    () => raw('repairs.verify', { repairs: Array.from({ length: 201 }, () => ({ repairId: id })) }),
    'repairs',
    'field.too_many',
  ],
  [
    'a dissatisfied customer without a reason',
    () => followUp({ kind: 'dissatisfied', satisfaction: 'dissatisfied', reason: '' }),
    'result.reason',
    'field.required',
  ],
  [
    'a satisfied customer who is dissatisfied',
    () => followUp({ kind: 'satisfied', satisfaction: 'very_dissatisfied', note: '' }),
    'result.satisfaction',
    'field.not_an_option',
  ],
  [
    'a next try on no day',
    () => followUp({ kind: 'not_reached', nextTryOn: 'tomorrow', note: '' }),
    'result.nextTryOn',
    'field.not_a_date',
  ],
  [
    'an unlock without consent',
    () =>
      raw('repairs.unlock', {
        ...shop.target(id),
        resolution: { kind: 'new_date', dueOn: shop.today(1), consent: '' },
      }),
    'resolution.consent',
    'field.required',
  ],
]

test.each(commands)('%s is refused at its field', (_title, act, path, code) => {
  const before = rows()
  expect(refusal(act)).toMatchObject({ code, path })
  expect(rows()).toEqual(before)
})

function raw(method: string, input: object): unknown {
  const commandId = crypto.randomUUID()
  return shop.app.dispatch(method, { commandId, ...input }, { kind: 'host', actor: shop.people.owner })
}
function solve(given: object): unknown {
  return raw('repairs.solve', {
    ...shop.target(id),
    outcome: 'repaired',
    findings: '好了',
    codeIds: [],
    knownDefects: [],
    ...given,
  })
}
function handOver(given: object): object {
  return {
    ...shop.target(processed),
    collectedBy: '张三',
    signatureUid: null,
    noSignatureReason: 'by_phone',
    noSignatureNote: '',
    returnedAccessoryIds: [],
    accessoriesKeptConfirmed: true,
    note: '',
    ...given,
  }
}
function followUp(result: object): unknown {
  return raw('repairs.followUp', { ...shop.target(collected), result })
}
/** Everything a refused command must leave as it was. */
function rows(): unknown {
  const tables = [
    'repairs',
    'repair_log',
    'repair_attempts',
    'devices',
    'customers',
    'number_series',
    'day_counts',
    'outbox',
  ]
  return tables.map((table) => shop.sql.prepare(`SELECT count(*), max(rowid) FROM ${table}`).all())
}

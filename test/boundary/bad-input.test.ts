import { randomUUID } from 'node:crypto'
import { beforeAll, describe, test } from 'vitest'
import type { ErrorCode, ErrorParams } from '#contract/errors.ts'
import { useShop } from '../imports/kit.ts'
import { intakeOf } from '../kit/intake.ts'
import { call, expectRefused, send, withValue, type Refused } from './kit.ts'

/*
 * What people mistype, paste or send by mistake, to the real host: each is refused with its code at its very
 * field, both languages have words for it, and not a row of the shop has changed.
 */
const shop = useShop()
let intake: Awaited<ReturnType<typeof intakeOf>>
beforeAll(async () => {
  intake = await intakeOf(shop.seat())
})

type Row = [what: string, path: string, value: unknown, code: ErrorCode, params?: ErrorParams]

const act = (method: string, input: object) =>
  call(shop.host().url, shop.seat(), method, { commandId: randomUUID(), ...input })

const ask = (method: string, input: object) => call(shop.host().url, shop.seat(), method, input)

const visit = 'items.0.visit'
const device = 'items.0.device.new'
const customer = 'customer.new'
const atIntake: Row[] = [
  ['a field nobody knows', 'colour', 'red', 'field.unknown'],
  ['a field of the visit nobody knows', `${visit}.price`, 1, 'field.unknown'],
  ['a field of the device nobody knows', `${device}.weight`, 1, 'field.unknown'],
  ['a number where words belong', `${visit}.faultText`, 42, 'field.wrong_type'],
  ['nothing where words belong', `${visit}.faultText`, null, 'field.wrong_type'],
  ['words where an amount belongs', `${visit}.estimateMinor`, '42', 'field.wrong_type'],
  ['words where yes or no belongs', `${visit}.liquid`, 'yes', 'field.wrong_type'],
  ['one device where a list belongs', 'items', { device: 1 }, 'field.wrong_type'],
  ['no device at all', 'items', [], 'field.too_few', { min: 1 }],
  [
    'a fault told in 4,001 characters',
    `${visit}.faultText`,
    'x'.repeat(4001),
    'field.too_long',
    { max: 4000 },
  ],
  ['a novel for a fault', `${visit}.faultText`, '长'.repeat(1_000_000), 'field.too_long', { max: 4000 }],
  ['a shelf place of 31 characters', `${visit}.bin`, 'x'.repeat(31), 'field.too_long', { max: 30 }],
  [
    'a customer’s name of 121 characters',
    `${customer}.name`,
    '名'.repeat(121),
    'field.too_long',
    { max: 120 },
  ],
  ['a nameless customer', `${customer}.name`, ' \u00a0\u3000 ', 'field.required'],
  ['a bell in the fault', `${visit}.faultText`, 'beeps\u0007', 'field.control_character'],
  ['a NUL in the serial', `${device}.serial`, 'A\u0000B', 'field.control_character'],
  ['a terminal’s escape in a name', `${customer}.name`, 'Anna\u001b[31m', 'field.control_character'],
  ['a line break in a name', `${customer}.name`, 'Anna\nSchmidt', 'field.control_character'],
  ['a separator of lines in a name', `${customer}.name`, 'Anna\u2028Schmidt', 'field.control_character'],
  ['a bidirectional override in a name', `${customer}.name`, 'gpj.\u202eanna', 'field.control_character'],
  ['a bidirectional isolate in a note', `${visit}.internalNote`, 'a\u2066b', 'field.control_character'],
  ['half a character in a name', `${customer}.name`, 'Anna \ud83d', 'field.control_character'],
  ['the 30th of February', `${visit}.dueOn`, '2026-02-30', 'field.not_a_date'],
  ['the 29th of February of a common year', `${device}.purchasedOn`, '2025-02-29', 'field.not_a_date'],
  ['month thirteen', `${visit}.requestedOn`, '2026-13-01', 'field.not_a_date'],
  ['the day zero', `${visit}.dueOn`, '0000-00-00', 'field.not_a_date'],
  ['a date in another order', `${visit}.dueOn`, '30.03.2026', 'field.not_a_date'],
  ['a moment where a day belongs', `${visit}.dueOn`, '2026-03-30T10:00', 'field.not_a_date'],
  ['a year nobody lives to see', `${visit}.dueOn`, '9999-01-01', 'field.not_a_date'],
  ['a promise for a day long past', `${visit}.dueOn`, '1999-12-31', 'field.in_past'],
  ['a purchase in the future', `${device}.purchasedOn`, '2199-01-01', 'field.in_future'],
  ['an estimate below nothing', `${visit}.estimateMinor`, -1, 'field.out_of_range', { min: 0 }],
  ['an estimate of ninety trillion', `${visit}.estimateMinor`, 9e15, 'field.out_of_range'],
  ['half a cent', `${visit}.benchFeeMinor`, 0.5, 'field.wrong_type'],
  ['a device of number zero', 'items.0.device', { id: 0 }, 'field.out_of_range'],
  ['a category that does not exist', `${device}.categoryId`, 424_242, 'field.not_found'],
  ['a phone number that is a sentence', `${customer}.phones.0.number`, 'call me', 'field.phone'],
  ['a phone number of 21 digits', `${customer}.phones.0.number`, '1'.repeat(21), 'field.phone'],
  ['an address without an at sign', `${customer}.email`, 'anna.example.org', 'field.email'],
  ['an IMEI with a wrong check digit', `${device}.imei1`, '490154203237519', 'field.imei'],
  ['a priority nobody knows', `${visit}.priority`, 'asap', 'field.not_an_option'],
  ['a signature that is no uid', 'signatureUid', '../../shop.db', 'field.format'],
  [
    'eleven phones',
    `${customer}.phones`,
    Array.from({ length: 11 }, () => ({ number: '13800138000', label: '' })),
    'field.too_many',
  ],
  ['an act that is no uid', 'commandId', "1' OR '1'='1", 'field.format'],
  ['no act', 'commandId', undefined, 'field.required'],
]

describe('a repair is not received with', () => {
  test.each<Row>(atIntake)('%s', async (what, path, value, code, params) => {
    const row = { what, path: pathTold(path), code, ...(params ? { params } : {}) }
    const given = { commandId: randomUUID(), ...intake }
    const sent = () => act('repairs.receive', withValue(given, path, value))
    await expectRefused({ ...row, act: sent }, undefined, shop.host().data)
  })

  /** A device by its number is told at that number. */
  function pathTold(path: string): string {
    return path === 'items.0.device' ? 'items.0.device.id' : path
  }
})

const person = (changes: object) => ({
  login: 'new',
  name: 'New Person',
  language: null,
  roleIds: [1],
  password: 'correct horse 12',
  ...changes,
})
const key = (settings: object) => () => act('settings.update', { version: 1, settings })
const raw = (path: string, body: string) => () => send(shop.host().url, path, body, { seat: shop.seat() })
const elsewhere: Refused<undefined>[] = [
  {
    what: 'A page of a list below nothing is refused at its size.',
    act: () => ask('customers.list', { limit: -1 }),
    path: 'limit',
    code: 'field.out_of_range',
  },
  {
    what: 'A page of a million is refused at its size.',
    act: () => ask('repairs.list', { limit: 1_000_000 }),
    path: 'limit',
    code: 'field.out_of_range',
  },
  {
    what: 'A mangled place to go on from is refused where it stands.',
    act: () => ask('repairs.list', { after: '{"at":' }),
    path: 'after',
    code: 'field.format',
  },
  {
    what: 'A search of five thousand characters is refused at its words.',
    act: () => ask('search.find', { text: 'x'.repeat(5000) }),
    path: 'text',
    code: 'field.too_long',
  },
  {
    what: 'A time zone that is on no map is refused in the settings.',
    act: key({ timeZone: 'Mars/Olympus' }),
    path: 'settings.timeZone',
    code: 'field.time_zone',
  },
  {
    what: 'A login that somebody has already, in capitals, is refused at the login.',
    act: () => act('users.create', person({ login: 'OWNER' })),
    path: 'login',
    code: 'users.login_taken',
  },
  {
    what: 'A password of three characters is refused at the password.',
    act: () => act('users.create', person({ password: 'abc' })),
    path: 'password',
    code: 'field.too_short',
    params: { min: 8 },
  },
  {
    what: 'An amount beyond every number is refused as none.',
    act: () => raw('/rpc/repairs/list', '{"json":{"limit":1e999}}')(),
    path: 'limit',
    code: 'field.wrong_type',
  },
  {
    what: 'A list where an input belongs is refused as a whole.',
    act: () => raw('/rpc/repairs/list', '{"json":[1,2]}')(),
    path: '',
    code: 'field.wrong_type',
  },
  {
    what: 'A field that reaches for the program’s own objects is unknown.',
    act: () => raw('/rpc/repairs/list', '{"json":{"constructor":{"prototype":{"limit":1}}}}')(),
    path: 'constructor',
    code: 'field.unknown',
  },
]

test.each(elsewhere)('$what', async (row) => {
  await expectRefused(row, undefined, shop.host().data)
})

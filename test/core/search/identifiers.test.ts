import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { each, searchShop, type SearchShop } from './kit.ts'

/* One box for numbers, phones, serials and IMEIs (RD#1021, #1234, #1684), typed or scanned. */
let shop: SearchShop
beforeEach(() => {
  shop = searchShop()
})
afterEach(() => shop.close())

const phone = (number: string) => ({ phones: [{ number, label: '' }] })

describe('a repair number', () => {
  test('opens its repair, in whatever way it is typed', () => {
    const { number, uid, id } = shop.bring()
    for (const text of [
      number,
      ` ${number} `,
      `#${number}`,
      number.replace(/(.{8})/, '$1-'),
      fullWidth(number),
    ]) {
      expect(shop.find(text)).toMatchObject({ exactRepairUid: uid, repairs: [{ id }] })
    }
  })

  test('opens its repair with and without the code of the shop', () => {
    shop.settings({ numberWithStorePrefix: true })
    const { number, uid } = shop.bring()
    expect(number).toBe('SH20260302001')
    for (const text of [number, number.toLowerCase(), '20260302001']) {
      expect(shop.find(text).exactRepairUid).toBe(uid)
    }
  })

  test('is found by its last digits and by its beginning, the newest first', () => {
    const [first, second] = [shop.bring(), shop.bring()]
    shop.clock.advance(86_400_000)
    const third = shop.bring()
    expect(third.number).toBe('20260303001')
    expect(shop.repairs('02001')).toEqual([first.id])
    expect(shop.repairs('0302')).toEqual([])
    expect(shop.repairs('20260302')).toEqual([second.id, first.id])
    expect(shop.find('20260302').exactRepairUid).toBeNull()
  })

  test('is found by its three digits while it is a few days old', () => {
    const old = shop.bring()
    shop.clock.advance(6 * 86_400_000)
    const young = shop.bring()
    expect(shop.repairs('001')).toEqual([young.id, old.id])
    shop.clock.advance(86_400_000)
    expect(shop.repairs('001')).toEqual([young.id])
  })

  test('brought along from elsewhere is found whole, by its beginning and by its end', () => {
    const { id, uid } = shop.bring()
    const { id: own } = shop.bring()
    // As an import keeps the number of another program.
    shop.sql.prepare('UPDATE repairs SET number = ? WHERE id = ?').run('19/x-4711b', id)
    shop.call('repairs.edit', { ...shop.target(id), changes: { faultText: '黑屏' } })
    for (const text of ['19/x-4711b', '19/X 4711B']) expect(shop.find(text).exactRepairUid).toBe(uid)
    const texts = ['19x4711b', '19x4', '19/x-47', '711b', 'x4711 b']
    expect(each(texts, shop.repairs)).toEqual(each(texts, () => [id]))
    expect(shop.repairs('9002')).toEqual([])
    expect(shop.repairs('02002')).toEqual([own])
  })

  test('of the shop that prefixes them is found by the digits after the prefix', () => {
    shop.settings({ numberWithStorePrefix: true })
    const { id } = shop.bring()
    expect(shop.repairs('2026030')).toEqual([id])
    expect(shop.repairs('001')).toEqual([id])
    expect(shop.repairs('sh2026')).toEqual([id])
  })
})

describe('a scanned label', () => {
  test('opens its repair by link or by uid, also from a scanner behind a locked shift key', () => {
    const { uid, id } = shop.bring()
    shop.bring()
    const links = [
      uid,
      uid.toUpperCase(),
      `benchside://repair/${uid}`,
      `BENCHSIDE://REPAIR/${uid.toUpperCase()}`,
      `http://192.168.1.20:4780/r/${uid}`,
      `https://shop.example/benchside/r/${uid}/?s=1#top`,
    ]
    for (const text of links) {
      expect(shop.find(text)).toEqual({
        repairs: [expect.objectContaining({ id })],
        customers: [],
        devices: [],
        exactRepairUid: uid,
      })
    }
  })

  test('of another shop finds nothing instead of something else', () => {
    shop.bring()
    const text = 'benchside://repair/01234567-89ab-7def-8123-456789abcdef'
    expect(shop.find(text)).toEqual({ repairs: [], customers: [], devices: [], exactRepairUid: null })
  })
})

describe('a phone', () => {
  test('is found by any four digits of it', () => {
    const { customerId, id } = shop.bring({ customer: phone('13872645911') })
    shop.bring({ customer: phone('15500000000') })
    const parts = ['1387', '8726', '2645', '5911', '138-7264', '72 64 59', '13872645911']
    expect(each(parts, shop.customers)).toEqual(each(parts, () => [customerId]))
    expect(each(parts, shop.repairs)).toEqual(each(parts, () => [id]))
  })

  test('is found by its first three digits, not by three in its middle', () => {
    const { customerId } = shop.bring({ customer: phone('13872645911') })
    expect(shop.customers('138')).toEqual([customerId])
    expect(shop.customers('726')).toEqual([])
    expect(shop.customers('13')).toEqual([])
  })

  test.each([
    ['CN', '138 7264 5911', ['+86 138-7264-5911', '008613872645911', '86 138 7264 5911', '(+86)13872645911']],
    ['CN', '+86 138 7264 5911', ['13872645911', '7264 5911', '+8613872']],
    ['CN', '010-6552 9988', ['+86 10 6552 9988', '01065529988', '6552-9988', '10 6552']],
    ['DE', '030 901820', ['+49 30 901820', '0049 30 901820', '030/901820', '30901820', '901820']],
    ['DE', '+49 (0) 171 2345678', ['0171 2345678', '2345678']],
    ['US', '(212) 555-0147', ['+1 212 555 0147', '212.555.0147', '555 0147']],
    ['CN', '+49 30 901820', ['+4930901820', '030 901820', '0049 30 901820']],
  ])('in %s written %s is found however it is dialled', (country, written, ways) => {
    shop.sql
      .prepare(
        "UPDATE settings SET value = json_set(value, '$.country', ?), version = version + 1 WHERE key = 'shop'",
      )
      .run(country)
    const { customerId } = shop.bring({ customer: phone(written) })
    expect(each(ways, shop.customers)).toEqual(each(ways, () => [customerId]))
  })

  test('is found by any part, whatever signs stand between its digits', () => {
    const digits = '13872645911'
    const { customerId } = shop.bring({ customer: phone(digits) })
    const part = fc
      .tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 4, max: 11 }))
      .map(([from, length]) => digits.slice(from, from + length))
    const signs = fc.array(fc.constantFrom('', ' ', '-', '.', '/', '(', ')'), {
      minLength: 11,
      maxLength: 11,
    })
    fc.assert(
      fc.property(part, signs, (text, between) => {
        const typed = [...text].map((digit, index) => `${digit}${between[index]}`).join('')
        expect(each([typed], shop.customers)).toEqual({ [typed]: [customerId] })
      }),
      { numRuns: 200 },
    )
  })

  test('of a contact leads to the company', () => {
    const contacts = [{ name: '陈经理', role: '', phone: '021-5123 4567', email: null }]
    const { customerId } = shop.bring({ customer: { kind: 'company', contacts } })
    expect(shop.customers('5123')).toEqual([customerId])
  })
})

describe('a serial or an IMEI', () => {
  test('is found by its beginning and by its end, in any spacing and case', () => {
    const { deviceId, id } = shop.bring({ device: { serial: 'F2L-XK93/QJC' } })
    const texts = ['F2LXK93QJC', 'f2l-xk', 'f2', 'XK93QJC', '3 qjc']
    expect(each(texts, shop.devices)).toEqual(each(texts, () => [deviceId]))
    expect(each(texts, shop.repairs)).toEqual(each(texts, () => [id]))
  })

  test('is found by its last four characters, not by fewer', () => {
    shop.bring({ device: { serial: 'F2LXK93QJC' } })
    expect(shop.devices('QJC')).toEqual([])
  })

  test('both IMEIs of a phone lead to it', () => {
    const { deviceId } = shop.bring({ device: { imei1: '490154203237518', imei2: '356938035643809' } })
    const texts = ['490154203237518', '3569 3803', '35-693803-564380-9', '7518', '643809']
    expect(each(texts, shop.devices)).toEqual(each(texts, () => [deviceId]))
  })

  test('of a device that came several times lists its visits, the newest first', () => {
    const { id, deviceId } = shop.bring({ device: { serial: 'SN-7788' } })
    shop.clock.advance(86_400_000)
    const again = shop.call(
      'repairs.receive',
      shop.intake({ items: [shop.item({ device: { id: deviceId }, overrideReason: '又坏了' })] }),
    )
    expect(shop.repairs('sn7788')).toEqual([again.repairs[0]!.id, id])
  })
})

function fullWidth(text: string): string {
  return text.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))
}

import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { refusal, repairShop, type RepairShop } from '../repairs/kit.ts'

/* A half-typed intake survives whatever happens to the window, and keeps no passcode in clear. */
let shop: RepairShop
beforeEach(() => {
  shop = repairShop()
})
afterEach(() => shop.close())

const content = {
  customer: { name: '王伟' },
  items: [{ faultText: '不开机', passcode: '258013', passcodeKind: 'digits' }],
}
const save = (uid: string, version: number, more: object = {}) =>
  shop
    .as('counter')
    .call('drafts.save', { uid, version, title: '王伟 / 手机', step: 'fault', content, ...more })
const get = (uid: string, role: 'counter' | 'manager' = 'counter') =>
  shop.as(role).call('drafts.get', { uid })

test('an intake saved at each step is there again after the window is gone', () => {
  const uid = randomUUID()
  expect(save(uid, 0)).toEqual({ uid, version: 1 })
  shop.clock.advance(1000)
  expect(save(uid, 1, { step: 'checks' })).toEqual({ uid, version: 2 })
  expect(get(uid)).toEqual({
    uid,
    version: 2,
    title: '王伟 / 手机',
    step: 'checks',
    content,
    userName: 'counter',
    seatName: 'Counter 1',
    updatedAt: shop.clock.now(),
  })
})

test('every seat sees the unfinished intakes, the one touched last first', () => {
  const [first, second] = [randomUUID(), randomUUID()]
  save(first, 0)
  shop.clock.advance(1000)
  save(second, 0)
  shop.clock.advance(1000)
  expect(
    shop
      .as('manager')
      .call('drafts.list', {})
      .map((draft) => draft.uid),
  ).toEqual([second, first])
  save(first, 1)
  expect(
    shop
      .as('manager')
      .call('drafts.list', {})
      .map((draft) => draft.uid),
  ).toEqual([first, second])
})

test('a passcode is nowhere in the shop’s file in clear, and only the person who typed it gets it back', () => {
  const uid = randomUUID()
  const secrets = { items: [{ passcode: '2580-geheim' }, { device: { Passcode: 'muster-geheim' } }] }
  save(uid, 0, { content: secrets })
  expect(get(uid).content).toEqual(secrets)
  expect(get(uid, 'manager').content).toEqual({ items: [{ passcode: null }, { device: { Passcode: null } }] })
  expect(shop.sql.serialize().includes('geheim')).toBe(false)
})

test('a passcode that is no text is not kept, and a sealed one cannot be slipped in', () => {
  const uid = randomUUID()
  save(uid, 0, {
    content: { a: { passcode: 1234 }, b: { passcode: { sealedPasscode: 'AAAA' } }, c: { passcode: '' } },
  })
  expect(get(uid).content).toEqual({ a: { passcode: null }, b: { passcode: null }, c: { passcode: null } })
})

test('a draft sealed with another key opens without its passcode', () => {
  const uid = randomUUID()
  save(uid, 0)
  const broken = JSON.stringify({ passcode: { sealedPasscode: Buffer.alloc(40, 1).toString('base64') } })
  shop.sql.prepare('UPDATE drafts SET content = ? WHERE uid = ?').run(broken, uid)
  expect(get(uid).content).toEqual({ passcode: null })
})

test('two seats on one draft: the later save is refused with who was first, and nothing is overwritten', () => {
  const uid = randomUUID()
  save(uid, 0)
  shop.clock.advance(1000)
  const first = { uid, version: 1, title: '王伟', step: 'photos', content: { photos: 2 } }
  shop.as('manager').call('drafts.save', first)
  const at = shop.clock.now()
  shop.clock.advance(1000)
  expect(refusal(() => save(uid, 1))).toMatchObject({
    code: 'stale',
    params: { entity: 'draft', by: 'manager', at },
  })
  expect(refusal(() => save(uid, 0))).toMatchObject({ code: 'stale' })
  expect(get(uid).content).toEqual({ photos: 2 })
})

test('a draft thrown away at another seat cannot be saved on; throwing it away twice is no mistake', () => {
  const uid = randomUUID()
  save(uid, 0)
  shop.as('manager').call('drafts.discard', { uid })
  shop.as('counter').call('drafts.discard', { uid })
  expect(refusal(() => save(uid, 1))).toMatchObject({ code: 'not_found', params: { entity: 'draft' } })
  expect(refusal(() => get(uid))).toMatchObject({ code: 'not_found' })
  expect(save(uid, 0).version).toBe(1)
})

test('a draft holds 256 KB and no more, counted in bytes as they are stored', () => {
  const fits = '汉'.repeat(Math.floor((256 * 1024 - 20) / 3))
  const uid = randomUUID()
  save(uid, 0, { content: { t: fits } })
  const tooLarge = refusal(() => save(uid, 1, { content: { t: `${fits}汉汉汉汉汉` } }))
  expect(tooLarge).toMatchObject({ code: 'request.too_large', params: { max: 256 * 1024 } })
  expect(get(uid).content).toEqual({ t: fits })
})

test('a draft nested deeper than any form is refused', () => {
  let nested: object = { end: true }
  for (let depth = 0; depth < 60; depth++) nested = { nested }
  expect(refusal(() => save(randomUUID(), 0, { content: { nested } })).code).toBe('request.malformed')
})

const wrong: [string, object, string, string][] = [
  ['a title with a control character', { title: 'a\u0000' }, 'title', 'field.control_character'],
  ['an over-long title', { title: 'x'.repeat(201) }, 'title', 'field.too_long'],
  ['a content that is a list', { content: [] }, 'content', 'field.wrong_type'],
  ['a uid that is none', { uid: 'draft-1' }, 'uid', 'field.format'],
  ['a negative version', { version: -1 }, 'version', 'field.out_of_range'],
  ['an unknown field', { colour: 'red' }, 'colour', 'field.unknown'],
]

test.each(wrong)('a draft with %s is refused at the field', (_what, given, path, code) => {
  expect(refusal(() => save(randomUUID(), 0, given)).fields).toContainEqual(
    expect.objectContaining({ path, code }),
  )
  expect(shop.call('drafts.list', {})).toEqual([])
})

test('a technician has no drafts: taking in is for the counter', () => {
  expect(refusal(() => shop.as('technician').call('drafts.list', {})).code).toBe('forbidden')
})

test('receiving the repair ends its draft', () => {
  const draftUid = randomUUID()
  save(draftUid, 0)
  shop.as('counter').call('repairs.receive', shop.intake({ draftUid }))
  expect(shop.call('drafts.list', {})).toEqual([])
})

import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { day, refusal, repairShop, type RepairShop } from '../repairs/kit.ts'

/* Pictures of an intake and of a repair: which belong to what, and which are never lost. */
let shop: RepairShop
beforeEach(() => {
  shop = repairShop()
})
afterEach(() => shop.close())

let pictures = 0
const register = (given: {
  repairId?: number
  draftUid?: string
  kind?: 'photo' | 'signature' | 'document'
  mime?: string
  sha256?: string
}) => {
  const sha256 = given.sha256 ?? String(++pictures).padStart(64, '0')
  const file = { name: `IMG_${pictures}.jpg`, mime: given.mime ?? 'image/jpeg', size: 12_345, sha256 }
  const { kind = 'photo', repairId = null, draftUid = null } = given
  return shop.as('counter').call('files.register', { kind, repairId, draftUid, ...file })
}
const ofDraft = (draftUid: string) =>
  shop.call('attachments.listForDraft', { draftUid }).map((row) => row.uid)
const ofRepair = (id: number) =>
  shop.call('repairs.get', { uid: shop.row(id).uid }).attachments.map((row) => row.uid)
const receive = (draftUid: string | null, photoUids: string[], signatureUid: string | null = null) => {
  const signed = signatureUid === null ? {} : { signatureUid, termsVersion: 1, noSignatureReason: null }
  return shop.receive({}, { photoUids }, { draftUid, ...signed })
}

test('a picture taken at the counter waits with the draft and goes to the repair when it is saved', () => {
  const draftUid = randomUUID()
  const photo = register({ draftUid })
  const signature = register({ draftUid, kind: 'signature' })
  expect(photo).toMatchObject({ kind: 'photo', mime: 'image/jpeg', size: 12_345, createdBy: 'counter' })
  expect(ofDraft(draftUid)).toEqual([photo.uid, signature.uid])
  const { id } = receive(draftUid, [photo.uid], signature.uid)
  expect(ofRepair(id)).toEqual([photo.uid, signature.uid])
  expect(ofDraft(draftUid)).toEqual([])
})

test('pictures nobody chose go with the draft; those of a repair never do', () => {
  const draftUid = randomUUID()
  const [kept, unchosen] = [register({ draftUid }), register({ draftUid })]
  const { id } = receive(draftUid, [kept.uid])
  expect(refusal(() => shop.call('files.locate', { uid: unchosen.uid })).code).toBe('attachment.missing')
  shop.call('drafts.discard', { uid: draftUid })
  expect(ofRepair(id)).toEqual([kept.uid])
  const remove = () => shop.call('attachments.removeFromDraft', { draftUid, uid: kept.uid })
  expect(refusal(remove).code).toBe('attachment.missing')
})

test('a picture is taken out of a draft before the repair is saved, and only by its own draft', () => {
  const [draftUid, other] = [randomUUID(), randomUUID()]
  const { uid } = register({ draftUid })
  expect(refusal(() => shop.call('attachments.removeFromDraft', { draftUid: other, uid })).code).toBe(
    'attachment.missing',
  )
  shop.call('attachments.removeFromDraft', { draftUid, uid })
  expect(ofDraft(draftUid)).toEqual([])
  expect(refusal(() => receive(draftUid, [uid]))).toMatchObject({
    path: 'items.0.photoUids',
    code: 'attachment.missing',
  })
})

test('an intake cannot take the pictures of another draft or of another repair', () => {
  const [draftUid, other] = [randomUUID(), randomUUID()]
  const theirs = register({ draftUid: other })
  const before = shop.call('repairs.list', {}).rows.length
  for (const from of [draftUid, null]) {
    expect(refusal(() => receive(from, [theirs.uid]))).toMatchObject({
      code: 'attachment.missing',
      params: { uid: theirs.uid },
    })
  }
  const { id } = receive(other, [theirs.uid])
  expect(refusal(() => receive(other, [theirs.uid]))).toMatchObject({ code: 'attachment.missing' })
  expect(ofRepair(id)).toEqual([theirs.uid])
  expect(shop.call('repairs.list', {}).rows).toHaveLength(before + 1)
})

test('a picture added on the bench is in the repair’s history and ends its idle time', () => {
  const { id } = shop.receive()
  shop.clock.advance(60_000)
  const { uid } = register({ repairId: id })
  expect(ofRepair(id)).toEqual([uid])
  expect(shop.log(id).at(-1)).toMatchObject({
    kind: 'photo',
    userId: shop.people.counter.userId,
    detail: { uid },
  })
  expect(shop.row(id)['active_at']).toBe(shop.clock.now())
})

test('a repair has forty photos at most; a signature is none of them', () => {
  const { id } = shop.receive()
  for (let index = 0; index < 40; index++) register({ repairId: id })
  expect(refusal(() => register({ repairId: id }))).toMatchObject({
    code: 'attachment.too_many',
    params: { max: 40 },
  })
  register({ repairId: id, kind: 'signature' })
  expect(ofRepair(id)).toHaveLength(41)
})

test('a draft has an end too, so that a runaway seat does not fill the disk', () => {
  const draftUid = randomUUID()
  for (let index = 0; index < 500; index++) register({ draftUid })
  expect(refusal(() => register({ draftUid }))).toMatchObject({
    code: 'attachment.too_many',
    params: { max: 500 },
  })
})

test('a picture for nothing, or for a repair nobody knows, is refused', () => {
  expect(refusal(() => register({}))).toMatchObject({ path: 'repairId', code: 'field.required' })
  expect(refusal(() => register({ repairId: 424_242 })).code).toBe('not_found')
  expect(shop.sql.prepare('SELECT count(*) FROM attachments').pluck().get()).toBe(0)
})

test('the host is told where a picture lies, and which of its files nobody needs any more', () => {
  const draftUid = randomUUID()
  const twin = 'a'.repeat(64)
  const first = register({ draftUid, sha256: twin })
  register({ repairId: shop.receive().id, sha256: twin })
  const single = register({ draftUid })
  const { sha256 } = shop.call('files.locate', { uid: single.uid })
  expect(shop.call('files.locate', { uid: first.uid })).toMatchObject({
    sha256: twin,
    mime: 'image/jpeg',
    kind: 'photo',
  })
  const unknown = 'f'.repeat(64)
  expect(new Set(shop.call('files.referenced', { sha256: [twin, sha256, unknown] }))).toEqual(
    new Set([twin, sha256]),
  )
  shop.call('drafts.discard', { uid: draftUid })
  expect(shop.call('files.referenced', { sha256: [twin, sha256, unknown] })).toEqual([twin])
})

test('pictures of an intake that came to nothing are forgotten after a month; those of a kept draft are not', () => {
  const [lost, kept] = [randomUUID(), randomUUID()]
  register({ draftUid: lost })
  const photo = register({ draftUid: kept })
  const onBench = register({ repairId: shop.receive().id })
  shop.as('counter').call('drafts.save', { uid: kept, version: 0, title: '', step: 'photos', content: {} })
  const purge = () => shop.app.run('schedule.purge', { commandId: randomUUID() })
  purge()
  expect(ofDraft(lost)).toHaveLength(1)
  shop.clock.advance(31 * day)
  purge()
  expect([ofDraft(lost), ofDraft(kept)]).toEqual([[], [photo.uid]])
  expect(shop.call('files.locate', { uid: onBench.uid }).kind).toBe('photo')
})

test('a logo that was never saved is forgotten after a month; the shop’s own stays until it is replaced', () => {
  const logo = () => register({ draftUid: randomUUID(), kind: 'document', mime: 'image/png' }).uid
  const [unsaved, first, second] = [logo(), logo(), logo()]
  const there = (uid: string) => {
    try {
      return shop.call('files.locate', { uid }).kind === 'document'
    } catch {
      return false
    }
  }
  shop.settings({ logoUid: first })
  shop.clock.advance(31 * day)
  shop.app.run('schedule.purge', { commandId: randomUUID() })
  expect([unsaved, first, second].map(there)).toEqual([false, true, false])
  const third = logo()
  shop.settings({ logoUid: third })
  expect([first, third].map(there)).toEqual([false, true])
  shop.settings({ logoUid: null })
  expect(there(third)).toBe(false)
})

test('only an uploaded PNG or JPEG becomes the logo', () => {
  const draftUid = randomUUID()
  const wrong = (given: Parameters<typeof register>[0]) =>
    refusal(() => shop.settings({ logoUid: register(given).uid })).fields
  const notALogo = [{ path: 'settings.logoUid', code: 'attachment.not_a_logo' }]
  expect(wrong({ draftUid, kind: 'photo' })).toMatchObject(notALogo)
  expect(wrong({ draftUid, kind: 'document', mime: 'image/webp' })).toMatchObject(notALogo)
  expect(refusal(() => shop.settings({ logoUid: randomUUID() })).fields).toMatchObject([
    { path: 'settings.logoUid', code: 'attachment.missing' },
  ])
})

test('no seat can register a file by itself: only the host has seen the bytes', () => {
  const seat = { kind: 'seat', tokenHash: null } as const
  const call = () => shop.app.dispatch('files.locate', { uid: randomUUID() }, seat)
  expect(refusal(call).code).toBe('not_found')
})

import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { ORPCError } from '@orpc/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ErrorData } from '#contract/errors.ts'
import { drawnLogo, drawnSignature } from '../documents/drawn-pictures.ts'
import { readPdf } from '../documents/read-pdf.ts'
import { signIn, type RunningHost, type Seat } from '../kit/host.ts'
import { openTestShop } from '../kit/shop.ts'
import { intakeOf } from '../kit/intake.ts'

/* The shop's logo, from the upload in the settings to the printed sheet. */
let host: RunningHost
let owner: Seat
let repairUid: string

beforeAll(async () => {
  ;({ host, owner } = await openTestShop('en', { fromSource: true }))
  const intake = await intakeOf(owner)
  const { repairs } = await owner.client.repairs.receive({ commandId: randomUUID(), ...intake })
  repairUid = repairs[0]?.uid ?? ''
})

afterAll(async () => {
  await host.stop()
})

const upload = (bytes: Uint8Array, name = 'logo.png', seat = owner) =>
  seat.client.attachments.upload({
    commandId: randomUUID(),
    file: new File([new Uint8Array(bytes)], name),
    kind: 'logo',
    repairId: null,
    draftUid: randomUUID(),
  })

async function setLogo(logoUid: string | null): Promise<void> {
  const { version } = await owner.client.settings.get({})
  await owner.client.settings.update({ commandId: randomUUID(), version, settings: { logoUid } })
}

async function printed(kind: 'intake_a4' | 'intake_80mm') {
  const file = await owner.client.documents.render({ kind, repairUids: [repairUid], language: 'en' })
  return readPdf(new Uint8Array(await file.arrayBuffer()))
}

async function refusal(call: Promise<unknown>): Promise<ErrorData> {
  const error: unknown = await call.then(
    () => undefined,
    (caught: unknown) => caught,
  )
  if (error instanceof ORPCError) return error.data as ErrorData
  throw new Error('the call was not refused', { cause: error })
}

test('the logo stands on both intake sheets, and without it everything is where it was', async () => {
  const kinds = ['intake_a4', 'intake_80mm'] as const
  const plain = await Promise.all(kinds.map(printed))
  expect(plain.map(({ images }) => images)).toEqual([0, 0])

  const { uid } = await upload(drawnLogo())
  await setLogo(uid)
  const marked = await Promise.all(kinds.map(printed))
  expect(marked.map(({ images }) => images)).toEqual([1, 1])
  expect(marked.map(({ pages }) => pages.length)).toEqual([1, 1])

  await setLogo(null)
  expect(await Promise.all(kinds.map(printed))).toEqual(plain)
})

test('a replaced logo is forgotten, and one with a transparent background is printed', async () => {
  const first = await upload(drawnLogo())
  await setLogo(first.uid)
  const second = await upload(drawnSignature(400, 200), 'transparent.png')
  await setLogo(second.uid)
  expect((await printed('intake_a4')).images).toBe(1)
  expect((await refusal(owner.client.attachments.read({ uid: first.uid }))).code).toBe('attachment.missing')
  expect((await owner.client.attachments.read({ uid: second.uid })).type).toBe('image/png')
  await setLogo(null)
})

test.each([
  ['a text', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'attachment.not_a_logo'],
  ['a picture that cannot be printed', Buffer.from('GIF89a 0123456789'), 'attachment.not_a_logo'],
  ['half a picture', drawnLogo().subarray(0, 90), 'attachment.not_a_logo'],
  ['a picture over half a megabyte', Buffer.alloc(512 * 1024 + 1, 0xff), 'attachment.too_large'],
])('%s is refused as a logo when it is chosen, not when a sheet is printed', async (_, bytes, code) => {
  expect((await refusal(upload(bytes))).fields).toMatchObject([{ path: 'file', code }])
})

test('a photo of a repair cannot be made the logo, and only who manages the settings brings one in', async () => {
  const { client } = owner
  const { id } = await client.repairs.get({ uid: repairUid })
  const file = new File([new Uint8Array(drawnLogo())], 'photo.png')
  const photo = { commandId: randomUUID(), file, kind: 'photo', repairId: id, draftUid: null } as const
  const { uid } = await client.attachments.upload(photo)
  expect((await refusal(setLogo(uid))).fields).toMatchObject([
    { path: 'settings.logoUid', code: 'attachment.missing' },
  ])
  const counter = await signIn(host, 'counter')
  expect((await refusal(upload(drawnLogo(), 'logo.png', counter))).code).toBe('forbidden')
})

test('a sheet is printed without the signature when its picture is gone from the disk', async () => {
  const draftUid = randomUUID()
  const file = new File([new Uint8Array(drawnSignature(400, 200))], 'signature.png')
  const picture = { commandId: randomUUID(), file, kind: 'signature', repairId: null, draftUid } as const
  const { uid: signatureUid } = await owner.client.attachments.upload(picture)
  const signed = { draftUid, signatureUid, noSignatureReason: null, noSignatureNote: '' }
  const intake = { ...(await intakeOf(owner)), ...signed }
  const { repairs } = await owner.client.repairs.receive({ commandId: randomUUID(), ...intake })
  const render = async () => {
    const uids = [repairs[0]?.uid ?? '']
    const sheet = await owner.client.documents.render({ kind: 'intake_a4', repairUids: uids, language: 'en' })
    return readPdf(new Uint8Array(await sheet.arrayBuffer()))
  }
  const { images } = await render()
  rmSync(join(host.data, 'attachments'), { recursive: true })
  expect((await render()).images).toBe(images - 1)
})

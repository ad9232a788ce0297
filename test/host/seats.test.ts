import { randomUUID } from 'node:crypto'
import { request as rawRequest } from 'node:http'
import { ORPCError } from '@orpc/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '#contract/index.ts'
import type { ErrorData } from '#contract/errors.ts'
import {
  setUpShop,
  signIn,
  startTestHost,
  testPassword,
  testPin,
  type RunningHost,
  type Seat,
} from '../kit/host.ts'
import { openTestShop } from '../kit/shop.ts'
import { intakeOf } from '../kit/intake.ts'

let host: RunningHost
let owner: Seat

beforeAll(async () => {
  ;({ host, owner } = await openTestShop('en', { fromSource: true }))
})

afterAll(async () => {
  await host.stop()
})

/** The coded error a call is refused with. */
async function refusal(call: Promise<unknown>): Promise<{ status: number; data: ErrorData }> {
  try {
    await call
  } catch (error) {
    if (error instanceof ORPCError) return { status: error.status, data: error.data as ErrorData }
    throw error
  }
  throw new Error('the call was not refused')
}

/** A request as no browser of ours would send it; answers its status. */
function raw(path: string, headers: Record<string, string>, body = ''): Promise<number> {
  const { hostname, port } = new URL(host.url)
  return new Promise((resolve, reject) => {
    const request = rawRequest({ hostname, port, path, method: 'POST', headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    request.on('error', reject)
    request.end(body)
  })
}

describe('what anybody may see', () => {
  test('the host says that it is well, in which version, on which schema', async () => {
    const answer = (await (await fetch(new URL('/health', host.url))).json()) as Record<string, unknown>
    expect(answer).toEqual({ status: 'ok', version: expect.any(String), schemaVersion: expect.any(Number) })
  })

  test('the OpenAPI document names every method a seat may call and none of the host’s own', async () => {
    const document = (await (await fetch(new URL('/api/openapi.json', host.url))).json()) as { paths: object }
    const named = Object.keys(document.paths).map((path) => path.slice(1).replace('/', '.'))
    const methods = Object.entries(contract).flatMap(([module, verbs]) =>
      Object.keys(verbs).map((verb) => `${module}.${verb}`),
    )
    expect(named.toSorted()).toEqual(methods.toSorted())
  })

  test('a shop that is set up cannot be set up again', async () => {
    const { data } = await refusal(setUpShop(host))
    expect(data.code).toBe('setup.already_done')
  })
})

describe('signing in', () => {
  test('without a session nothing but the state is told', async () => {
    const stranger = host.seat()
    expect((await refusal(stranger.client.repairs.today({}))).data.code).toBe('session.required')
    const state = await stranger.client.session.state({})
    expect(state.session).toBeNull()
    expect(state.people).toEqual([])
  })

  test('a wrong password and an unknown login are refused with the same words', async () => {
    const seat = host.seat()
    const wrong = await refusal(seat.client.session.login({ login: 'counter', password: 'not it' }))
    const unknown = await refusal(seat.client.session.login({ login: 'nobody', password: 'not it' }))
    expect(wrong).toEqual(unknown)
    expect(wrong.data.code).toBe('session.wrong_password')
  })

  test('after five wrong passwords the account waits, even for the right one, until somebody unlocks it', async () => {
    const seat = host.seat()
    for (let n = 0; n < 4; n++)
      await refusal(seat.client.session.login({ login: 'storekeeper', password: `wrong ${n}` }))
    const fifth = await refusal(seat.client.session.login({ login: 'storekeeper', password: 'wrong 5' }))
    expect(fifth.data.code).toBe('session.locked_out')
    const right = await refusal(seat.client.session.login({ login: 'storekeeper', password: testPassword }))
    expect(right.data).toMatchObject({ code: 'session.locked_out', params: { minutes: 5 } })
    const users = await owner.client.users.list({})
    const locked = users.find((user) => user.login === 'storekeeper')
    await owner.client.users.unlock({ commandId: randomUUID(), userId: locked?.id ?? 0 })
    await expect(
      seat.client.session.login({ login: 'storekeeper', password: testPassword }),
    ).resolves.toMatchObject({
      user: { login: 'storekeeper' },
    })
  })

  test('at a seat that a password has opened, another person takes over by PIN, and only there', async () => {
    const seat = await signIn(host, 'counter')
    const { people } = await seat.client.session.state({})
    const technician = people.find((person) => person.name === 'Tom Technician')
    const userId = technician?.id ?? 0
    expect((await refusal(seat.client.session.switchByPin({ userId, pin: '0000' }))).data.code).toBe(
      'session.wrong_pin',
    )
    const now = await seat.client.session.switchByPin({ userId, pin: testPin })
    expect(now.user.login).toBe('technician')
    const fresh = host.seat()
    expect((await refusal(fresh.client.session.switchByPin({ userId, pin: testPin }))).data.code).toBe(
      'session.required',
    )
  })

  test('signing out ends the session for good', async () => {
    const seat = await signIn(host, 'counter')
    await seat.client.session.logout({})
    expect((await refusal(seat.client.repairs.today({}))).data.code).toBe('session.required')
  })

  test('a new password ends the other sessions of that person and not the one it was changed from', async () => {
    const here = await signIn(host, 'claims_clerk')
    const there = await signIn(host, 'claims_clerk')
    await here.client.users.changeOwn({
      commandId: randomUUID(),
      password: testPassword,
      newPassword: 'another good one 9',
    })
    await expect(here.client.repairs.today({})).resolves.toBeDefined()
    expect((await refusal(there.client.repairs.today({}))).data.code).toBe('session.expired')
  })
})

describe('what a role may not do', () => {
  test('a technician who asks for the user list is refused, and the refusal is on record', async () => {
    const seat = await signIn(host, 'technician')
    const { status, data } = await refusal(seat.client.users.list({}))
    expect(status).toBe(403)
    expect(data).toMatchObject({ code: 'forbidden', params: { permission: 'users.manage' } })
  })

  test('the host’s own methods do not exist for a seat', async () => {
    const response = await fetch(new URL('/rpc/access/credentials', host.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ json: { login: 'owner' } }),
    })
    expect(response.status).toBe(404)
  })
})

describe('two seats of one shop', () => {
  test('what one seat receives, the other is told without asking', async () => {
    const counter = await signIn(host, 'counter')
    const bench = await signIn(host, 'technician')
    const events = await bench.client.session.events({})
    const iterator = events[Symbol.asyncIterator]()
    expect((await iterator.next()).value).toMatchObject({ topic: 'connected' })
    const { repairs } = await counter.client.repairs.receive({
      commandId: randomUUID(),
      ...(await intakeOf(counter)),
    })
    let heard = await iterator.next()
    while (!heard.done && heard.value.topic !== 'repairs') heard = await iterator.next()
    expect(heard.value).toMatchObject({ topic: 'repairs' })
    expect((await bench.client.repairs.get({ uid: repairs[0]?.uid ?? '' })).state).toBe('waiting')
    await iterator.return?.()
  })

  test('a resent intake is received once, and the same id with other words is refused', async () => {
    const seat = await signIn(host, 'counter')
    const typed = await intakeOf(seat)
    const commandId = randomUUID()
    const first = await seat.client.repairs.receive({ commandId, ...typed })
    const again = await seat.client.repairs.receive({ commandId, ...typed })
    expect(again).toEqual(first)
    const other = await refusal(seat.client.repairs.receive({ commandId, ...(await intakeOf(seat)) }))
    expect(other).toMatchObject({ status: 409, data: { code: 'command.reused' } })
  })
})

describe('pictures', () => {
  const upload = (seat: Seat, file: File) =>
    seat.client.attachments.upload({
      commandId: randomUUID(),
      file,
      kind: 'photo',
      repairId: null,
      draftUid: randomUUID(),
    })

  test('a file that only calls itself a picture is refused at its field', async () => {
    const { data } = await refusal(
      upload(owner, new File(['%PDF-1.7 not a photo at all'], 'photo.jpg', { type: 'image/jpeg' })),
    )
    expect(data.fields).toMatchObject([
      { path: 'file', code: 'attachment.not_an_image', params: { name: 'photo.jpg' } },
    ])
  })

  test('a picture of 50 MB is refused with the size that is allowed', async () => {
    const bytes = new Uint8Array(50 * 1024 * 1024)
    bytes.set([0xff, 0xd8, 0xff, 0xe0])
    const { data } = await refusal(upload(owner, new File([bytes], 'big.jpg')))
    expect(data.fields).toMatchObject([{ path: 'file', code: 'attachment.too_large', params: { max: 25 } }])
  })

  test('a picture comes back byte for byte', async () => {
    const bytes = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    const row = await upload(owner, new File([bytes], '../../etc/手机 背面.jpg'))
    expect(row).toMatchObject({ name: '手机 背面.jpg', mime: 'image/jpeg', size: bytes.length })
    const back = await owner.client.attachments.read({ uid: row.uid })
    expect(new Uint8Array(await back.arrayBuffer())).toEqual(bytes)
  })
})

describe('requests no window of ours would send', () => {
  const path = '/rpc/session/state'
  const json = { 'content-type': 'application/json' }

  test('a page of another site is turned away', async () => {
    expect(await raw(path, { ...json, origin: 'https://evil.example' }, '{}')).toBe(403)
  })

  test('a body without a length is turned away unread', async () => {
    expect(await raw(path, { ...json, 'transfer-encoding': 'chunked' }, '{}')).toBe(411)
  })

  test('a body of a gigabyte is turned away by its announced length', async () => {
    expect(await raw(path, { ...json, 'content-length': String(2 ** 30) })).toBe(413)
  })

  test('broken JSON is the sender’s mistake, not a failure of the host', async () => {
    const status = await raw(path, { ...json, 'content-length': '9' }, '{"json":{')
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
  })

  test('an unknown field is named', async () => {
    const response = await fetch(new URL('/rpc/session/login', host.url), {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ json: { login: 'owner', password: testPassword, admin: true } }),
    })
    const answer = (await response.json()) as { json: { data: ErrorData } }
    expect(answer.json.data.fields).toEqual([{ path: 'admin', code: 'field.unknown' }])
  })

  test('a second host on the same folder is refused', async () => {
    await expect(startTestHost({ data: host.data, fromSource: true })).rejects.toThrow(/database\.in_use/)
  })
})

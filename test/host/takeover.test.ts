import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OutputOf } from '#contract/method-types.ts'
import { pieceBytes } from '#contract/takeover-limits.ts'
import { stagingPrefix } from '#host/backup/stage-restore.ts'
import { createHttp } from '#host/transport/http.ts'
import { hostOn, newFolder } from '../faults/shop-folder.ts'
import { signIn, setUpShop, startTestHost, testPassword, type RunningHost, type Seat } from '../kit/host.ts'
import { shopToMove, type ShopToMove } from '../kit/shop-to-move.ts'

/* A shop that exists already comes to a new computer, where nothing is set up yet. */
let old: ShopToMove
let host: RunningHost
let seat: Seat
beforeAll(async () => {
  old = await shopToMove({ fromSource: true })
})
afterAll(() => old.remove())
beforeEach(async () => {
  host = await startTestHost({ fromSource: true })
  seat = host.seat()
})
afterEach(() => host.stop())

type Standing = OutputOf<'takeover.standing'>
const takeover = () => seat.client.takeover
const begin = async (name: string, size: number) => (await takeover().begin({ name, size })).uid

/** Sends a file piece by piece; `picture` is where it lies beside its backup. */
async function send(uid: string, bytes: Buffer, picture?: string): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const piece = new File([new Uint8Array(bytes.subarray(at, at + pieceBytes))], 'piece')
    at = (await takeover().piece({ uid, at, piece, ...(picture === undefined ? {} : { picture }) })).received
  }
}

async function triedOut(uid: string, passphrase?: string): Promise<Standing> {
  await takeover().rehearse({ uid, ...(passphrase === undefined ? {} : { passphrase }) })
  for (;;) {
    const standing = await takeover().standing({ uid })
    if (!standing.running) return standing
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Brings a whole file and tries it out. */
async function brought(path: string, passphrase?: string): Promise<{ uid: string } & Standing> {
  const bytes = readFileSync(path)
  const uid = await begin(basename(path), bytes.length)
  await send(uid, bytes)
  return { uid, ...(await triedOut(uid, passphrase)) }
}

/** Lets it become the shop and waits until the host is back with it. */
async function take(uid: string): Promise<void> {
  await takeover().bring({ uid })
  await expect
    .poll(
      () =>
        seat.client.session.state({}).then(
          ({ setUp }) => setUp,
          () => false,
        ),
      { timeout: 30_000 },
    )
    .toBe(true)
}

const code = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => 'done',
    (error: { data?: { code?: string } }) => error.data?.code,
  )
/** What lies in the data folder beside the shop itself. */
const leftOvers = () => readdirSync(host.data).filter((name) => /^(?:\.|replaced|restor)/.test(name))

test('a backup becomes the shop: its people sign in, its pictures are there, and its log says where it came from', async () => {
  const first = await brought(old.backup)
  expect(first).toMatchObject({ problem: null, found: { kind: 'backup', shopName: 'Corner Repairs' } })
  expect(first.found).toMatchObject({ counts: { repairs: 1 }, missingFiles: 1, ledgerFaults: 0, owner: null })
  // The pictures lie beside it; a piece that is sent twice counts once.
  const picture =
    readdirSync(join(dirname(old.backup), 'files'), {
      recursive: true,
      encoding: 'utf8',
    })
      .map((name) => name.replaceAll('\\', '/'))
      .find((name) => /[0-9a-f]{64}$/.test(name)) ?? ''
  const bytes = readFileSync(join(dirname(old.backup), 'files', picture))
  await send(first.uid, bytes, picture)
  await send(first.uid, bytes, picture)
  expect((await triedOut(first.uid)).found).toMatchObject({ missingFiles: 0 })
  await take(first.uid)

  const owner = await signIn(host, 'owner', testPassword)
  const { attachments } = await owner.client.repairs.get({ number: old.number })
  expect(attachments).toMatchObject([{ name: 'front.png' }])
  expect((await owner.client.attachments.read({ uid: attachments[0]?.uid ?? '' })).size).toBeGreaterThan(
    700_000,
  )
  const { rows } = await owner.client.audit.list({ method: 'recovery.swapped' })
  expect(rows.map(({ input }) => JSON.parse(input))).toMatchObject([
    { from: basename(old.backup), by: 'set-up page' },
  ])
  expect((await owner.client.audit.check({})).faults).toEqual([])
  expect(leftOvers()).toEqual([])
})

test('a sealed copy asks for its passphrase, and a wrong one opens nothing', async () => {
  const { uid, problem } = await brought(old.sealed)
  expect(problem?.code).toBe('backup.passphrase_required')
  expect((await triedOut(uid, 'rain and bicycle')).problem?.code).toBe('backup.wrong_passphrase')
  expect(await code(takeover().bring({ uid }))).toBe('not_found')
  expect((await triedOut(uid, old.passphrase)).found).toMatchObject({ counts: { repairs: 1 } })
  await take(uid)
  const owner = await signIn(host, 'owner', testPassword)
  expect(await owner.client.repairs.get({ number: old.number })).toMatchObject({ number: old.number })
})

test('an export becomes the shop: its owner gets a password, and its log says it was imported', async () => {
  const { uid, found } = await brought(old.zip)
  expect(found).toMatchObject({ kind: 'export', counts: { repairs: 1 }, missingFiles: 0, ledgerFaults: 0 })
  expect(found?.owner?.login).toBe('owner')
  await take(uid)
  await expect(signIn(host, 'owner', testPassword)).rejects.toMatchObject({
    data: { code: 'session.wrong_password' },
  })
  const owner = await signIn(host, 'owner', found?.owner?.password)
  const { attachments } = await owner.client.repairs.get({ number: old.number })
  expect((await owner.client.attachments.read({ uid: attachments[0]?.uid ?? '' })).size).toBeGreaterThan(
    700_000,
  )
  expect((await owner.client.audit.list({ method: 'transfer' })).rows).not.toEqual([])
  expect((await owner.client.audit.check({})).faults).toEqual([])
  expect(leftOvers()).toEqual([])
})

describe('what is no shop', () => {
  test.each([
    ['a list of customers', Buffer.from('name,phone\nWang,138\n'), 'setup.not_ours'],
    ['nothing at all', Buffer.alloc(0), 'setup.not_ours'],
    [
      'a ZIP of something else',
      Buffer.from('504b0506000000000000000000000000000000000000', 'hex'),
      'setup.not_ours',
    ],
  ])('%s is refused by name, and nothing of it stays', async (_, bytes, expected) => {
    const uid = await begin('list.csv', bytes.length)
    await send(uid, bytes)
    expect(await triedOut(uid)).toMatchObject({ found: null, problem: { code: expected } })
    await takeover().drop({ uid })
    expect(leftOvers()).toEqual([])
  })

  test('half a backup is not tried out, a damaged one is refused, more than was announced is not taken', async () => {
    const bytes = readFileSync(old.backup)
    const uid = await begin('a.bsbackup', bytes.length)
    await send(uid, bytes.subarray(0, 1000))
    expect(await code(takeover().rehearse({ uid }))).toBe('setup.broken_off')
    await send(uid, bytes.subarray(0, 1000))
    expect((await takeover().standing({ uid })).received).toBe(1000)
    const over = new File([new Uint8Array(bytes.length)], 'piece')
    expect(await code(takeover().piece({ uid, at: 1000, piece: over }))).toBe('request.too_large')
    bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1)
    const other = await begin('b.bsbackup', bytes.length)
    await send(other, bytes)
    expect((await triedOut(other)).problem?.code).toMatch(/^backup\./)
    expect(await code(takeover().standing({ uid }))).toBe('not_found')
    await takeover().drop({ uid: other })
    expect(leftOvers()).toEqual([])
  })

  test('no name leads out of its folder', async () => {
    const uid = await begin('../../shop.db', 10)
    const piece = new File(['x'], 'piece')
    for (const picture of ['../shop.db', `plain/../${'a'.repeat(64)}`, `plain/aa/${'a'.repeat(63)}/`])
      expect(await code(takeover().piece({ uid, at: 0, piece, picture }))).toBe('input.invalid')
    writeFileSync(join(host.data, 'beside'), '')
    await send(uid, Buffer.alloc(10))
    await takeover().drop({ uid })
    expect(leftOvers()).toEqual([])
    expect(existsSync(join(host.data, 'beside'))).toBe(true)
  })
})

test('where a shop stands nothing is brought, and a shop set up meanwhile stays', async () => {
  const { uid, found } = await brought(old.backup)
  expect(found).not.toBeNull()
  await setUpShop(host)
  const piece = new File(['x'], 'piece')
  for (const act of [
    takeover().bring({ uid }),
    takeover().begin({ name: 'a', size: 1 }),
    takeover().piece({ uid, at: 0, piece }),
    takeover().rehearse({ uid }),
    takeover().standing({ uid }),
    takeover().drop({ uid }),
  ])
    expect(await code(act)).toBe('setup.already_done')
  const owner = await signIn(host, 'owner', testPassword)
  expect((await owner.client.repairs.list({})).rows).toEqual([])
  expect((await owner.client.audit.check({})).faults).toEqual([])
  // Whoever asks again and again, signed in or not, does not fill the log.
  expect((await owner.client.audit.list({ method: 'takeover' })).rows).toEqual([])
})

test('what a killed host left of one is gone before the next begins, which stays', async () => {
  const data = newFolder()
  const left = join(data, `${stagingPrefix}left-brought`)
  mkdirSync(left)
  for (let n = 0; n < 2000; n++) writeFileSync(join(left, String(n)), '')
  const empty = hostOn(data)
  const { app, router, serviceReport } = empty
  const server = await createHttp({ app, router, serviceReport, version: '0', webRoot: null })
  const ask = async (method: string, json: object) => {
    const headers = { host: 'localhost', 'content-type': 'application/json' }
    const answer = await server.inject({
      url: `/rpc/takeover/${method}`,
      method: 'POST',
      headers,
      body: { json },
    })
    return answer.json<{ json: { uid: string; received: number } }>().json
  }
  try {
    const { uid } = await ask('begin', { name: 'a.bsbackup', size: 10 })
    expect(readdirSync(data).filter((name) => name.startsWith(stagingPrefix))).toEqual([
      `${stagingPrefix}${uid}-brought`,
    ])
    expect(await ask('standing', { uid })).toMatchObject({ received: 0 })
  } finally {
    await server.close()
    await empty.close()
  }
})

test('only the computer itself brings a shop to it, not whoever reaches it over a network', async () => {
  const empty = hostOn(newFolder())
  const { app, router, serviceReport } = empty
  const server = await createHttp({ app, router, serviceReport, version: '0', webRoot: null })
  const ask = async (remoteAddress: string) => {
    const body = { json: { name: 'a.bsbackup', size: 10 } }
    const headers = { host: 'localhost', 'content-type': 'application/json' }
    const answer = await server.inject({
      url: '/rpc/takeover/begin',
      method: 'POST',
      headers,
      remoteAddress,
      body,
    })
    return answer.json<{ json: { data?: { code: string }; uid?: string } }>().json
  }
  try {
    expect((await ask('192.168.1.20')).data?.code).toBe('setup.only_here')
    expect((await ask('127.0.0.1')).uid).toEqual(expect.any(String))
  } finally {
    await server.close()
    await empty.close()
  }
})

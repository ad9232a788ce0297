import { connect, type Socket } from 'node:net'
import { readFileSync, readdirSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contract } from '#contract/index.ts'
import type { z } from 'zod'
import { verifyFile } from '#host/audit/verify-file.ts'
import { demoPassword } from '#host/demo/demo-shop.ts'
import { migrations } from '../kit/app.ts'
import { signIn, startTestHost, type RunningHost, type Seat } from '../kit/host.ts'
import { intakeOf } from '../kit/intake.ts'
import { busyShop } from './busy-shop.ts'
import { inputs } from './from-schema.ts'
import { codeOf, hostOn } from './shop-folder.ts'
import { worldOf } from './shop-world.ts'

/* What comes over the wire and is not a seat's honest call; the host process is the real one. */
const seed = Number(process.env['BENCHSIDE_SEED'])
let host: RunningHost
let owner: Seat
const sockets: Socket[] = []

beforeAll(async () => {
  const { data } = await busyShop(Date.now())
  host = await startTestHost({ fromSource: true, data })
  owner = await signIn(host, 'owner', demoPassword)
}, 120_000)
afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  await host.stop('SIGKILL')
})

const cookie = (): string =>
  owner
    .cookies()
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ')

/** Resident memory of the host in MB. */
function memory(): number {
  if (process.platform !== 'linux') return 0
  const status = readFileSync(`/proc/${host.process.pid ?? 0}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024
}

async function raw(text: string | Buffer): Promise<Socket> {
  const { port } = new URL(host.url)
  const socket = connect(Number(port), '127.0.0.1')
  sockets.push(socket)
  socket.on('error', () => {})
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()))
  socket.write(text)
  return socket
}

function firstLine(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let got = ''
    socket.on('data', (chunk: Buffer) => {
      got += chunk.toString('latin1')
      if (got.includes('\r\n')) resolve(got.slice(0, got.indexOf('\r\n')))
    })
    socket.once('close', () => resolve(got))
  })
}

const head = (path: string, more: readonly string[]) =>
  [`POST ${path} HTTP/1.1`, `Host: ${new URL(host.url).host}`, ...more, '', ''].join('\r\n')
const json = 'Content-Type: application/json'

const stays = async () => {
  const answer = await owner.client.repairs.receive({
    commandId: crypto.randomUUID(),
    ...(await intakeOf(owner)),
  })
  expect(answer.repairs).toHaveLength(1)
}

test('a body of a gigabyte is refused by its length, before any of it is read', async () => {
  const before = memory()
  const socket = await raw(head('/rpc/repairs/receive', [json, `Content-Length: ${1024 ** 3}`]))
  expect(await firstLine(socket)).toContain(' 413 ')
  const unknown = await raw(head('/rpc/repairs/receive', [json, 'Transfer-Encoding: chunked']))
  expect(await firstLine(unknown)).toContain(' 411 ')
  expect(memory() - before).toBeLessThan(300)
  await stays()
})

test('a second host on the folder of one that serves is refused, and the first serves on', async () => {
  expect(codeOf(() => hostOn(host.data))).toBe('database.in_use')
  await stays()
})

test('a thousand open streams are served, each hears what happens, and the counter goes on working', async () => {
  const request = `POST /rpc/session/events HTTP/1.1\r\nHost: ${new URL(host.url).host}\r\nCookie: ${cookie()}\r\n${json}\r\nContent-Length: 2\r\n\r\n{}`
  const heard: string[] = []
  const streams = await Promise.all(
    Array.from({ length: 1000 }, async (_, index) => {
      const socket = await raw(request)
      heard[index] = ''
      socket.on('data', (chunk: Buffer) => (heard[index] += chunk.toString('latin1')))
      return socket
    }),
  )
  const all = (text: string) => heard.filter((one) => one.includes(text)).length
  await expect.poll(() => all('connected')).toBe(1000)
  await stays()
  await expect.poll(() => all('"repairs"')).toBe(1000)
  for (const socket of streams) socket.destroy()
  await stays()
})

test('seats that send a letter now and then, or never read what they asked for, hold nobody up', async () => {
  const before = memory()
  const slowHeads = await Promise.all(
    Array.from({ length: 100 }, () => raw('POST /rpc/repairs/receive HTTP/1.1\r\nHo')),
  )
  const slowBodies = await Promise.all(
    Array.from({ length: 100 }, () =>
      raw(`${head('/rpc/repairs/receive', [json, 'Content-Length: 100000'])}{`),
    ),
  )
  const deaf = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const socket = await raw(
        `${head('/rpc/session/events', [json, `Cookie: ${cookie()}`, 'Content-Length: 2'])}{}`,
      )
      return socket.pause()
    }),
  )
  for (let count = 0; count < 100; count++) await stays()
  expect(memory() - before).toBeLessThan(300)
  for (const socket of [...slowHeads, ...slowBodies, ...deaf]) socket.destroy()
})

test('bytes that are no request, and bodies that are no call, are answered or cut off, never with a bug', async () => {
  const garbage = [
    randomBytes(2000),
    'GET\r\n\r\n',
    'POST /rpc HTTP/9.9\r\n\r\n',
    `GET / HTTP/1.1\r\nX: ${'y'.repeat(40_000)}\r\n\r\n`,
  ]
  for (const bytes of garbage) expect(await firstLine(await raw(bytes))).toMatch(/^(?:HTTP\/1\.1 4\d\d .*)?$/)
  const bodies = [
    '',
    '{',
    'null',
    '[]',
    '{"json":',
    '{"json":{},"meta":[[999]]}',
    '{"json":{},"meta":[[1,["__proto__"]]],"maps":[["a"]]}',
    '"\\ud800"',
  ]
  for (const body of bodies) {
    const answer = await fetch(new URL('rpc/repairs/receive', host.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: cookie() },
      body,
    })
    const { json } = (await answer.json()) as { json: { code: string } }
    expect([body, [400, 422].includes(answer.status)]).toEqual([body, true])
    expect(['request.malformed', 'input.invalid']).toContain(json.code)
  }
  await stays()
})

/** The end of the host's log, for who has to mend what it says. */
function lastLines(): string {
  const folder = join(host.data, 'logs')
  const newest = readdirSync(folder).toSorted().at(-1) ?? ''
  return readFileSync(join(folder, newest), 'utf8').slice(-2500)
}

/** Methods that random inputs over HTTP leave alone, and why; the commands among them are in the run without HTTP. */
const leftOut: Readonly<Record<string, string>> = {
  'session.logout': 'signs this seat out',
  'session.login': 'wrong passwords make the next one wait',
  'session.switchByPin': 'wrong PINs make the next one wait',
  'session.events': 'is a stream without an end',
  'users.update': 'may end the session of this seat',
  'users.updateRole': 'may end the session of this seat',
  'users.changeOwn': 'changes the password of this seat',
  'users.setPassword': 'ends the sessions of the person',
  'seats.signOut': 'signs this seat out',
  'backups.restore': 'ends the host',
  'backups.undo': 'ends the host',
  'backups.make': 'runs on a thread of its own',
  'backups.check': 'runs on a thread of its own',
  'backups.rehearse': 'runs on a thread of its own',
  'audit.check': 'runs on a thread of its own',
  'audit.export': 'runs on a thread of its own',
  'exports.make': 'runs on a thread of its own',
  'privacy.export': 'runs on a thread of its own',
}

test('random inputs over HTTP meet no bug, the tasks of the host among them', async () => {
  const file = new Database(join(host.data, 'shop.db'), { readonly: true })
  const world = worldOf(file, Date.now, () => undefined)
  const calls = Object.entries(contract).flatMap(([module, verbs]) =>
    Object.entries(verbs).flatMap(([verb, { kind, '~orpc': definition }]) => {
      const name = `${module}.${verb}`
      if (name in leftOut) return []
      const schema = definition.inputSchema as z.core.$ZodType
      const weight = kind === 'task' ? 5 : 1
      return [{ weight, arbitrary: inputs(name, schema, world).map((input) => [name, input] as const) }]
    }),
  )
  const statuses = new Map<number, number>()
  const call = async ([name, input]: readonly [string, unknown]) => {
    const body = JSON.stringify({ json: input })
    const answer = await fetch(new URL(`rpc/${name.replace('.', '/')}`, host.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: cookie() },
      body,
      signal: AbortSignal.timeout(30_000),
    })
    await answer.arrayBuffer()
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
    expect(answer.status === 500 ? [name, body.slice(0, 1000), lastLines()] : null).toBeNull()
  }
  try {
    await fc.assert(fc.asyncProperty(fc.oneof(...calls), call), { seed, numRuns: 300, endOnFailure: true })
  } finally {
    file.close()
  }
  // The seat was signed in to the end, and a good part was done.
  expect(statuses.get(401)).toBeUndefined()
  expect(statuses.get(200)).toBeGreaterThan(60)
  await stays()
  await host.stop()
  expect(verifyFile({ database: join(host.data, 'shop.db'), migrations, heads: [] })).toMatchObject({
    faults: [],
  })
})

import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import type { contract } from '#contract/index.ts'
import { builtInRoles, type BuiltInRole } from '#contract/permissions.ts'

const root = join(import.meta.dirname, '..', '..')

export type Client = ContractRouterClient<typeof contract>

export interface RunningHost {
  readonly url: string
  readonly data: string
  readonly process: ChildProcess
  /** A seat of its own: its cookies are kept between calls. */
  seat(): Seat
  /** Ends the process and waits; `SIGKILL` is a power cut. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

export interface Seat {
  readonly client: Client
  /** `name=value` pairs as the host set them. */
  cookies(): { name: string; value: string }[]
}

export interface HostOptions {
  /** An existing data folder; a temporary one is made (and removed at stop) otherwise. */
  readonly data?: string
  /** Run the sources instead of the bundle `electron-vite build` made, unless `npm test` has just made one. */
  readonly fromSource?: boolean
  readonly args?: readonly string[]
}

/** Starts the real host process and waits until it serves. */
export async function startTestHost(options: HostOptions = {}): Promise<RunningHost> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'benchside-test-'))
  const entry =
    options.fromSource && process.env['BENCHSIDE_BUILT'] === undefined
      ? join(root, 'src', 'host', 'index.ts')
      : join(root, 'out', 'main', 'host.js')
  const args = [entry, '--serve', '--data', data, '--port', '0', ...(options.args ?? [])]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const url = await ready(child).catch((error: unknown) => {
    if (!options.data) rmSync(data, { recursive: true, force: true })
    throw error
  })
  return {
    url,
    data,
    process: child,
    seat: () => newSeat(url),
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = new Promise((resolve) => child.once('exit', resolve))
        child.kill(signal)
        await ended
      }
      if (!options.data) rmSync(data, { recursive: true, force: true })
    },
  }
}

function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = ''
    let errors = ''
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const match = /^BENCHSIDE_READY (\{.*\})$/m.exec(out)
      if (match?.[1]) resolve((JSON.parse(match[1]) as { url: string }).url)
    })
    child.once('exit', (code) =>
      reject(new Error(`the host ended with ${code} before it was ready\n${out}\n${errors}`)),
    )
  })
}

function newSeat(url: string): Seat {
  const jar = new Map<string, string>()
  const link = new RPCLink({
    url: new URL('/rpc', url).href,
    headers: () =>
      jar.size > 0 ? { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') } : {},
    fetch: async (request, init) => {
      const response = await fetch(request, init)
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split(';')
        const at = pair.indexOf('=')
        const value = pair.slice(at + 1)
        if (value === '') jar.delete(pair.slice(0, at))
        else jar.set(pair.slice(0, at), value)
      }
      return response
    },
  })
  return {
    client: createORPCClient(link),
    cookies: () => [...jar].map(([name, value]) => ({ name, value })),
  }
}

export const testPassword = 'correct horse 12'
export const testPin = '2468'

/** Sets the shop up through its own methods: an owner and one person per role, all with the same test password. */
export async function setUpShop(host: RunningHost, language: 'zh-CN' | 'en' = 'en'): Promise<Seat> {
  const seat = host.seat()
  await seat.client.setup.create({
    shop: {
      name: language === 'en' ? 'Corner Repairs' : '街角维修',
      code: 'S1',
      country: 'CN',
      currency: 'CNY',
      timeZone: 'Asia/Shanghai',
      languages: ['zh-CN', 'en'],
      defaultLanguage: language,
    },
    owner: { login: 'owner', name: 'Olivia Owner', password: testPassword, pin: testPin },
  })
  const roles = await seat.client.users.roles({})
  const names: Record<BuiltInRole, string> = {
    owner: 'Olivia Owner',
    manager: 'Mark Manager',
    counter: 'Cora Counter',
    technician: 'Tom Technician',
    storekeeper: 'Stan Store',
    claims_clerk: 'Clara Claims',
  }
  for (const role of builtInRoles.filter((one) => one !== 'owner')) {
    const roleIds = roles.filter((row) => row.code === role).map((row) => row.id)
    await seat.client.users.create({
      commandId: randomUUID(),
      login: role,
      name: names[role],
      language,
      roleIds,
      password: testPassword,
      pin: testPin,
    })
  }
  return seat
}

/** A new seat signed in as a role. */
export async function signIn(host: RunningHost, login: string, password = testPassword): Promise<Seat> {
  const seat = host.seat()
  await seat.client.session.login({ login, password, seatName: `${login}'s seat` })
  return seat
}

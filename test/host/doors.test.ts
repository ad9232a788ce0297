import { readdirSync, readFileSync, statSync } from 'node:fs'
import { request, type IncomingHttpHeaders } from 'node:http'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isOurHost } from '../../src/host/transport/guard.ts'
import { signIn, testPassword, testPin, type RunningHost, type Seat } from '../kit/host.ts'
import { openTestShop } from '../kit/shop.ts'

/* Whatever a program on the network, or a page in somebody's browser, may send to the host. */
let host: RunningHost
let owner: Seat
beforeAll(async () => {
  ;({ host, owner } = await openTestShop('en', { fromSource: true }))
})
afterAll(() => host.stop())

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
}

interface Asked {
  readonly headers?: Record<string, string>
  readonly body?: string
  readonly method?: string
}

/** Asks for a path as no window of ours would; `POST` with a body, otherwise `GET`, unless said. */
function ask(path: string, { headers = {}, body, method }: Asked = {}): Promise<Answer> {
  const { port } = new URL(host.url)
  const typed = body === undefined ? headers : { 'content-type': 'application/json', ...headers }
  const way = method ?? (body === undefined ? 'GET' : 'POST')
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path, method: way, headers: typed, agent: false },
      (answer) => {
        answer.resume()
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

const cookiesOf = (seat: Seat): string =>
  seat
    .cookies()
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ')

describe('the name a seat comes under', () => {
  test('an address in figures, localhost and the computer’s own name are served', async () => {
    for (const name of ['127.0.0.1:4780', 'localhost', '192.168.1.20:4780', '[::1]:4780', hostname()])
      expect([name, (await ask('/health', { headers: { host: name } })).status]).toEqual([name, 200])
  })

  test('a name that somebody else has pointed at this computer is not served', async () => {
    for (const name of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'shop'])
      expect([name, (await ask('/health', { headers: { host: name } })).status]).toEqual([name, 421])
  })

  test('the name the shop gives its customers is served, and no other', () => {
    expect(isOurHost('status.example:443', () => 'status.example')).toBe(true)
    expect(isOurHost('status.example', () => null)).toBe(false)
    expect(isOurHost(undefined, () => 'status.example')).toBe(false)
  })
})

describe('what no window of ours would send', () => {
  const paths = ['/rpc/attachments/upload', '/rpc/session/events', '/api/session/state', '/rpc/session/login']

  test.each(paths)('a page of another site, or of nobody, is turned away at %s', async (path) => {
    for (const origin of ['https://evil.example', 'null', `https://${new URL(host.url).host}`])
      expect([origin, (await ask(path, { headers: { origin }, body: '{}' })).status]).toEqual([origin, 403])
  })

  test.each([...paths, '/trust', '/trust/benchside.crt', '/r/x/y', '/', '/health'])(
    'a name that somebody else pointed at this computer is not served at %s',
    async (path) => {
      const given = { headers: { host: 'evil.example' }, ...(path.startsWith('/rpc') ? { body: '{}' } : {}) }
      expect((await ask(path, given)).status).toBe(421)
    },
  )
})

describe('a method', () => {
  test.each(['GET', 'HEAD', 'PUT', 'DELETE'])('is not called by %s', async (method) => {
    const seat = await signIn(host, 'counter')
    const cookie = cookiesOf(seat)
    // A page on another port of this computer may send these with the seat's cookies, and says nothing of itself.
    for (const path of ['/rpc/session/logout', '/api/session/logout'])
      expect((await ask(path, { method, headers: { cookie } })).status).toBe(405)
    await expect(seat.client.repairs.today({})).resolves.toBeDefined()
  })

  test('answers what no cache may keep', async () => {
    const given = { body: '{"json":{}}' }
    expect((await ask('/rpc/session/state', given)).headers['cache-control']).toBe('no-store')
  })
})

describe('a body', () => {
  const upload = '/rpc/attachments/upload'
  const session = () => cookiesOf(owner)

  /** The answer to a request that announces so many bytes and sends none of them. */
  const announced = async (path: string, size: number, cookie?: string, method = 'POST') => {
    const headers = { 'content-length': String(size), ...(cookie ? { cookie } : {}) }
    return (await ask(path, { headers, method, body: '' })).status
  }

  test('of more than a megabyte is not read from anybody who has not signed in', async () => {
    for (const path of ['/rpc/session/login', upload, '/api/imports/inspect'])
      expect([path, await announced(path, 2 ** 20 + 1)]).toEqual([path, 413])
  })

  test('of more than a megabyte is not read for a cookie that nobody was given', async () => {
    const made = 'benchside_session=made-up; benchside_seat=made-up'
    expect(await announced(upload, 2 ** 20 + 1, made)).toBe(413)
  })

  test.each(['GET', 'HEAD', 'PUT'])('of a %s is bounded like any other', async (method) => {
    expect(await announced(upload, 2 ** 20 + 1, undefined, method)).toBe(413)
    expect(await announced(upload, 600 * 2 ** 20, session(), method)).toBe(413)
  })

  test('may be large where a file is sent, and nowhere else', async () => {
    expect(await announced('/rpc/customers/create', 9 * 2 ** 20, session())).toBe(413)
    expect(await announced(upload, 600 * 2 ** 20, session())).toBe(413)
  })
})

describe('what is kept', () => {
  test('of a session, a password and a PIN is nothing one could sign in with', async () => {
    const body = JSON.stringify({ json: { login: 'counter', password: testPassword } })
    const cookies = (await ask('/rpc/session/login', { body })).headers['set-cookie'] ?? []
    expect(cookies.length).toBe(2)
    for (const line of cookies) expect(line).toMatch(/; HttpOnly; SameSite=Strict/)
    const token = /^benchside_session=([^;]+)/.exec(cookies[0] ?? '')?.[1] ?? 'no token'
    expect(token.length).toBeGreaterThan(40)
    const kept = readdirSync(host.data, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    )
    const texts = kept.map((one) => readFileSync(join(one.parentPath, one.name), 'latin1')).join('\n')
    expect(texts).toContain('Cora Counter')
    for (const secret of [token, testPassword, `"${testPin}"`]) expect(texts).not.toContain(secret)
  })

  test.skipIf(process.platform === 'win32')('is this user’s alone, in a folder anybody may read too', () => {
    const modeOf = (name: string) => (statSync(join(host.data, name)).mode & 0o777).toString(8)
    for (const file of ['shop.db', 'shop.db-wal', 'shop.key', join('logs', 'host.log')])
      expect([file, modeOf(file)]).toEqual([file, '600'])
  })
})

test('whoever tries links to reports one after the other is told to wait', async () => {
  let status = 404
  for (let n = 0; n < 1000 && status === 404; n++) ({ status } = await ask(`/r/0/nothing-of-ours-${n}`))
  expect(status).toBe(429)
})

import { randomUUID, X509Certificate } from 'node:crypto'
import { statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ORPCError } from '@orpc/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ErrorData } from '#contract/errors.ts'
import type { Sharing } from '#contract/seats.ts'
import type { InputOf } from '#contract/method-types.ts'
import { lanAddresses } from '../../src/host/transport/lan.ts'
import { ask } from '../kit/ask.ts'
import { freePort } from '../kit/free-port.ts'
import { signIn, testPassword, type RunningHost, type Seat } from '../kit/host.ts'
import { openTestShop } from '../kit/shop.ts'

/* The real host on an address of this machine that is not the loopback one; a machine without a network has none. */
const [network] = lanAddresses()
const address = network?.address ?? ''

let host: RunningHost
let owner: Seat
beforeAll(async () => {
  ;({ host, owner } = await openTestShop('en', { fromSource: true }))
})
afterAll(() => host.stop())

async function set(settings: InputOf<'settings.update'>['settings']): Promise<void> {
  const { version } = await owner.client.settings.get({})
  await owner.client.settings.update({ commandId: randomUUID(), version, settings })
}

/** How the computer is shared once it is as it is asked for; each look asks the host. */
async function once(fits: (sharing: Sharing) => boolean): Promise<Sharing> {
  for (;;) {
    const found = await owner.client.seats.sharing({})
    if (fits(found)) return found
    await sleep(20)
  }
}
const stateOf = (sharing: Sharing) => sharing.addresses.find((one) => one.address === address)?.state

describe.skipIf(network === undefined)('the shop’s network', () => {
  test('is not served until somebody switches it on, and at once no more when it is switched off', async () => {
    const { url } = (await owner.client.seats.sharing({})).addresses.find(
      (one) => one.address === address,
    ) ?? {
      url: '',
    }
    await expect(ask(`${url}health`)).rejects.toThrow(/ECONNREFUSED/)
    await set({ lanSharing: true })
    const open = await once((sharing) => stateOf(sharing) === 'open')
    expect(open.addresses.find((one) => one.address === address)?.qr).toMatch(/^<svg /)
    expect((await ask(`${url}health`)).status).toBe(200)
    await set({ lanSharing: false })
    await expect
      .poll(() => ask(`${url}health`).catch((error: Error) => error.message))
      .toMatch(/ECONNREFUSED/)
  })

  test('a port that another program uses is said, and the seats go on when another is chosen', async () => {
    const counter = await signIn(host, 'counter')
    const other = createServer().listen(0, address)
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as { port: number }
    await set({ lanSharing: true, lanPort: port })
    expect(stateOf(await once((sharing) => stateOf(sharing) !== 'opening'))).toBe('port_taken')
    await set({ lanPort: await freePort(address) })
    expect(stateOf(await once((sharing) => stateOf(sharing) === 'open'))).toBe('open')
    await expect(counter.client.repairs.today({})).resolves.toBeDefined()
    await new Promise((resolve) => other.close(resolve))
  })

  test('a chosen network that is not there is said, and no other one is served instead', async () => {
    await set({ lanSharing: true, lanInterface: 'no such network' })
    expect(await owner.client.seats.sharing({})).toMatchObject({ interfaceGone: true, addresses: [] })
    await set({ lanInterface: network?.name ?? '' })
    const found = await once((sharing) => stateOf(sharing) === 'open')
    expect(found.addresses.map((one) => one.interface)).toEqual(found.addresses.map(() => network?.name))
  })

  describe('encrypted', () => {
    let sharing: Sharing
    let ca: string
    let plain: string
    let secure: string
    beforeAll(async () => {
      await set({ lanSharing: true, lanHttps: true, lanPort: await freePort(address) })
      sharing = await once((found) => found.https && stateOf(found) === 'open')
      plain = `http://${address}:${sharing.plainPort}`
      secure = `https://${address}:${sharing.port}`
      const { body } = await ask(`${plain}/trust/benchside.crt`)
      ca = new X509Certificate(body).toString()
    })

    test('a tablet that trusts the shop’s authority, and nothing else, is connected', async () => {
      expect((await ask(`${secure}/health`, { ca })).status).toBe(200)
      await expect(ask(`${secure}/health`)).rejects.toThrow(/unable to verify|self.signed/i)
      expect(new X509Certificate(ca).fingerprint256).toBe(sharing.authority?.sha256)
    })

    test('the authority’s key is read by this user only', () => {
      expect(statSync(join(host.data, 'tls', 'authority.key')).mode & 0o777).toBe(0o600)
      expect(statSync(join(host.data, 'tls')).mode & 0o777).toBe(0o700)
    })

    test('a login’s cookies are for encrypted connections of this very host only', async () => {
      const body = JSON.stringify({ json: { login: 'technician', password: testPassword } })
      const { status, headers } = await ask(`${secure}/rpc/session/login`, { ca, body })
      expect(status).toBe(200)
      const cookies = headers['set-cookie'] ?? []
      expect(cookies.map((line) => line.split('=')[0])).toEqual([
        '__Host-benchside_session',
        '__Host-benchside_seat',
      ])
      for (const line of cookies) {
        expect(line).toMatch(/; HttpOnly/)
        expect(line).toMatch(/; Secure/)
        expect(line).toMatch(/; SameSite=Strict/)
      }
    })

    test('in the clear no method answers, a page leads to the encrypted one, and customers still read their report', async () => {
      const body = JSON.stringify({ json: { login: 'technician', password: testPassword } })
      expect((await ask(`${plain}/rpc/session/login`, { body })).status).toBe(403)
      const page = await ask(`${plain}/bench?x=1`, { headers: { accept: 'text/html' } })
      expect([page.status, page.headers.location]).toEqual([307, `${secure}/bench?x=1`])
      expect((await ask(`${plain}/r/${randomUUID()}/nothing-of-ours`)).status).toBe(404)
      expect((await ask(`${plain}/trustworthy`, { headers: { accept: 'text/html' } })).status).toBe(307)
    })

    test.each([
      ['zh-CN', '信任本店电脑', '证书信任设置'],
      ['en', 'Trust this shop’s computer', 'Certificate Trust Settings'],
    ])('the page about trust speaks %s to a tablet that does', async (language, title, step) => {
      const page = await ask(`${plain}/trust`, { headers: { 'accept-language': `${language},xx;q=0.5` } })
      const html = page.body.toString()
      expect(html).toContain(title)
      expect(html).toContain(step)
      // A long fingerprint may break between its pairs, which is no part of it.
      expect(html.replaceAll('<wbr>', '')).toContain(sharing.authority?.sha256)
      expect(html).toContain(`href="${secure}/"`)
    })
  })
})

describe('signing in and out', () => {
  test('a seat that is signed out from elsewhere is told at once', async () => {
    const bench = await signIn(host, 'technician')
    const events = await bench.client.session.events({})
    const iterator = events[Symbol.asyncIterator]()
    await iterator.next()
    const { session } = await bench.client.session.state({})
    const seatId = session?.seat.id ?? 0
    await owner.client.seats.signOut({ commandId: randomUUID(), seatId })
    const told = async () => {
      for (;;) await iterator.next()
    }
    await expect(told()).rejects.toThrow(ORPCError)
    expect((await bench.client.session.state({})).session).toBeNull()
  })

  test('a stranger’s guesses lock an account for strangers, not for its person at their own seat', async () => {
    const own = await signIn(host, 'manager')
    await own.client.session.logout({})
    const stranger = host.seat()
    const guess = (seat: Seat, password: string) => seat.client.session.login({ login: 'manager', password })
    for (let n = 0; n < 5; n++)
      await expect(guess(stranger, `wrong ${n}`)).rejects.toThrow(/wrong_password|locked_out/)
    await expect(guess(stranger, testPassword)).rejects.toThrow(/locked_out/)
    await expect(guess(own, testPassword)).resolves.toMatchObject({ user: { login: 'manager' } })
  })

  test('guesses sent all at once are looked at one after the other, and the sixth waits', async () => {
    const seat = await signIn(host, 'counter')
    const { people } = await seat.client.session.state({})
    const userId = people.find((person) => person.name === 'Stan Store')?.id ?? 0
    const guesses = Array.from({ length: 12 }, (_, n) =>
      seat.client.session.switchByPin({ userId, pin: String(1000 + n) }).then(
        () => 'let in',
        (error: ORPCError<string, ErrorData>) => `${error.code} ${error.data.params['minutes'] ?? ''}`,
      ),
    )
    const answers = (await Promise.all(guesses)).toSorted()
    // Had the later ones been looked at, each would have doubled the minutes.
    expect(answers).toEqual([
      ...Array.from({ length: 8 }, () => 'session.locked_out 5'),
      ...Array.from({ length: 4 }, () => 'session.wrong_pin '),
    ])
  })

  test('whoever finds a window open does not find out its password by guessing either', async () => {
    const seat = await signIn(host, 'claims_clerk')
    const change = (password: string) =>
      seat.client.users.changeOwn({ commandId: randomUUID(), password, pin: null })
    for (let n = 0; n < 4; n++) await expect(change(`wrong ${n}`)).rejects.toThrow('input.invalid')
    await expect(change('wrong 5')).rejects.toThrow('session.locked_out')
    await expect(change(testPassword)).rejects.toThrow('session.locked_out')
  })
})

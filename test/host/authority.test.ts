import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { get, createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAuthority, readAuthority, type Authority } from '../../src/host/trust/authority.ts'

const day = 86_400_000
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'benchside-authority-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What a browser that trusts only this authority says of a server that shows its certificate for an address. */
function shake(authority: Authority, certified: string, now = Date.now()): Promise<string> {
  const { key, cert } = authority.serverFor(certified, now)
  const server = createServer({ key, cert }, (_request, response) => response.end())
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      const options = { host: '127.0.0.1', port, ca: authority.pem, agent: false, servername: '' }
      const say = (word: string) => server.close(() => resolve(word))
      get(options, (answer) => {
        answer.resume()
        say('trusted')
      }).on('error', (error) => say(error.message))
    })
  })
}

describe('the shop’s own certificate authority', () => {
  test('signs for this computer’s address, and a browser that trusts it connects', async () => {
    expect(await shake(openAuthority(folder, '街角维修', ['127.0.0.1'], Date.now()), '127.0.0.1')).toBe(
      'trusted',
    )
  })

  test('cannot speak for an address of the internet, whoever holds its key', async () => {
    const authority = openAuthority(folder, 'Corner Repairs', [], Date.now())
    expect(authority.covers('127.0.0.1')).toBe(false)
    expect(await shake(authority, '127.0.0.1')).toBe('permitted subtree violation')
  })

  test.each(['10.0.0.5', '172.31.9.9', '192.168.1.20', '100.64.3.3', 'fd00::1'])(
    'may speak for %s, which is nobody’s on the internet',
    (address) => {
      expect(openAuthority(folder, 'Corner Repairs', [], Date.now()).covers(address)).toBe(true)
    },
  )

  test('is the same after a restart, lasts ten years, and makes way for a new one in its last month', () => {
    const now = Date.UTC(2026, 10, 22)
    const first = openAuthority(folder, 'Corner Repairs', [], now)
    expect(openAuthority(folder, 'Another name', [], now + 100 * day).sha256).toBe(first.sha256)
    expect(Math.round((first.validUntil - now) / day)).toBe(3650)
    expect(readAuthority(folder, now + 3630 * day)).toBe(null)
    expect(openAuthority(folder, 'Corner Repairs', [], now + 3630 * day).sha256).not.toBe(first.sha256)
  })

  test('is named in a server’s certificate as devices know it that have trusted it since the first version', () => {
    const authority = openAuthority(folder, 'Corner Repairs', [], Date.now())
    const own = new X509Certificate(authority.pem)
    const spki = own.publicKey.export({ type: 'spki', format: 'der' })
    const keyId = createHash('sha1').update(spki).digest()
    const server = new X509Certificate(authority.serverFor('192.168.1.20', Date.now()).cert)
    expect([own.raw.includes(keyId), server.raw.includes(keyId)]).toEqual([true, true])
    expect(server.verify(own.publicKey)).toBe(true)
  })

  test.each([2026, 2049, 2055])(
    'a server’s certificate of %i holds no longer than browsers take, and is renewed a month before',
    (year) => {
      const now = Date.UTC(year, 10, 22, 9, 30)
      const authority = openAuthority(folder, 'Corner Repairs', [], now)
      const { cert, renewAt } = authority.serverFor('192.168.1.20', now)
      const read = new X509Certificate(cert)
      const [from, until] = [read.validFromDate.getTime(), read.validToDate.getTime()]
      expect(from).toBeLessThan(now)
      expect(until - from).toBe(397 * day)
      expect(until - renewAt).toBe(30 * day)
      expect(read.checkIP('192.168.1.20')).toBe('192.168.1.20')
      expect(read.checkIssued(new X509Certificate(authority.pem))).toBe(true)
      expect(read.ca).toBe(false)
    },
  )
})

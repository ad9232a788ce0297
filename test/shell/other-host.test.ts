import { createServer as createPlain } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAuthority, type Authority } from '#host/trust/authority.ts'
import { examineHost } from '../../src/main/examine.ts'
import { isVouchedFor, trustOnly } from '../../src/main/trust.ts'
import { removeFolders, temporaryFolder } from './shell-process.ts'

/* The shop's own authority and its certificates, as another seat's host shows them. */
const now = Date.now()
const day = 86_400_000
let authority: Authority
let stranger: Authority
const servers: Server[] = []

const health = JSON.stringify({ status: 'ok', version: '0.1.0', schemaVersion: 3 })

async function listen(server: Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.address() as AddressInfo).port
}

/** A host by HTTPS, and the plain port beside it that leads there. */
async function openHost(shows: Authority, offers: Authority): Promise<{ secure: number; plain: number }> {
  const { key, cert } = shows.serverFor('127.0.0.1', now)
  const secure = await listen(
    createSecure({ key, cert }, (request, response) => {
      if (request.url === '/health') response.end(health)
      else if (request.url === '/trust/benchside.crt') response.end(offers.der)
      else response.writeHead(404).end()
    }),
  )
  const plain = await listen(
    createPlain((_request, response) => {
      response.writeHead(307, { location: `https://127.0.0.1:${secure}/` }).end()
    }),
  )
  return { secure, plain }
}

beforeAll(() => {
  authority = openAuthority(temporaryFolder(), 'Corner Repairs', ['127.0.0.1'], now)
  stranger = openAuthority(temporaryFolder(), 'Corner Repairs', ['127.0.0.1'], now)
})
afterAll(() => {
  for (const server of servers) server.close()
  removeFolders()
})

test('a host is found by its plain address, led to the secure one, and known by its authority’s fingerprint', async () => {
  const { secure, plain } = await openHost(authority, authority)
  const examined = await examineHost(`127.0.0.1:${plain}`, now)
  expect(examined).toMatchObject({
    found: true,
    origin: `https://127.0.0.1:${secure}`,
    version: '0.1.0',
    certificate: { sha256: authority.sha256, name: authority.name },
  })
})

test('an authority that did not issue what the host shows is not what a person is asked to trust', async () => {
  const { secure } = await openHost(stranger, authority)
  const examined = await examineHost(`https://127.0.0.1:${secure}`, now)
  if (!examined.found || !examined.certificate) throw new Error('the host was not found')
  expect(examined.certificate.sha256).not.toBe(authority.sha256)
})

test('an address without a host, or with something else behind it, says so', async () => {
  const other = await listen(createPlain((_request, response) => response.end('hello')))
  const gone = await listen(createPlain())
  const closed = servers.pop()
  await new Promise((done) => closed?.close(done))
  expect(await examineHost(`127.0.0.1:${other}`, now)).toEqual({ found: false, reason: 'not_benchside' })
  expect(await examineHost(`127.0.0.1:${gone}`, now)).toEqual({ found: false, reason: 'unreachable' })
  expect(await examineHost('ftp://127.0.0.1', now)).toEqual({ found: false, reason: 'address' })
})

test('a certificate counts only when the known authority signed it, for this address, at this time', () => {
  const { cert } = authority.serverFor('127.0.0.1', now)
  const foreign = stranger.serverFor('127.0.0.1', now).cert
  expect(isVouchedFor(authority.pem, cert, '127.0.0.1', now)).toBe(true)
  expect(isVouchedFor(authority.pem, foreign, '127.0.0.1', now)).toBe(false)
  expect(isVouchedFor(authority.pem, cert, '127.0.0.2', now)).toBe(false)
  expect(isVouchedFor(authority.pem, cert, '127.0.0.1', now + 4000 * day)).toBe(false)
  expect(isVouchedFor(authority.pem, cert, '127.0.0.1', now - 30 * day)).toBe(false)
  expect(isVouchedFor(cert, cert, '127.0.0.1', now)).toBe(true)
  expect(isVouchedFor(cert, foreign, '127.0.0.1', now)).toBe(false)
  expect(isVouchedFor('no certificate', cert, '127.0.0.1', now)).toBe(false)
})

test('the window trusts what the system trusts, and the chosen host by its own certificate, nobody else', () => {
  type Ask = { hostname: string; certificate: { data: string }; verificationResult: string }
  let judge: ((ask: Ask, answer: (verdict: number) => void) => void) | undefined
  const session = {
    setCertificateVerifyProc: (proc: unknown) => void (judge = proc as typeof judge),
  }
  trustOnly(session, { kind: 'other', origin: 'https://127.0.0.1:8781', certificate: authority.pem })
  const verdict = (hostname: string, data: string, verificationResult: string): number => {
    let given = NaN
    judge?.({ hostname, certificate: { data }, verificationResult }, (one) => (given = one))
    return given
  }
  const ours = authority.serverFor('127.0.0.1', now).cert
  const theirs = stranger.serverFor('127.0.0.1', now).cert
  expect(new X509Certificate(ours).issuer).toBe(new X509Certificate(theirs).issuer)
  expect(verdict('127.0.0.1', ours, 'net::ERR_CERT_AUTHORITY_INVALID')).toBe(0)
  expect(verdict('127.0.0.1', theirs, 'net::ERR_CERT_AUTHORITY_INVALID')).toBe(-3)
  expect(verdict('example.org', ours, 'net::ERR_CERT_AUTHORITY_INVALID')).toBe(-3)
  expect(verdict('127.0.0.1', ours, 'net::OK')).toBe(-3)
})

import { X509Certificate } from 'node:crypto'
import { request as plainRequest, type IncomingMessage } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { TLSSocket } from 'node:tls'
import type { HostExamined } from '#contract/shell.ts'
import { originOf } from './home.ts'
import { isVouchedFor } from './trust.ts'

const answerLimitMs = 6000
const bodyLimit = 65_536

interface Answer {
  readonly status: number
  readonly location: string | undefined
  readonly body: Buffer
  /** What the other side showed, and whether this computer trusts it without us; over HTTPS only. */
  readonly shown: { readonly pem: string; readonly trusted: boolean } | null
}

/**
 * Looks for a Benchside host at an address a person typed. Nothing is sent but three questions that anybody may ask;
 * whether the certificate belongs to the shop is for the person to say, by its fingerprint.
 */
export async function examineHost(typed: string, now: number): Promise<HostExamined> {
  const first = originOf(typed)
  if (first === undefined) return { found: false, reason: 'address' }
  try {
    const origin = await secureOriginOf(first)
    const health = await get(`${origin}/health`)
    const version = versionIn(health)
    if (version === undefined) return { found: false, reason: 'not_benchside' }
    const certificate =
      health.shown === null || health.shown.trusted ? null : await authorityOf(origin, health.shown.pem, now)
    return { found: true, origin, version, certificate }
  } catch {
    return { found: false, reason: 'unreachable' }
  }
}

/** A shop that uses HTTPS leads from its plain port to the secure one; only on the same computer is that followed. */
async function secureOriginOf(origin: string): Promise<string> {
  if (!origin.startsWith('http:')) return origin
  const { status, location } = await get(`${origin}/`)
  const target = status >= 300 && status < 400 ? URL.parse(location ?? '', origin) : null
  const same = target?.protocol === 'https:' && target.hostname === URL.parse(origin)?.hostname
  return same ? target.origin : origin
}

/** The shop's own authority, if it did issue what was shown; otherwise the certificate itself is what is recognised. */
async function authorityOf(origin: string, shown: string, now: number) {
  const { status, body } = await get(`${origin}/trust/benchside.crt`)
  const host = new URL(origin).hostname.replace(/^\[|\]$/g, '')
  const known = status === 200 ? certificateIn(body) : undefined
  const vouches = known !== undefined && isVouchedFor(known.toString(), shown, host, now)
  const chosen = vouches ? known : new X509Certificate(shown)
  return { pem: chosen.toString(), sha256: chosen.fingerprint256, name: chosen.subject.replace(/^CN=/, '') }
}

function certificateIn(der: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(der)
  } catch {
    return undefined
  }
}

function versionIn({ status, body }: Answer): string | undefined {
  if (status !== 200) return undefined
  try {
    const health = JSON.parse(body.toString('utf8')) as Record<string, unknown>
    const { status: state, version, schemaVersion } = health
    return state === 'ok' && typeof version === 'string' && typeof schemaVersion === 'number'
      ? version
      : undefined
  } catch {
    return undefined
  }
}

function get(address: string): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const signal = AbortSignal.timeout(answerLimitMs)
  const secure = address.startsWith('https:')
  // The connection is not trusted yet, which is why nothing is sent over it.
  const options = { signal, agent: false as const, rejectUnauthorized: false }
  const request = (secure ? secureRequest : plainRequest)(address, options, (response) => {
    void read(response, secure).then(resolve, reject)
  })
  request.on('error', reject)
  request.end()
  return promise
}

async function read(response: IncomingMessage, secure: boolean): Promise<Answer> {
  // Taken now: the socket may be gone when the body has been read.
  const shown = secure ? shownBy(response.socket as TLSSocket) : null
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.byteLength
    if (length > bodyLimit) {
      response.destroy()
      break
    }
    chunks.push(chunk)
  }
  const { statusCode = 0, headers } = response
  return { status: statusCode, location: headers.location, body: Buffer.concat(chunks), shown }
}

function shownBy(socket: TLSSocket): Answer['shown'] {
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) throw new Error('no certificate was shown')
  return { pem: certificate.toString(), trusted: socket.authorized }
}

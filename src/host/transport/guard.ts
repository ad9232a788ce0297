import { isIP } from 'node:net'
import { hostname } from 'node:os'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refusalBody } from './refusals.ts'

/**
 * A name that somebody else's page could point at this computer (DNS rebinding) is not one of ours: an address in
 * figures is, and this computer's own name, and the one the shop names for its customers.
 */
export function isOurHost(host: string | undefined, named: () => string | null): boolean {
  const name = URL.parse(`http://${host ?? ''}`)?.hostname.toLowerCase() ?? ''
  if (name === '') return false
  if (isIP(name.replace(/^\[|\]$/g, '')) !== 0) return true
  const own = hostname().toLowerCase()
  return ['localhost', own, `${own}.local`, `${own}.lan`].includes(name) || name === named()
}

export interface GuardOptions {
  /** The largest body of all: an import file. */
  readonly bodyLimit: number
  namedHost(): string | null
  /** Whether the request comes from a seat somebody is signed in at. */
  isSignedIn(request: FastifyRequest): boolean
}

/**
 * What every request must be, before anything reads it: meant for this host, with a body of known and bounded length, and, when a
 * page sent it, a page of this very host (SameSite cookies stop most of it, this stops the rest).
 */
export function guardRequests(server: FastifyInstance, options: GuardOptions): void {
  server.addHook('onRequest', async (request, reply) => {
    const { origin, host } = request.headers
    if (!isOurHost(host, options.namedHost)) {
      return await unread(reply).status(421).send(refusalBody(request.url, 'forbidden'))
    }
    const reads = request.method === 'GET' || request.method === 'HEAD'
    if (
      origin &&
      !(origin === 'null' && reads) &&
      URL.parse(origin)?.origin !== `${request.protocol}://${host}`
    ) {
      return await unread(reply).status(403).send(refusalBody(request.url, 'forbidden'))
    }
    // Whatever the method: a body that nobody asked for is read into memory like any other.
    const length = request.headers['content-length']
    if (length === undefined && request.headers['transfer-encoding'] !== undefined) {
      return await unread(reply).status(411).send(refusalBody(request.url, 'request.malformed'))
    }
    if (Number(length ?? 0) > largestBody(request, options))
      return await unread(reply).status(413).send(refusalBody(request.url, 'request.too_large'))
  })
}

const megabyte = 1024 * 1024
/** The modules whose methods take files. */
const takesFiles = /^\/(?:rpc|api)\/(?:attachments|imports|dictionaries)\//
const takesPictures = /^\/(?:rpc|api)\/attachments\//

/**
 * A file may be large, anything else is typed by a person; and who is not signed in has little to say. A cookie alone
 * says nothing: it is asked whose it is as soon as there is more to read.
 */
function largestBody(request: FastifyRequest, { bodyLimit, isSignedIn }: GuardOptions): number {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced <= megabyte || !isSignedIn(request)) return megabyte
  if (takesPictures.test(request.url)) return Math.min(bodyLimit, 64 * megabyte)
  return takesFiles.test(request.url) ? bodyLimit : 8 * megabyte
}

/** What is still coming must not be taken for the next request of the same connection. */
function unread(reply: FastifyReply): FastifyReply {
  return reply.header('connection', 'close')
}

/** The page may load only what this host serves; pictures and PDFs it makes itself are blobs. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self' blob:",
  "media-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** What browsers take for a secure context: HTTPS, and this very computer. */
function isTrustworthy(request: FastifyRequest): boolean {
  return request.protocol === 'https' || /^(?:localhost|127\.|\[::1\])/.test(request.headers.host ?? '')
}

export function securityHeaders(server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply) => {
    void reply.header('content-security-policy', contentSecurityPolicy)
    void reply.header('x-content-type-options', 'nosniff')
    void reply.header('referrer-policy', 'no-referrer')
    // Elsewhere browsers ignore it, and say so on each page.
    if (isTrustworthy(request)) void reply.header('cross-origin-opener-policy', 'same-origin')
  })
}

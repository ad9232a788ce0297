import type { FastifyInstance, FastifyReply } from 'fastify'
import { refusalBody } from './refusals.ts'

/**
 * What every request must be, before anything reads it: a body of known and bounded length, and, when a
 * page sent it, a page of this very host (SameSite cookies stop most of it, this stops the rest).
 */
export function guardRequests(server: FastifyInstance, bodyLimit: number): void {
  server.addHook('onRequest', async (request, reply) => {
    const { origin, host } = request.headers
    if (origin && origin !== 'null' && URL.parse(origin)?.host !== host) {
      return await reply.status(403).send(refusalBody(request.url, 'forbidden'))
    }
    if (request.method === 'GET' || request.method === 'HEAD') return
    const length = request.headers['content-length']
    if (length === undefined && request.headers['transfer-encoding'] !== undefined) {
      return await unread(reply).status(411).send(refusalBody(request.url, 'request.malformed'))
    }
    if (Number(length ?? 0) > bodyLimit)
      return await unread(reply).status(413).send(refusalBody(request.url, 'request.too_large'))
  })
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

export function securityHeaders(server: FastifyInstance): void {
  server.addHook('onSend', async (_request, reply) => {
    void reply.header('content-security-policy', contentSecurityPolicy)
    void reply.header('x-content-type-options', 'nosniff')
    void reply.header('referrer-policy', 'no-referrer')
    void reply.header('cross-origin-opener-policy', 'same-origin')
  })
}

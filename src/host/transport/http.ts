import { existsSync } from 'node:fs'
import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import staticFiles from '@fastify/static'
import { OpenAPIHandler } from '@orpc/openapi/fastify'
import { RPCHandler } from '@orpc/server/fastify'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { App } from '#core/app.ts'
import { maxPhotoBytes } from '#contract/intake.ts'
import { hashToken, type CallContext, type Connection } from './connection.ts'
import { openApiDocument } from './openapi.ts'
import { guardRequests, securityHeaders } from './guard.ts'
import { reportHost, settingsOf } from './lan.ts'
import type { Network } from './sharing.ts'
import { malformedIsOurs, refusalBody } from './refusals.ts'
import type { createRouter } from './router.ts'
import { trustRoutes } from '../trust/trust-routes.ts'
import { reportRoutes, type ReportSource } from '../report/report-routes.ts'

const sessionCookie = 'benchside_session'
const seatCookie = 'benchside_seat'
// Cookies know no ports: a plain page cannot replace one that HTTPS has set, so each way has names of its own.
const secureOnly = '__Host-'
const year = 365 * 86_400

export interface HttpOptions {
  readonly app: App
  readonly router: ReturnType<typeof createRouter>
  readonly version: string
  /** Makes the report behind a ticket's QR. */
  readonly serviceReport: ReportSource['serviceReport']
  /** How the shop's network is shared; absent where nothing is. */
  readonly network?: Pick<Network, 'authority' | 'usualPort'>
  /** Folder of the built window; absent in tests that only call methods. */
  readonly webRoot: string | null
  /** Largest body: an import file. */
  readonly bodyLimit?: number
  /** How long a request may take to arrive, and how often it is looked for those that take longer. */
  readonly patience?: { readonly requestMs: number; readonly lookMs: number }
}

/** A large import over a slow network takes minutes; whoever takes longer has gone, or means harm. */
const usualPatience = { requestMs: 300_000, lookMs: 30_000 }

const nameOf = (cookie: string, request: FastifyRequest): string =>
  `${request.protocol === 'https' ? secureOnly : ''}${cookie}`

function tokenHashOf(request: FastifyRequest): string | null {
  const token = request.cookies[nameOf(sessionCookie, request)]
  return token ? hashToken(token) : null
}

/** A seat in a browser: its token is in an HttpOnly, SameSite=Strict cookie. */
function cookieConnection(request: FastifyRequest, reply: FastifyReply): Connection {
  const secure = request.protocol === 'https'
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const
  const sessionName = nameOf(sessionCookie, request)
  const seatName = nameOf(seatCookie, request)
  let tokenHash = tokenHashOf(request)
  return {
    tokenHash: () => tokenHash,
    // A seat that changes over to HTTPS stays the same seat.
    seatUid: () => request.cookies[seatName] ?? request.cookies[seatCookie] ?? null,
    origin: {
      address: request.ip.replace(/^::ffff:/, ''),
      agent: (request.headers['user-agent'] ?? '').slice(0, 300),
    },
    keep(session) {
      if (!session) {
        tokenHash = null
        void reply.clearCookie(sessionName, options)
        return
      }
      tokenHash = hashToken(session.token)
      void reply.setCookie(sessionName, session.token, { ...options, expires: new Date(session.expiresAt) })
      void reply.setCookie(seatName, session.seatUid, { ...options, maxAge: 5 * year })
    },
  }
}

/** The HTTP side of the host: the same methods at /rpc, OpenAPI at /api, the window's files, /health. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { app, router } = options
  const bodyLimit = options.bodyLimit ?? Math.max(maxPhotoBytes * 2, 512 * 1024 * 1024)
  const { requestMs, lookMs } = options.patience ?? usualPatience
  const server = fastify({
    logger: false,
    bodyLimit,
    forceCloseConnections: true,
    requestTimeout: requestMs,
    http: { requestTimeout: requestMs, connectionsCheckingInterval: lookMs },
  })
  await server.register(cookie)
  await server.register(rateLimit, { global: false })
  guardRequests(server, {
    bodyLimit,
    namedHost: () => reportHost(app),
    isSignedIn(request) {
      const tokenHash = tokenHashOf(request)
      return tokenHash !== null && settingsOf(app) !== null && app.run('access.alive', { tokenHash })
    },
  })
  securityHeaders(server)
  // oRPC reads bodies itself; Fastify must leave them alone.
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined))

  reportRoutes(server, { app, serviceReport: options.serviceReport })
  if (options.network) trustRoutes(server, app, options.network)

  server.get('/health', () => ({ status: 'ok', version: options.version, schemaVersion: app.schemaVersion }))

  const rpc = new RPCHandler<CallContext>(router, malformedIsOurs())
  const api = new OpenAPIHandler<CallContext>(router, malformedIsOurs())
  const context = (request: FastifyRequest, reply: FastifyReply) => ({
    connection: cookieConnection(request, reply),
  })
  server.get('/api/openapi.json', async () => await openApiDocument(options.version))
  const logins = { config: { rateLimit: { max: 60, timeWindow: '1 minute' } } }
  const serve = (prefix: '/rpc' | '/api') => async (request: FastifyRequest, reply: FastifyReply) => {
    // Browsers send GET and HEAD without saying which page they come from; no method is called by them.
    if (request.method !== 'POST') {
      const refused = reply.status(405).header('allow', 'POST')
      return await refused.send(refusalBody(request.url, 'request.malformed'))
    }
    void reply.header('cache-control', 'no-store')
    const { matched } = await (prefix === '/rpc' ? rpc : api).handle(request, reply, {
      prefix,
      context: context(request, reply),
    })
    if (!matched) await reply.status(404).send(refusalBody(request.url, 'not_found', { entity: 'method' }))
  }
  for (const prefix of ['/rpc', '/api'] as const) {
    for (const method of ['login', 'switchByPin'])
      server.post(`${prefix}/session/${method}`, logins, serve(prefix))
    server.all(`${prefix}/*`, serve(prefix))
  }

  if (options.webRoot && existsSync(options.webRoot)) {
    await server.register(staticFiles, {
      root: options.webRoot,
      wildcard: true,
      index: 'index.html',
      immutable: false,
    })
    // Addresses of pages are the window's own; the file that answers is always the same.
    server.setNotFoundHandler((request, reply) => {
      const page = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
      return page
        ? reply.sendFile('index.html')
        : reply.status(404).send(refusalBody(request.url, 'not_found', { entity: 'record' }))
    })
  }
  return server
}

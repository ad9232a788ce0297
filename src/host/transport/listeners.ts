import {
  createServer as createPlain,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createSecure, type Server as SecureServer } from 'node:https'
import type { Sharing } from '#contract/seats.ts'
import type { ServerCertificate } from '../trust/authority.ts'

export type ListenerState = Sharing['addresses'][number]['state']
export type Serve = (request: IncomingMessage, response: ServerResponse) => void

/** One address of this computer that is being served. */
export interface Listener {
  readonly address: string
  readonly port: number
  state(): ListenerState
  /** Looks whether a certificate is due for renewal. */
  renew(now: number): void
  close(): Promise<void>
}

interface ListenerOptions {
  readonly address: string
  readonly port: number
  readonly serve: Serve
  /** Runs when it opened or failed. */
  readonly changed: () => void
}

function stateOf(error: NodeJS.ErrnoException): ListenerState {
  if (error.code === 'EADDRINUSE') return 'port_taken'
  if (error.code === 'EACCES') return 'port_forbidden'
  return error.code === 'EADDRNOTAVAIL' ? 'address_gone' : 'failed'
}

function listen(server: Server | SecureServer, options: ListenerOptions, renew: Listener['renew']): Listener {
  let state: ListenerState = 'opening'
  const { address, port, changed } = options
  const become = (next: ListenerState) => {
    state = next
    changed()
  }
  server.on('error', (error) => become(stateOf(error)))
  server.listen(port, address, () => become('open'))
  return {
    address,
    port,
    state: () => state,
    renew,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export function listenPlain(options: ListenerOptions): Listener {
  return listen(createPlain(options.serve), options, () => {})
}

/** The same by HTTPS; its certificate is made here, lives in memory only, and is renewed before it ends. */
export function listenSecure(
  options: ListenerOptions,
  certify: (now: number) => ServerCertificate,
  now: number,
): Listener {
  let certificate = certify(now)
  const server = createSecure({ key: certificate.key, cert: certificate.cert }, options.serve)
  return listen(server, options, (at) => {
    if (at < certificate.renewAt) return
    certificate = certify(at)
    server.setSecureContext({ key: certificate.key, cert: certificate.cert })
  })
}

/** An address that cannot be served at all, and why. */
export function refused(address: string, port: number, why: ListenerState): Listener {
  return { address, port, state: () => why, renew: () => {}, close: () => Promise.resolve() }
}

/**
 * What the plain port answers while the seats use HTTPS: the page about trust, customers' reports and the state of
 * health; any other page leads to the secure address, and no method is called in the clear.
 */
export function plainBesideSecure(serve: Serve, secure: string): Serve {
  return (request, response) => {
    const path = request.url ?? '/'
    if (/^\/(?:trust(?:[/?]|$)|r\/|health$)/.test(path)) {
      serve(request, response)
      return
    }
    const page = request.method === 'GET' || request.method === 'HEAD'
    response.writeHead(page ? 307 : 403, {
      'cache-control': 'no-store',
      connection: 'close',
      ...(page ? { location: `${secure}${path.startsWith('/') ? path : '/'}` } : {}),
    })
    response.end()
  }
}

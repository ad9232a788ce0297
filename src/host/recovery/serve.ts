import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AppError, systemClock } from '#core/app.ts'
import type { Migration } from '../backup/types.ts'
import { examineDamage, restoreNewest } from './damage.ts'
import { damagePage, failedPage, restoredPage } from './page.ts'

export interface RecoveryOptions {
  readonly data: string
  readonly migrations: readonly Migration[]
  readonly port: number
  /** Runs when the page is closed again and the restored shop may be opened at its address. */
  readonly onRestored: (port: number) => void
}

const bodyLimit = 1024

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > bodyLimit) throw new AppError('request.too_large')
  }
  return new URLSearchParams(text)
}

function answer(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  })
  response.end(html)
}

/** A name that another page points at this computer is none of ours. */
function isLoopback(host: string | undefined): boolean {
  const name = URL.parse(`http://${host ?? ''}`)?.hostname
  return name === '127.0.0.1' || name === 'localhost'
}

/**
 * In place of a shop whose file is damaged: a page for whoever sits at this computer, and nothing for other seats. It
 * restores only on a person's word. Answers its address.
 */
export async function serveRecovery(
  options: RecoveryOptions,
): Promise<{ url: string; close(): Promise<void> }> {
  const { data, migrations } = options
  const token = randomBytes(16).toString('hex')
  // Proving backups takes as long as restoring them: begun now, awaited by who asks.
  const examined = examineDamage(data, migrations)
  examined.catch(() => undefined)
  let restoring = false
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeIdleConnections()
    })
  const restore = async (request: IncomingMessage, response: ServerResponse) => {
    const form = await formOf(request)
    if (form.get('token') !== token || form.get('understood') === null || restoring)
      return answer(response, 403, failedPage('forbidden'))
    restoring = true
    try {
      const by = { at: systemClock.now(), by: 'recovery page' }
      const aside = await restoreNewest(data, migrations, by)
      if (aside === null) return answer(response, 409, failedPage('not_found'))
      const { port } = server.address() as AddressInfo
      response.once('close', () => void close().then(() => options.onRestored(port)))
      answer(response, 200, restoredPage(aside))
    } finally {
      restoring = false
    }
  }
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    if (!isLoopback(request.headers.host)) return answer(response, 421, failedPage('forbidden'))
    if (request.method === 'POST' && request.url === '/restore') return await restore(request, response)
    // What a program asks for is told plainly that there is no shop; a person gets the page at any address.
    const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    if (!isPage) return answer(response, 503, failedPage('database.damaged'))
    answer(response, 200, damagePage(await examined, data, token))
  }
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) =>
      answer(response, 500, failedPage(error instanceof AppError ? error.code : 'internal')),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close }
}

import { createServer, type Server } from 'node:http'
import { networkInterfaces } from 'node:os'
import type { FastifyInstance } from 'fastify'
import type { ShopSettings } from '#contract/settings.ts'
import type { App } from '#core/app.ts'
import { program } from '../program.ts'

/** Where other seats find the host when nobody chose a port. */
export const lanPort = 4780

/** This machine's own addresses on the shop's network; loopback and link-local ones are nobody else's business. */
export function lanAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flat()
    .filter(
      (one) =>
        one !== undefined && one.family === 'IPv4' && !one.internal && !one.address.startsWith('169.254.'),
    )
    .map((one) => one?.address ?? '')
}

/**
 * The address at which customers reach the page behind their ticket's QR: the one the shop names, otherwise this
 * computer's on the shop's network while it is shared; null without either.
 */
export function reportBase(
  settings: Pick<ShopSettings, 'reportAddress' | 'lanSharing'>,
  port: number,
): string | null {
  if (settings.reportAddress !== '') return settings.reportAddress.replace(/\/+$/, '')
  const [address] = settings.lanSharing ? lanAddresses() : []
  return address === undefined ? null : `http://${address}:${port}`
}

/** The name under which the shop says it can be reached; null when it names none. Read anew: it is a setting. */
export function reportHost(app: App): string | null {
  const { setUp } = app.run('session.state', {})
  if (!setUp) return null
  const { reportAddress } = app.run('settings.get', {}, program).settings
  return URL.parse(reportAddress)?.hostname.toLowerCase() ?? null
}

/** Whether a person has switched sharing on. */
function sharingOn(app: App): boolean {
  const { setUp } = app.run('session.state', {})
  return setUp && app.run('settings.get', {}, program).settings.lanSharing
}

/**
 * Serves the other seats while the shop's setting says so, and stops as soon as it no longer does. The addresses
 * get listeners of their own beside the loopback one, so that the seat at this machine never notices.
 * Answers the function that ends it.
 */
export function shareOnLan(app: App, server: FastifyInstance, port: number): () => Promise<void> {
  let listeners: Server[] = []
  const close = async () => {
    const closing = listeners
    listeners = []
    await Promise.all(
      closing.map(
        (one) =>
          new Promise<void>((resolve) => {
            one.close(() => resolve())
            one.closeAllConnections()
          }),
      ),
    )
  }
  const open = () => {
    listeners = lanAddresses().map((address) => {
      const listener = createServer((request, response) => server.routing(request, response))
      listener.on('error', (error) =>
        app.log.warn({ err: error, address, port }, 'the shop network cannot be served'),
      )
      return listener.listen(port, address)
    })
  }
  let on = false
  const apply = () => {
    const wanted = sharingOn(app)
    if (wanted === on) return
    on = wanted
    if (wanted) open()
    else void close()
  }
  apply()
  const unsubscribe = app.subscribe((event) => {
    if (event.topic === 'settings') apply()
  })
  return async () => {
    unsubscribe()
    await close()
  }
}

import type { FastifyInstance } from 'fastify'
import type { ShopSettings } from '#contract/settings.ts'
import type { Sharing } from '#contract/seats.ts'
import type { App } from '#core/app.ts'
import { drawQr } from '../documents/barcodes.ts'
import { openAuthority, readAuthority, type Authority } from '../trust/authority.ts'
import { chosenAddresses, lanAddresses, plainPort, settingsOf, type LanAddress } from './lan.ts'
import { listenPlain, listenSecure, plainBesideSecure, refused, type Listener } from './listeners.ts'

/** How often the computer's networks are looked at: a router may give it another address. */
const lookMs = 10_000

export interface Network {
  /** Where the shop's network is served when nobody chose a port. */
  usualPort: number
  status(): Sharing
  authority(): Authority | null
  /** Begins to serve the other seats as the settings say. Answers the function that ends it. */
  share(server: FastifyInstance): () => Promise<void>
}

interface Wanted {
  readonly key: string
  open(): Listener
}

const urlOf = (scheme: string, address: string, port: number) => `${scheme}://${address}:${port}`

/** A QR code as a picture of its own, with the quiet zone that cameras need. */
function qrOf(text: string): string {
  const { svg, width, module } = drawQr(text, 160)
  const size = width + module * 8
  const [, path = ''] = /<path[^>]* d="([^"]*)"/.exec(svg) ?? []
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-module * 4} ${-module * 4} ${size} ${size}"><path fill="#fff" d="M${-module * 4} ${-module * 4}h${size}v${size}h${-size}z"/><path fill="#000" fill-rule="evenodd" d="${path}"/></svg>`
}

/**
 * Serves the other seats while the shop's settings say so. Each address has a listener of its own beside the loopback
 * one; a change opens and closes only those it is about, so that nobody else notices.
 */
export function createNetwork(app: App, dataFolder: string, usualPort: number): Network {
  const open = new Map<string, Listener>()
  let server: FastifyInstance | undefined
  const now = () => app.clock.now()
  const announce = () => app.announce('sharing', [])

  const authorityFor = (settings: ShopSettings): Authority =>
    openAuthority(
      dataFolder,
      settings.name,
      lanAddresses().map((one) => one.address),
      now(),
    )

  const wantedAt = (settings: ShopSettings, { address }: LanAddress, routing: FastifyInstance): Wanted[] => {
    const port = plainPort(settings, network.usualPort)
    const serve: Parameters<typeof plainBesideSecure>[0] = (request, response) =>
      routing.routing(request, response)
    const changed = announce
    if (!settings.lanHttps) {
      const key = urlOf('http', address, port)
      return [{ key, open: () => listenPlain({ address, port, serve, changed }) }]
    }
    const secure = urlOf('https', address, port + 1)
    const plain = plainBesideSecure(serve, secure)
    return [
      {
        key: secure,
        open() {
          if (!authorityFor(settings).covers(address)) return refused(address, port + 1, 'outside')
          const certify = (at: number) => authorityFor(settings).serverFor(address, at)
          return listenSecure({ address, port: port + 1, serve, changed }, certify, now())
        },
      },
      {
        key: `${urlOf('http', address, port)} beside ${secure}`,
        open: () => listenPlain({ address, port, serve: plain, changed }),
      },
    ]
  }

  /** Brings what is served in line with what is wanted. A listener that failed is tried again. */
  const apply = async () => {
    const settings = settingsOf(app)
    const wanted =
      server && settings?.lanSharing
        ? chosenAddresses(settings).flatMap((one) => wantedAt(settings, one, server as FastifyInstance))
        : []
    const keys = new Set(wanted.map((one) => one.key))
    const leaving = [...open].filter(
      ([key, one]) => !keys.has(key) || !['open', 'opening', 'outside'].includes(one.state()),
    )
    for (const [key] of leaving) open.delete(key)
    await Promise.all(leaving.map(([, one]) => one.close()))
    for (const { key, open: begin } of wanted) if (!open.has(key)) open.set(key, begin())
    for (const one of open.values()) one.renew(now())
    if (leaving.length > 0) announce()
  }

  // One change after the other: a port that is being given up is free only afterwards.
  let turn = Promise.resolve()
  const applyInTurn = () => {
    turn = turn.then(apply).catch((error: unknown) => {
      app.log.error({ err: error }, 'the shop network cannot be served')
    })
    return turn
  }

  const stateOf = (settings: ShopSettings, address: string): Sharing['addresses'][number]['state'] => {
    if (!settings.lanSharing) return 'off'
    const listeners = [...open.values()].filter((one) => one.address === address)
    const states = listeners.map((one) => one.state())
    return states.find((state) => state !== 'open') ?? (states.length > 0 ? 'open' : 'opening')
  }

  const network: Network = {
    usualPort,
    authority: () => readAuthority(dataFolder, now()),
    status() {
      const settings = settingsOf(app)
      if (!settings) throw new Error('sharing is asked about by a person of the shop')
      const plain = plainPort(settings, network.usualPort)
      const port = settings.lanHttps ? plain + 1 : plain
      const chosen = chosenAddresses(settings)
      const authority = network.authority()
      return {
        on: settings.lanSharing,
        https: settings.lanHttps,
        port,
        plainPort: plain,
        interfaces: lanAddresses(),
        interfaceGone: settings.lanInterface !== '' && chosen.length === 0,
        addresses: chosen.map(({ name, address }) => {
          const url = `${urlOf(settings.lanHttps ? 'https' : 'http', address, port)}/`
          const trustUrl = settings.lanHttps ? `${urlOf('http', address, plain)}/trust` : null
          const trustQr = trustUrl === null ? null : qrOf(trustUrl)
          return {
            interface: name,
            address,
            url,
            qr: qrOf(url),
            trustUrl,
            trustQr,
            state: stateOf(settings, address),
          }
        }),
        authority: authority && {
          name: authority.name,
          sha256: authority.sha256,
          validUntil: authority.validUntil,
        },
      }
    },
    share(given) {
      server = given
      void applyInTurn()
      const timer = setInterval(() => void applyInTurn(), lookMs)
      const unsubscribe = app.subscribe((event) => {
        if (event.topic === 'settings') void applyInTurn()
      })
      return async () => {
        clearInterval(timer)
        unsubscribe()
        server = undefined
        await applyInTurn()
      }
    },
  }
  return network
}

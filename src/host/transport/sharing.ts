import type { FastifyInstance } from 'fastify'
import type { ShopSettings } from '#contract/settings.ts'
import type { Sharing } from '#contract/seats.ts'
import type { App } from '#core/app.ts'
import { openAuthority, readAuthority, type Authority } from '../trust/authority.ts'
import { chosenAddresses, lanAddresses, plainPort, settingsOf } from './lan.ts'
import {
  listenPlain,
  listenSecure,
  plainBesideSecure,
  refused,
  type Listener,
  type Serve,
} from './listeners.ts'
import { sharingStatus, urlOf } from './sharing-status.ts'

/** How often the computer's networks are looked at: a router may give it another address. */
const lookMs = 10_000
/** A listener in another state is given up and tried again. */
const lasting = new Set<ReturnType<Listener['state']>>(['open', 'opening', 'outside'])

export interface Network {
  /** Where the shop's network is served when nobody chose a port. */
  usualPort: number
  status(): Sharing
  authority(): Authority | null
  /** Begins to serve the other seats as the settings say. Answers the function that ends it. */
  share(server: FastifyInstance): () => Promise<void>
}

/** What a listener is made from. */
interface Place {
  readonly address: string
  /** The plain port; with HTTPS the one after it serves the seats. */
  readonly port: number
  readonly serve: Serve
  readonly changed: () => void
  authority(): Authority
  now(): number
}

interface Wanted {
  readonly key: string
  open(): Listener
}

/** The listeners one address needs: one, or with HTTPS the encrypted one and the plain one beside it. */
function wantedAt(place: Place, https: boolean): Wanted[] {
  const { address, port, serve, changed } = place
  const plain = urlOf('http', address, port)
  if (!https) return [{ key: plain, open: () => listenPlain({ address, port, serve, changed }) }]
  const secure = urlOf('https', address, port + 1)
  const beside = plainBesideSecure(serve, secure)
  const openSecure = (): Listener => {
    if (!place.authority().covers(address)) return refused(address, port + 1, 'outside')
    const certify = (at: number) => place.authority().serverFor(address, at)
    return listenSecure({ address, port: port + 1, serve, changed }, certify, place.now())
  }
  return [
    { key: secure, open: openSecure },
    {
      key: `${plain} beside ${secure}`,
      open: () => listenPlain({ address, port, serve: beside, changed }),
    },
  ]
}

/** Opens and closes only what differs between what is served and what is wanted. Answers whether anything ended. */
async function bringAbout(open: Map<string, Listener>, wanted: readonly Wanted[]): Promise<boolean> {
  const keys = new Set(wanted.map((one) => one.key))
  const leaving = [...open].filter(([key, one]) => !keys.has(key) || !lasting.has(one.state()))
  for (const [key] of leaving) open.delete(key)
  await Promise.all(leaving.map(([, one]) => one.close()))
  for (const { key, open: begin } of wanted) if (!open.has(key)) open.set(key, begin())
  return leaving.length > 0
}

/**
 * Serves the other seats while the shop's settings say so. Each address has a listener of its own beside the loopback
 * one; a change opens and closes only those it is about, so that nobody else notices.
 */
export function createNetwork(app: App, dataFolder: string, usualPort: number): Network {
  const open = new Map<string, Listener>()
  let server: FastifyInstance | undefined
  const now = () => app.clock.now()
  const changed = () => app.announce('sharing', [])
  const serve: Serve = (request, response) => server?.routing(request, response)

  const wantedBy = (settings: ShopSettings): Wanted[] => {
    const port = plainPort(settings, network.usualPort)
    const authority = () => {
      const addresses = lanAddresses().map((one) => one.address)
      return openAuthority(dataFolder, settings.name, addresses, now())
    }
    return chosenAddresses(settings).flatMap(({ address }) =>
      wantedAt({ address, port, serve, changed, authority, now }, settings.lanHttps),
    )
  }
  const apply = async () => {
    const settings = server ? settingsOf(app) : null
    const ended = await bringAbout(open, settings?.lanSharing ? wantedBy(settings) : [])
    for (const one of open.values()) one.renew(now())
    if (ended) changed()
  }
  // One change after the other: a port that is being given up is free only afterwards.
  let turn = Promise.resolve()
  const applyInTurn = () => {
    turn = turn.then(apply).catch((error: unknown) => {
      app.log.error({ err: error }, 'the shop network cannot be served')
    })
    return turn
  }

  const network: Network = {
    usualPort,
    authority: () => readAuthority(dataFolder, now()),
    status() {
      const settings = settingsOf(app)
      if (!settings) throw new Error('sharing is asked about by a person of the shop')
      return sharingStatus(settings, network.usualPort, [...open.values()], network.authority())
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

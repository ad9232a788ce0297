import type { ClientContext, ClientLink } from '@orpc/client'
import { RPCLink as FetchLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'

type Link = ClientLink<ClientContext>

let current: Promise<Link> | undefined

/** The way to the host: a MessagePort in the desktop program, HTTP in every browser and to another seat's host. Opened when first needed. */
export function openLink(): Promise<Link> {
  const connect = window.benchside?.connect
  current ??= connect ? openPort(connect) : Promise.resolve(openHttp())
  return current
}

/** Forgets the present way, so that the next call opens a new one (the host may have been restarted). */
export function dropLink(): void {
  if (window.benchside?.connect) current = undefined
}

function openHttp(): Link {
  return new FetchLink<ClientContext>({
    url: `${location.origin}/rpc`,
    fetch: (request, init) => globalThis.fetch(request, { ...init, credentials: 'same-origin' }),
  })
}

/** The preload script cannot hand a port over as a value; it posts it to this window. */
async function openPort(connect: () => Promise<void>): Promise<Link> {
  const { promise, resolve } = Promise.withResolvers<MessagePort>()
  const receive = (event: MessageEvent<unknown>): void => {
    const [port] = event.ports
    if (event.source !== window || !port || !isPortMessage(event.data)) return
    window.removeEventListener('message', receive)
    resolve(port)
  }
  window.addEventListener('message', receive)
  await connect()
  const port = await promise
  port.addEventListener('close', dropLink)
  port.start()
  return new PortLink({ port })
}

function isPortMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === 'benchside:port'
}

import { EventEmitter } from 'node:events'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { MessagePort } from 'node:worker_threads'

/* The page in the window: the preload script runs beside it, and a few lines do what the window's own code does
 * to reach the host. Everything is in the shell's process; a real Chromium is not needed to prove the shell. */

const require = createRequire(import.meta.url)

class PageMessage extends Event {
  readonly data: unknown
  readonly ports: readonly MessagePort[]
  readonly source: PageWindow

  constructor(data: unknown, ports: readonly MessagePort[], source: PageWindow) {
    super('message')
    this.data = data
    this.ports = ports
    this.source = source
  }
}

class PageWindow extends EventTarget {
  readonly location: { readonly origin: string; readonly href: string }

  constructor(address: string) {
    super()
    const { protocol, host } = new URL(address)
    this.location = { origin: `${protocol}//${host}`, href: address }
  }

  postMessage(data: unknown, target: string, ports: readonly MessagePort[] = []): void {
    // As in a browser: a message meant for another origin is not delivered.
    if (target !== this.location.origin) return
    const message = new PageMessage(structuredClone(data), ports, this)
    setImmediate(() => this.dispatchEvent(message))
  }
}

interface Exposed {
  connect(): Promise<void>
  onHostState?(callback: (state: string) => void): () => void
}

type Procedure = (input: unknown) => Promise<unknown>

/** Everything the preload exposed, by name; set through contextBridge. */
export const exposed = new Map<string, object>()
export const ipcRenderer = Object.assign(new EventEmitter(), {
  invoke: (_channel: string, ..._args: unknown[]): Promise<unknown> =>
    Promise.reject(new Error('no page is loaded')),
})
export const contextBridge = {
  exposeInMainWorld(name: string, api: object): void {
    if (exposed.has(name)) throw new Error(`${name} is exposed already`)
    exposed.set(name, api)
  },
}

export class Page {
  readonly hostStates: string[] = []
  readonly window: PageWindow
  ports = 0
  portClosed = Promise.withResolvers<void>()
  #client: unknown

  constructor(address: string) {
    this.window = new PageWindow(address)
  }

  /** Runs the preload script, as a load of the page does. */
  async load(preload: string, args: readonly string[] = []): Promise<void> {
    exposed.clear()
    ipcRenderer.removeAllListeners()
    Object.defineProperty(globalThis, 'window', { value: this.window, configurable: true, writable: true })
    const { argv } = process
    process.argv = [...argv, ...args]
    if (preload.endsWith('.cjs')) {
      delete require.cache[require.resolve(preload)]
      require(preload)
    } else await import(`${pathToFileURL(preload).href}?load=${performance.now()}`)
    process.argv = argv
    this.#api().onHostState?.((state) => this.hostStates.push(state))
  }

  /** Asks the shell for a port to the host, as the window's own code does. */
  async connect(): Promise<void> {
    const came = Promise.withResolvers<MessagePort>()
    const receive = (event: Event): void => {
      const [port] = event instanceof PageMessage ? event.ports : []
      if (!(event instanceof PageMessage) || event.source !== this.window || port === undefined) return
      if (JSON.stringify(event.data) === '{"type":"benchside:port"}') came.resolve(port)
    }
    this.window.addEventListener('message', receive)
    await this.#api().connect()
    const port = await came.promise
    this.window.removeEventListener('message', receive)
    this.ports += 1
    this.portClosed = Promise.withResolvers<void>()
    const { resolve } = this.portClosed
    port.on('close', () => resolve())
    port.start()
    this.#client = createORPCClient(new RPCLink({ port }))
  }

  /** Calls a method of the contract over the page's port. */
  async call(method: string, input: unknown): Promise<unknown> {
    let target = this.#client
    for (const part of method.split('.')) target = (target as Record<string, unknown>)[part]
    return await (target as Procedure)(input)
  }

  #api(): Exposed {
    const api = exposed.get('benchside')
    if (api === undefined) throw new Error('the preload exposed nothing')
    return api as Exposed
  }
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import { Cdp } from './cdp.ts'
import { answerRequest, grantAsTheShellDoes, pageAddress } from './chromium-network.ts'
import type { PortMain } from './ports.ts'
import { Frame, type Contents } from './frame.ts'
import { readWire, writeWire } from './wire.ts'

/* A window of the shell as a page of a real Chromium: the built preload script runs there in a world of its own, and
 * IPC and ports are carried to the shell's process by the browser's debugging protocol. */

export interface ChromiumPageOptions {
  readonly contents: Contents
  /** File of the built preload script. */
  readonly preload: string
  readonly args: readonly string[]
}

type Invoke = (
  channel: string,
  sender: object,
  frame: object | null,
  args: readonly unknown[],
) => Promise<unknown>
let invokeShell: Invoke
/** Given by the stand-in for `electron`, which holds the shell's handlers. */
export function answerWith(invoke: Invoke): void {
  invokeShell = invoke
}

const world = 'preload'
const askBinding = 'standInAsk'
const worlds = readFileSync(join(import.meta.dirname, 'worlds.js'), 'utf8').replaceAll(
  'export function',
  'function',
)

interface Context {
  readonly id: number
  readonly frameId: string
}

export class ChromiumPage {
  readonly #cdp: Cdp
  readonly #session: string
  readonly #targetId: string
  readonly #options: ChromiumPageOptions
  readonly #ports = new Map<number, MessagePort>()
  #contexts: Context[] = []
  #loaded = Promise.withResolvers<void>()
  #lastPort = 0
  /** The address the shell itself loads: no navigation of the page's. */
  loading: string | undefined

  private constructor(cdp: Cdp, session: string, targetId: string, options: ChromiumPageOptions) {
    this.#cdp = cdp
    this.#session = session
    this.#targetId = targetId
    this.#options = options
  }

  static async open(browser: string, options: ChromiumPageOptions): Promise<ChromiumPage> {
    const cdp = await Cdp.connect(browser)
    const { targetId } = await cdp.send('Target.createTarget', { url: 'about:blank' })
    const { sessionId } = await cdp.send('Target.attachToTarget', { targetId, flatten: true })
    const page = new ChromiumPage(cdp, String(sessionId), String(targetId), options)
    cdp.on((params, session) => {
      if (session === page.#session) page.#hear(params)
    })
    for (const domain of ['Page', 'Runtime']) await page.#send(`${domain}.enable`)
    await page.#send('Runtime.addBinding', { name: askBinding, executionContextName: world })
    const preload = readFileSync(options.preload, 'utf8')
    const { platform, versions } = process
    const run = `isolatedWorld((text) => ${askBinding}(text), ${JSON.stringify(options.args)}, (require, argv) => {
      const process = { platform: '${platform}', argv, versions: ${JSON.stringify({ ...versions, electron: '0', chrome: '0' })} }
      const module = { exports: {} }
      ;((exports) => { ${preload}
      })(module.exports)
    })`
    await page.#send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(() => { ${worlds}\n${run} })()`,
      worldName: world,
    })
    await page.#send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(() => { ${worlds}\nmainWorld() })()`,
    })
    await page.#send('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
    return page
  }

  async load(address: string): Promise<void> {
    await grantAsTheShellDoes(this.#cdp, this.#options.contents, address)
    this.#loaded = Promise.withResolvers()
    this.loading = address
    const { errorText } = await this.#send('Page.navigate', { url: pageAddress(address) })
    if (typeof errorText === 'string' && errorText !== '') {
      this.#options.contents.emit('did-fail-load', {}, -1, errorText.replace('net::', ''), address, true)
      throw new Error(errorText)
    }
    await this.#loaded.promise
  }

  send(channel: string, args: readonly unknown[], ports: readonly PortMain[]): void {
    this.#tell({ type: 'send', id: ports.map((port) => this.#adopt(port.inner)), channel, args })
  }

  /** Calls the shell from a frame within the page, as if it had a preload script. */
  async invokeFromFrame(channel: string): Promise<string> {
    const context = this.#contexts.find(({ frameId }) => frameId !== this.#targetId)
    if (!context) throw new Error('there is no frame within the page')
    const expression = `standInInvoke(${JSON.stringify(channel)})`
    const { result } = await this.#send('Runtime.evaluate', {
      expression,
      contextId: context.id,
      awaitPromise: true,
    })
    return String((result as { value?: unknown }).value)
  }

  #send(method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    return this.#cdp.send(method, params, this.#session)
  }

  #tell(
    what: unknown,
    contextId = this.#contexts.find(({ frameId }) => frameId === this.#targetId)?.id,
  ): void {
    if (contextId === undefined) return
    const expression = `standInHear(${JSON.stringify(writeWire(what))})`
    // A page that was left in the meantime hears nothing, as in Electron.
    void this.#send('Runtime.evaluate', { expression, contextId }).catch(() => {})
  }

  #hear(params: Record<string, unknown>): void {
    const method = params['$']
    if (method === 'Runtime.executionContextCreated')
      this.#addContext(params['context'] as Record<string, unknown>)
    else if (method === 'Runtime.executionContextsCleared') this.#leave()
    else if (method === 'Runtime.executionContextDestroyed')
      this.#contexts = this.#contexts.filter(({ id }) => id !== params['executionContextId'])
    else if (method === 'Runtime.bindingCalled')
      this.#asked(String(params['payload']), Number(params['executionContextId']))
    else if (method === 'Page.loadEventFired') this.#loaded.resolve()
    else if (method === 'Fetch.requestPaused')
      void answerRequest(
        params,
        { page: this, contents: this.#options.contents, mainFrameId: this.#targetId },
        (name, more) => this.#send(name, more),
      ).catch(() => {})
  }

  #addContext({ id, name, auxData }: Record<string, unknown>): void {
    if (name === world)
      this.#contexts.push({ id: Number(id), frameId: String((auxData as { frameId: string }).frameId) })
  }

  /** The page was left: what it held of the shell is closed. */
  #leave(): void {
    this.#contexts = []
    for (const port of this.#ports.values()) port.close()
  }

  #asked(text: string, contextId: number): void {
    const asked = readWire(text) as {
      type: string
      id: number
      channel: string
      args: unknown[]
      data: unknown
    }
    if (asked.type === 'port') this.#ports.get(asked.id)?.postMessage(asked.data)
    else if (asked.type === 'close') this.#ports.get(asked.id)?.close()
    else {
      const { contents } = this.#options
      const context = this.#contexts.find(({ id }) => id === contextId)
      const main = context?.frameId === this.#targetId
      const frame = main ? contents.mainFrame : new Frame(contents.mainFrame.url, contents.mainFrame)
      const settle = (more: object): void => this.#tell({ type: 'answer', id: asked.id, ...more }, contextId)
      invokeShell(asked.channel, contents, frame, asked.args).then(
        (value) => settle({ value }),
        (error: unknown) => settle({ error: error instanceof Error ? error.message : String(error) }),
      )
    }
  }

  #adopt(port: MessagePort): number {
    const id = ++this.#lastPort
    this.#ports.set(id, port)
    port.on('message', (data: unknown) => this.#tell({ type: 'port', id, data }))
    port.on('close', () => {
      this.#ports.delete(id)
      this.#tell({ type: 'close', id })
    })
    return id
  }
}

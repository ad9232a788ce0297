import { EventEmitter } from 'node:events'
import type { PortMain } from './ports.ts'
import { ipcRenderer, Page } from './page.ts'

/** A frame of a page. Only the main frame of the window has a preload script to answer to. */
export class Frame {
  readonly url: string
  readonly parent: Frame | null
  readonly detached = false
  #destroyed = false

  constructor(url: string, parent: Frame | null) {
    this.url = url
    this.parent = parent
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  destroy(): void {
    this.#destroyed = true
  }

  postMessage(channel: string, message: unknown, ports: readonly PortMain[] = []): void {
    ipcRenderer.emit(channel, { ports: ports.map((port) => port.inner) }, message)
  }
}

interface Verdict {
  readonly action: 'allow' | 'deny'
}

export class WebContents extends EventEmitter {
  mainFrame = new Frame('about:blank', null)
  page: Page | undefined
  loads = 0
  windowOpenHandler: (details: { url: string }) => Verdict = () => ({ action: 'allow' })
  readonly #preload: string

  constructor(preload: string) {
    super()
    this.#preload = preload
  }

  setWindowOpenHandler(handler: (details: { url: string }) => Verdict): void {
    this.windowOpenHandler = handler
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.page) ipcRenderer.emit(channel, {}, ...args)
  }

  async loadURL(url: string): Promise<void> {
    this.mainFrame.destroy()
    this.mainFrame = new Frame(url, null)
    const page = new Page(url)
    this.page = page
    // A page never loads at once: the lines after loadURL() come first.
    await new Promise((next) => setImmediate(next))
    await page.load(this.#preload)
    this.loads += 1
    this.emit('did-finish-load')
  }

  reload(): void {
    void this.loadURL(this.mainFrame.url)
  }
}

import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ChromiumPage } from './chromium-page.ts'
import { Frame } from './frame.ts'
import { ipcRenderer, Page } from './page.ts'
import { printers, system } from './system.ts'

interface Verdict {
  readonly action: 'allow' | 'deny'
}

export class WebContents extends EventEmitter {
  mainFrame = new Frame('about:blank', null)
  page: Page | undefined
  /** The page in a real Chromium, where the test has one. */
  chromium: ChromiumPage | undefined
  loads = 0
  zoom = 0
  windowOpenHandler: (details: { url: string }) => Verdict = () => ({ action: 'allow' })
  readonly #preload: string | undefined
  readonly #args: readonly string[]

  constructor(preload?: string, args: readonly string[] = []) {
    super()
    this.#preload = preload
    this.#args = args
  }

  setWindowOpenHandler(handler: (details: { url: string }) => Verdict): void {
    this.windowOpenHandler = handler
  }

  setZoomLevel(level: number): void {
    this.zoom = level
  }

  getPrintersAsync(): Promise<typeof printers> {
    return Promise.resolve(printers)
  }

  print(options: Record<string, unknown>, callback: (success: boolean, reason: string) => void): void {
    const file = fileURLToPath(this.mainFrame.url)
    system.printed.push({ file, existed: existsSync(file), options })
    setImmediate(() => callback(options['deviceName'] !== 'broken', ''))
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.chromium) this.chromium.send(channel, args, [])
    else if (this.page) ipcRenderer.emit(channel, {}, ...args)
  }

  async loadURL(url: string): Promise<void> {
    this.mainFrame.destroy()
    const browser = process.env['STANDIN_BROWSER']
    if (browser !== undefined && this.#preload !== undefined) await this.#loadInChromium(browser, url)
    else await this.#loadHere(url)
    this.loads += 1
    this.emit('did-finish-load')
  }

  reload(): void {
    void this.loadURL(this.mainFrame.url)
  }

  async #loadHere(url: string): Promise<void> {
    this.mainFrame = new Frame(url, null, (channel, message, ports) =>
      ipcRenderer.emit(channel, { ports: ports.map((port) => port.inner) }, message),
    )
    const page = new Page(url)
    this.page = page
    // A page never loads at once: the lines after loadURL() come first.
    await new Promise((next) => setImmediate(next))
    if (this.#preload !== undefined) await page.load(this.#preload, this.#args)
  }

  async #loadInChromium(browser: string, url: string): Promise<void> {
    this.chromium ??= await ChromiumPage.open(browser, {
      contents: this,
      preload: this.#preload ?? '',
      args: this.#args,
    })
    const page = this.chromium
    this.mainFrame = new Frame(url, null, (channel, message, ports) => page.send(channel, [message], ports))
    await page.load(url)
  }
}

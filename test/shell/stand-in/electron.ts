import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { serveWith } from './chromium-network.ts'
import { answerWith } from './chromium-page.ts'
import { ipcRenderer } from './page.ts'
import { system } from './system.ts'
import { WebContents } from './web-contents.ts'

/* The part of Electron that the shell uses, without Electron: it records what the shell asks for, and lets a
 * test play what Chromium and the user would do. The shell's own code runs unchanged on top of it. */

export { contextBridge, ipcRenderer } from './page.ts'
export { MessageChannelMain } from './ports.ts'
export { crashReporter, dialog, Menu, Notification, safeStorage, screen, shell, Tray } from './system.ts'
export { utilityProcess } from './utility-process.ts'

type Handler = (...args: never[]) => unknown

function setting(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`the test sets ${name}`)
  return value
}

class App extends EventEmitter {
  readonly isPackaged = false
  readonly paths = new Map<string, string>([
    ['home', setting('STANDIN_HOME')],
    ['documents', join(setting('STANDIN_HOME'), 'Documents')],
    ['appData', join(setting('STANDIN_HOME'), 'config')],
    ['userData', join(setting('STANDIN_HOME'), 'config', 'Electron')],
  ])
  sandboxed = false
  ready = false
  quitting = false
  #lock: string | undefined
  readonly #readiness = new Promise<void>((resolve) => {
    setTimeout(() => {
      this.ready = true
      this.emit('ready')
      resolve()
    }, 20)
  })

  whenReady(): Promise<void> {
    return this.#readiness
  }

  getAppPath(): string {
    return setting('STANDIN_ROOT')
  }

  getLocale(): string {
    return setting('STANDIN_LOCALE')
  }

  getPath(name: string): string {
    const path = this.paths.get(name)
    if (path === undefined) throw new Error(`there is no path ${name}`)
    return path
  }

  setPath(name: string, path: string): void {
    if (this.ready) throw new Error('too late')
    this.paths.set(name, path)
  }

  setAppUserModelId(_id: string): void {}

  getVersion(): string {
    return '0.1.0'
  }

  setAsDefaultProtocolClient(scheme: string): void {
    system.protocols.push(scheme)
  }

  relaunch(options: Record<string, unknown>): void {
    system.relaunches.push(options)
    process.stdout.write(`RELAUNCH ${JSON.stringify(options)}\n`)
  }

  enableSandbox(): void {
    if (this.ready) throw new Error('too late')
    this.sandboxed = true
  }

  /* As in Electron the lock belongs to the user-data folder, and the first instance hears of the second. */
  requestSingleInstanceLock(): boolean {
    const folder = this.getPath('userData')
    mkdirSync(folder, { recursive: true })
    const lock = join(folder, 'single-instance')
    if (existsSync(lock)) {
      // Moved into place, so that the first instance hears once and reads the whole of it.
      writeFileSync(join(folder, 'knocking'), JSON.stringify(process.argv))
      renameSync(join(folder, 'knocking'), join(folder, 'knock'))
      return false
    }
    writeFileSync(lock, String(process.pid))
    this.#lock = lock
    watch(folder, (event, name) => {
      if (event !== 'rename' || name !== 'knock') return
      this.emit('second-instance', {}, JSON.parse(readFileSync(join(folder, 'knock'), 'utf8')))
    }).unref()
    return true
  }

  quit(): void {
    this.quitting = true
    this.emit('before-quit')
    for (const window of BrowserWindow.all) window.close()
    if (BrowserWindow.all.some((window) => !window.isDestroyed())) return
    let prevented = false
    this.emit('will-quit', { preventDefault: () => (prevented = true) })
    if (!prevented) this.exit(0)
  }

  exit(code: number): void {
    if (this.#lock !== undefined) rmSync(this.#lock, { force: true })
    process.exit(code)
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = []
  readonly options: Record<string, unknown>
  readonly webContents: WebContents
  readonly shown = { show: 0, focus: 0 }
  maximized = false
  hidden = false
  /** Set by a test: whether the person looks at it. */
  focused = false
  #destroyed = false

  constructor(options: Record<string, unknown>) {
    super()
    this.options = options
    const preferences = options['webPreferences'] as { preload?: string; additionalArguments?: string[] }
    const preload = preferences.preload && (process.env['STANDIN_PRELOAD'] ?? preferences.preload)
    this.webContents = new WebContents(preload, preferences.additionalArguments)
    BrowserWindow.all.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.loadURL(url)
    this.emit('ready-to-show')
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  isMinimized(): boolean {
    return false
  }

  isMaximized(): boolean {
    return this.maximized
  }

  isFullScreen(): boolean {
    return false
  }

  isFocused(): boolean {
    return this.focused
  }

  getNormalBounds(): Record<string, unknown> {
    const { x = 0, y = 0, width, height } = this.options
    return { x, y, width, height }
  }

  maximize(): void {
    this.maximized = true
    this.emit('maximize')
  }

  restore(): void {}

  hide(): void {
    this.hidden = true
  }

  /** As when a person presses the cross: the shell may say no. */
  close(): void {
    if (this.#destroyed) return
    let prevented = false
    this.emit('close', { preventDefault: () => (prevented = true) })
    if (!prevented) this.destroy()
  }

  show(): void {
    this.hidden = false
    this.shown.show += 1
  }

  focus(): void {
    this.shown.focus += 1
  }

  destroy(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    this.emit('closed')
    const last = BrowserWindow.all.every((window) => window.isDestroyed())
    if (last && !app.quitting) app.emit('window-all-closed')
  }
}

export const app = new App()

/** What the shell set up, by name, for the tests to look at and to call. */
export const installed = {
  schemes: [] as unknown[],
  handlers: new Map<string, Handler>(),
  ipc: new Map<string, Handler>(),
}

export const protocol = {
  registerSchemesAsPrivileged(schemes: unknown[]): void {
    if (app.ready) throw new Error('schemes are registered before the application is ready')
    installed.schemes.push(...schemes)
  },
}

export const session = {
  defaultSession: {
    on: (event: string, handler: Handler) => void installed.handlers.set(event, handler),
    clearStorageData: () => Promise.resolve(),
    setCertificateVerifyProc: (handler: Handler) => void installed.handlers.set('certificate', handler),
    protocol: { handle: (scheme: string, handler: Handler) => void installed.handlers.set(scheme, handler) },
    setPermissionRequestHandler: (handler: Handler) =>
      void installed.handlers.set('permission-request', handler),
    setPermissionCheckHandler: (handler: Handler) => void installed.handlers.set('permission-check', handler),
    setDevicePermissionHandler: (handler: Handler) =>
      void installed.handlers.set('device-permission', handler),
  },
}

export const ipcMain = {
  handle(channel: string, handler: Handler): void {
    installed.ipc.set(channel, handler)
  },
}

ipcRenderer.invoke = async (channel: string, ...args: unknown[]): Promise<unknown> => {
  const [window] = BrowserWindow.all
  if (window === undefined) throw new Error('there is no window')
  return await invokeFrom(channel, window.webContents, window.webContents.mainFrame, args)
}

/** Calls a handler of the shell as a given frame of given web contents would. */
export async function invokeFrom(
  channel: string,
  sender: object,
  senderFrame: object | null,
  args: readonly unknown[] = [],
): Promise<unknown> {
  const handler = installed.ipc.get(channel) as ((...given: unknown[]) => unknown) | undefined
  if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
  return await handler({ sender, senderFrame, type: 'frame' }, ...structuredClone(args))
}

answerWith(invokeFrom)
serveWith((name) => {
  const found = installed.handlers.get(name)
  if (found === undefined) throw new Error(`the shell has set no handler ${name}`)
  return found as (...args: unknown[]) => unknown
})

import { join } from 'node:path'
import { BrowserWindow, type Rectangle } from 'electron'
import type { Home } from './home.ts'
import { smallest } from './window-place.ts'

export interface WindowOptions {
  /** The program's own folder. */
  readonly root: string
  readonly devTools: boolean
  /** Where it stood last, if anywhere. */
  readonly bounds: Partial<Rectangle>
  readonly maximized: boolean
  zoom(): number
  readonly home: Home
  onCrash(reason: string): void
}

const reloadDelayMs = 1000

/** Opens the one window of the application. It has no more rights than a page in a browser. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const { root, devTools, home } = options
  const window = new BrowserWindow({
    title: 'Benchside',
    ...options.bounds,
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    autoHideMenuBar: true,
    icon: join(root, 'resources', 'icons', '256x256.png'),
    webPreferences: {
      preload: join(root, 'out', 'preload', 'index.cjs'),
      additionalArguments: [`--benchside-home=${home.kind}`],
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      /* The spelling checker fetches its dictionaries from the web. */
      spellcheck: false,
      devTools,
    },
  })
  window.once('ready-to-show', () => {
    if (options.maximized) window.maximize()
    window.show()
  })
  window.webContents.on('did-finish-load', () => window.webContents.setZoomLevel(options.zoom()))
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    // Drafts are kept by the host, so a new page goes on where the old one broke off.
    if (reason === 'clean-exit') return
    options.onCrash(reason)
    setTimeout(() => {
      if (!window.isDestroyed()) window.webContents.reload()
    }, reloadDelayMs)
  })
  return window
}

/** Brings the window to the front, for a second start of the program. */
export function showWindow(window: BrowserWindow): void {
  if (window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

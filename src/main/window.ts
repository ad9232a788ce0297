import { join } from 'node:path'
import { BrowserWindow } from 'electron'
import { startPage } from './own-page.ts'

export interface WindowOptions {
  /** The program's own folder. */
  readonly root: string
  readonly devTools: boolean
}

const reloadDelayMs = 1000

/** Opens the one window of the application. It has no more rights than a page in a browser. */
export function openWindow({ root, devTools }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Benchside',
    width: 1280,
    height: 800,
    /* The smallest screen is 1280 × 800, and the system's own bars take a part of it. */
    minWidth: 1024,
    minHeight: 640,
    show: false,
    autoHideMenuBar: true,
    icon: join(root, 'resources', 'icons', '256x256.png'),
    webPreferences: {
      preload: join(root, 'out', 'preload', 'index.cjs'),
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
  window.once('ready-to-show', () => window.show())
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    // Drafts are kept by the host, so a new page goes on where the old one broke off.
    if (reason === 'clean-exit') return
    setTimeout(() => {
      if (!window.isDestroyed()) window.webContents.reload()
    }, reloadDelayMs)
  })
  void window.loadURL(startPage)
  return window
}

/** Brings the window to the front, for a second start of the program. */
export function showWindow(window: BrowserWindow): void {
  if (window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

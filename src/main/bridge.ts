import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent, type WebFrameMain } from 'electron'
import type { HostKeeper, HostState } from './host-keeper.ts'
import { isOwnPage } from './own-page.ts'

/**
 * What the window may ask of the shell, and all of it: the host's state and a channel to the host. Whoever
 * asks must be the page itself, of our own origin, in our own window; a frame within it is refused.
 */
export function serveBridge(window: BrowserWindow, host: HostKeeper): void {
  ipcMain.handle('benchside:host-state', (event): HostState => {
    requireOwnPage(window, event)
    return host.state()
  })
  ipcMain.handle('benchside:connect', async (event): Promise<void> => {
    const frame = requireOwnPage(window, event)
    const port = await host.connect()
    // While the host was away the page may have been closed or loaded anew; the new one asks by itself.
    if (frame.isDestroyed() || frame.detached) port.close()
    else frame.postMessage('benchside:port', null, [port])
  })
}

/** Tells the page that the host came or went. */
export function announceHost(window: BrowserWindow, state: HostState): void {
  if (!window.isDestroyed()) window.webContents.send('benchside:host-state', state)
}

function requireOwnPage(window: BrowserWindow, event: IpcMainInvokeEvent): WebFrameMain {
  const frame = event.senderFrame
  const own = !window.isDestroyed() && event.sender === window.webContents
  if (!own || frame === null || frame.parent !== null || !isOwnPage(frame.url)) throw new Error('forbidden')
  return frame
}

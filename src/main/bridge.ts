import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent, type WebFrameMain } from 'electron'
import type { HostState } from '#contract/shell.ts'
import type { Home } from './home.ts'
import type { HostKeeper } from './host-keeper.ts'
import { isOwnPage } from './own-page.ts'

/** What the page may ask for, by name; each gets what the page sent, of which nothing is known. */
export type Answers = Readonly<Record<string, (given: unknown, frame: WebFrameMain) => unknown>>

/**
 * Answers the window's page and nobody else: whoever asks must be the page itself, of our own or the chosen host's
 * origin, in our own window; a frame within it is refused.
 */
export function serveBridge(window: BrowserWindow, home: Home, answers: Answers): void {
  for (const [name, answer] of Object.entries(answers)) {
    ipcMain.handle(`benchside:${name}`, async (event, given: unknown) =>
      answer(given, requirePage(window, home, event)),
    )
  }
}

/** What only the shell's own page may ask: its host's state and a channel to it. */
export function hostAnswers(host: HostKeeper): Answers {
  return {
    'host-state': (_given, frame): HostState => {
      requireOwn(frame)
      return host.state()
    },
    async connect(_given, frame): Promise<void> {
      requireOwn(frame)
      const port = await host.connect()
      // While the host was away the page may have been closed or loaded anew; the new one asks by itself.
      if (frame.isDestroyed() || frame.detached) port.close()
      else frame.postMessage('benchside:port', null, [port])
    },
  }
}

/** Tells the page that the host came or went. */
export function announceHost(window: BrowserWindow, state: HostState): void {
  if (!window.isDestroyed()) window.webContents.send('benchside:host-state', state)
}

function requirePage(window: BrowserWindow, home: Home, event: IpcMainInvokeEvent): WebFrameMain {
  const frame = event.senderFrame
  const own = !window.isDestroyed() && event.sender === window.webContents
  if (!own || frame === null || frame.parent !== null || !home.isPage(frame.url)) throw new Error('forbidden')
  return frame
}

/** For what no other seat's host may bring about: only the shell's own pages. */
export function requireOwn(frame: WebFrameMain): void {
  if (!isOwnPage(frame.url)) throw new Error('forbidden')
}

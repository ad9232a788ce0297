import { contextBridge, ipcRenderer } from 'electron'
import type { DesktopShell, HostState } from '#contract/shell.ts'

/* The window of another seat's host has no channel to a host of this computer; the shell says so when it opens it. */
const ofOtherHost = process.argv.includes('--benchside-home=other')
const states: readonly HostState[] = ['starting', 'ready', 'restarting', 'failed', 'stopped']
const stateListeners = new Set<(state: HostState) => void>()
let known: HostState | undefined
const followers = new Set<(path: string) => void>()
/** A link that came before the page listened. */
let waitingPath: string | undefined

const ask = (name: string, given?: unknown): Promise<never> =>
  ipcRenderer.invoke(`benchside:${name}`, given) as Promise<never>

const ownHost: Pick<DesktopShell, 'connect' | 'onHostState' | 'chooseFolder'> = {
  /**
   * Asks for a channel to the host. The port comes as a message to this window: data { type: 'benchside:port' },
   * the port in `ports[0]`. One port for each call; while the host is away the call waits until it is back.
   */
  connect: () => ask('connect'),

  /** Calls back with the host's present state and each time it changes; answers a function that ends it. */
  onHostState(callback: (state: HostState) => void): () => void {
    stateListeners.add(callback)
    if (known !== undefined) callback(known)
    return () => void stateListeners.delete(callback)
  },
  chooseFolder: (title) => ask('choose-folder', title),
}

const benchside: DesktopShell = {
  platform: process.platform,
  versions: { electron: process.versions['electron'] ?? '', chrome: process.versions['chrome'] ?? '' },
  ...(ofOtherHost ? {} : ownHost),
  onFollow(callback) {
    followers.add(callback)
    if (waitingPath !== undefined) callback(waitingPath)
    waitingPath = undefined
    return () => void followers.delete(callback)
  },
  computer: () => ask('computer'),
  changeComputer: (change) => ask('change-computer', change),
  zoom: (step) => ask('zoom', step),
  printers: () => ask('printers'),
  paperOf: (paper) => ask('paper-of', paper),
  print: (paper) => ask('print', paper),
  notify: (notice) => ask('notify', notice),
  speak: (language) => ask('speak', language),
  chooseHost: () => ask('choose-host'),
  examineHost: (address) => ask('examine-host', address),
  useHost: (choice) => ask('use-host', choice),
  retryHost: () => ask('retry-host'),
}

ipcRenderer.on('benchside:port', (event) => {
  // A port cannot pass the bridge between the two worlds; a message to the window carries it over.
  window.postMessage({ type: 'benchside:port' }, window.location.origin, event.ports)
})
ipcRenderer.on('benchside:follow', (_event, path: unknown) => {
  if (typeof path !== 'string') return
  if (followers.size === 0) waitingPath = path
  for (const follow of followers) follow(path)
})
if (!ofOtherHost) {
  ipcRenderer.on('benchside:host-state', (_event, state: unknown) => hear(state))
  void ipcRenderer.invoke('benchside:host-state').then(
    (state: unknown) => {
      if (known === undefined) hear(state)
    },
    // On the page that asks which host it is to be, there is none to ask about.
    () => undefined,
  )
}

function hear(state: unknown): void {
  const next = states.find((one) => one === state)
  if (next === undefined) return
  known = next
  for (const callback of stateListeners) callback(next)
}

contextBridge.exposeInMainWorld('benchside', benchside)

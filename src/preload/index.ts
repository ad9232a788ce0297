import { contextBridge, ipcRenderer } from 'electron'

/** Whether there is a host to talk to; see src/main/host-keeper.ts. */
type HostState = 'starting' | 'ready' | 'restarting' | 'failed' | 'stopped'

const states: readonly HostState[] = ['starting', 'ready', 'restarting', 'failed', 'stopped']
const listeners = new Set<(state: HostState) => void>()
let known: HostState | undefined

const benchside = {
  platform: process.platform,
  versions: { electron: process.versions['electron'] ?? '', chrome: process.versions['chrome'] ?? '' },

  /**
   * Asks for a channel to the host. The port comes as a message to this window: data { type: 'benchside:port' },
   * the port in `ports[0]`. One port for each call; while the host is away the call waits until it is back.
   */
  async connect(): Promise<void> {
    await ipcRenderer.invoke('benchside:connect')
  },

  /** Calls back with the host's present state and each time it changes; answers a function that ends it. */
  onHostState(callback: (state: HostState) => void): () => void {
    listeners.add(callback)
    if (known !== undefined) callback(known)
    return () => void listeners.delete(callback)
  },
}

ipcRenderer.on('benchside:port', (event) => {
  // A port cannot pass the bridge between the two worlds; a message to the window carries it over.
  window.postMessage({ type: 'benchside:port' }, window.location.origin, event.ports)
})
ipcRenderer.on('benchside:host-state', (_event, state: unknown) => hear(state))
void ipcRenderer.invoke('benchside:host-state').then((state: unknown) => {
  if (known === undefined) hear(state)
})

function hear(state: unknown): void {
  const next = states.find((one) => one === state)
  if (next === undefined) return
  known = next
  for (const callback of listeners) callback(next)
}

contextBridge.exposeInMainWorld('benchside', benchside)

import { setTimeout as wait } from 'node:timers/promises'
import { MessageChannelMain, type MessagePortMain } from 'electron'
import type { HostState } from '#contract/shell.ts'
import { createBackOff } from './back-off.ts'
import { forkHost, type HostFailure, type HostProcess } from './host-process.ts'

export interface KeeperOptions {
  /** The host's built bundle and its command line. */
  readonly file: string
  readonly args: readonly string[]
  /** The shop's key from the system's key store; null when the host keeps it in a file. Asked at each start: a restore brings its own. */
  readonly key: () => string | null
  readonly onState: (state: HostState) => void
  readonly onFailure: (failure: HostFailure) => void
  /** What a host that ended or complained has said; for the log. */
  readonly onTrouble: (what: string) => void
}

export interface HostKeeper {
  readonly state: () => HostState
  /** Starts the host, unless it runs already; `more` is added to its command line this once. */
  start(more?: readonly string[]): void
  /** A new channel to the host: answers the seat's end, as soon as there is a host to talk to. */
  connect(): Promise<MessagePortMain>
  /** Asks the host for a backup; false when there is none to ask, or it did not succeed. */
  backUp(): Promise<boolean>
  /** Ends the host and starts none any more. */
  stop(): Promise<void>
}

/** Keeps one host running: starts it again with a growing delay when it dies. */
export function keepHost(options: KeeperOptions): HostKeeper {
  const backOff = createBackOff()
  const stopping = new AbortController()
  let state: HostState = 'stopped'
  let running: HostProcess | undefined
  let ready = Promise.withResolvers<HostProcess>()

  const become = (next: HostState): void => {
    state = next
    options.onState(next)
  }

  const start = (more: readonly string[] = []): void => {
    if (running !== undefined || stopping.signal.aborted) return
    const startedAt = performance.now()
    become(state === 'restarting' ? 'restarting' : 'starting')
    const host = forkHost(options.file, [...options.args, ...more], options.key(), {
      onTrouble: options.onTrouble,
      onReady() {
        ready.resolve(host)
        become('ready')
      },
      onEnd(failure) {
        running = undefined
        if (state === 'ready') ready = Promise.withResolvers()
        if (stopping.signal.aborted) return
        if (failure === undefined) {
          options.onTrouble('the host ended and is started again')
          void startAgain(backOff.next(performance.now() - startedAt))
        } else fail(failure)
      },
    })
    running = host
  }

  const startAgain = async (delayMs: number): Promise<void> => {
    become('restarting')
    await wait(delayMs, undefined, { signal: stopping.signal }).catch(() => {})
    start()
  }

  const fail = (failure: HostFailure): void => {
    become('failed')
    options.onFailure(failure)
  }

  return {
    state: () => state,
    start,
    async connect() {
      const host = await ready.promise
      const { port1, port2 } = new MessageChannelMain()
      host.give(port1)
      return port2
    },
    backUp: async () => (await running?.backUp()) ?? false,
    async stop() {
      stopping.abort()
      await running?.stop()
      become('stopped')
    },
  }
}

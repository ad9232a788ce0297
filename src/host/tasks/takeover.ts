import { AppError } from '#core/app.ts'
import { swapIsPlanned } from '../backup/swap.ts'
import { beginTakeover, type Takeover, type TakeoverDeps } from '../recovery/take-over.ts'
import type { Connection } from '../transport/connection.ts'
import type { TaskHandlers } from './tasks.ts'

type TakeoverTaskName = Extract<keyof TaskHandlers, `takeover.${string}`>

export interface TakeoverTasks {
  readonly handlers: Pick<TaskHandlers, TakeoverTaskName>
  close(): Promise<void>
}

/** What was brought and is left lying is removed after so long without a word of it. */
const usualIdleMs = 30 * 60_000
const ok = { ok: true } as const

/** The window of this host, or a browser on the same computer. */
function isHere({ origin }: Connection): boolean {
  return origin === undefined || origin.address === '::1' || origin.address.startsWith('127.')
}

/** `restart`: closes the host and starts it again; it must not be waited for. */
export function createTakeoverTasks(
  deps: TakeoverDeps,
  restart: (() => void) | undefined,
  idleMs = usualIdleMs,
): TakeoverTasks {
  const { app, folder } = deps
  let current: Takeover | undefined
  let idle: NodeJS.Timeout | undefined
  const drop = async () => {
    clearTimeout(idle)
    const left = current
    current = undefined
    await left?.drop()
  }
  const left = () => {
    // Trying out takes as long as it takes; whoever waits for it asks how it goes.
    drop().catch((error: unknown) => app.log.error({ err: error }, 'what was brought could not be removed'))
  }
  /** The same condition as that of setting up a shop: asked with each call, and last in the moment of the exchange. */
  const admit = (connection: Connection): void => {
    if (app.run('session.state', {}).setUp) throw new AppError('setup.already_done')
    if (!isHere(connection)) throw new AppError('setup.only_here')
    if (swapIsPlanned(folder.path)) throw new AppError('backup.running')
    clearTimeout(idle)
    if (current) idle = setTimeout(left, idleMs).unref()
  }
  const underWay = (connection: Connection, uid: string): Takeover => {
    admit(connection)
    if (current?.file.uid !== uid) throw new AppError('not_found', { entity: 'backup' })
    return current
  }
  return {
    handlers: {
      async 'takeover.begin'({ connection }, about) {
        admit(connection)
        await drop()
        const begun = await beginTakeover(deps, about)
        // Of two that began at once the later one counts.
        await drop()
        current = begun
        admit(connection)
        return { uid: begun.file.uid }
      },
      'takeover.piece': async ({ connection }, { uid, at, piece, picture }) => {
        const takeover = underWay(connection, uid)
        if (takeover.standing().running) throw new AppError('backup.running')
        return { received: await takeover.file.take(at, piece, picture) }
      },
      async 'takeover.rehearse'({ connection }, { uid, passphrase = null }) {
        await underWay(connection, uid).rehearse(passphrase)
        return ok
      },
      'takeover.standing': async ({ connection }, { uid }) => underWay(connection, uid).standing(),
      async 'takeover.bring'({ connection }, { uid }) {
        const takeover = underWay(connection, uid)
        if (!restart || takeover.standing().running) throw new AppError('backup.running')
        takeover.decide()
        // The answer goes out first.
        setTimeout(restart, 300)
        return ok
      },
      async 'takeover.drop'({ connection }, { uid }) {
        underWay(connection, uid)
        await drop()
        return ok
      },
    },
    close: drop,
  }
}

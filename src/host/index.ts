import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AppError, systemClock } from '#core/app.ts'
import { readOptions, type HostOptions } from './options.ts'
import { windowSeat } from './data-folder.ts'
import { openOrRecover } from './recovery/index.ts'
import { startHost, type Host } from './start-host.ts'
import { programVersion } from '#contract/version.ts'

// Both src/host/ and out/main/ lie two folders under the program's own one.
const root = process.env['BENCHSIDE_ROOT'] ?? join(import.meta.dirname, '..', '..')

/** Electron's utility process has a parentPort; plain Node has not. */
interface ParentPort {
  on(event: 'message', listener: (message: { data: unknown; ports: unknown[] }) => void): void
  postMessage(message: unknown): void
}
const parentPort = (process as NodeJS.Process & { parentPort?: ParentPort }).parentPort

interface Served {
  /** 0 when nothing listens on this computer itself. */
  readonly port: number
  close(): Promise<void>
}

/** HTTP for browsers: on the loopback address when asked to serve, on the shop's network while it is shared. */
async function serveHttp(host: Host, options: HostOptions): Promise<Served> {
  const { createHttp } = await import('./transport/http.ts')
  const webRoot = join(root, 'out', 'renderer')
  const server = await createHttp({
    app: host.app,
    router: host.router,
    version: programVersion,
    serviceReport: (uid, language) => host.serviceReport(uid, language),
    network: host.network,
    webRoot: existsSync(webRoot) ? webRoot : null,
  })
  let port = options.port
  if (options.serve || !parentPort) {
    const url = await server.listen({ host: '127.0.0.1', port })
    port = Number(new URL(url).port)
    process.stdout.write(`BENCHSIDE_READY ${JSON.stringify({ url: `${url}/` })}\n`)
  } else {
    await server.ready()
  }
  if (port !== 0) host.network.usualPort = port
  const stopSharing = host.network.share(server)
  return {
    port,
    async close() {
      await stopSharing()
      await server.close()
    },
  }
}

async function servePort(host: Host, port: ParentPort, stop: () => Promise<void>): Promise<void> {
  const { servePorts } = await import('./transport/port.ts')
  const serve = servePorts(host.router, windowSeat(host.folder))
  port.on('message', ({ data, ports }) => {
    if (isStop(data)) void stop()
    if (typeOf(data) === 'backup') void backUp(host, port)
    for (const given of ports) {
      const seat = given as Parameters<typeof serve>[0] & { start?: () => void }
      serve(seat)
      seat.start?.()
    }
  })
  port.postMessage({ type: 'ready' })
}

/** The shell asks for the end by message: on Windows a signal would end the process with its database open. */
function isStop(data: unknown): boolean {
  return typeOf(data) === 'stop'
}

function typeOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined
}

/** Asked for before an update; the shell installs nothing unless the answer is yes. */
async function backUp(host: Host, port: ParentPort): Promise<void> {
  const ok = await host.backUpForUpdate().then(
    () => true,
    () => false,
  )
  port.postMessage({ type: 'backed_up', ok })
}

/** The shell's first message, before anything is opened; asked to end instead, there is nothing to finish. */
function keyFrom(port: ParentPort): Promise<Buffer> {
  return new Promise((resolve) => {
    let opened = false
    port.on('message', ({ data }) => {
      if (opened) return
      if (isStop(data)) process.exit(0)
      const key = typeof data === 'object' && data !== null && 'key' in data ? data.key : undefined
      if (typeof key !== 'string') return
      opened = true
      resolve(Buffer.from(key, 'base64'))
    })
  })
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  const key = parentPort && options.keyFollows ? await keyFrom(parentPort) : undefined
  const start = { data: options.data, root, version: programVersion, key }
  if (options.demo) {
    const { makeDemoShop } = await import('./demo/demo-shop.ts')
    await makeDemoShop({ ...start, language: options.language, now: systemClock.now() })
  }
  let port = options.port
  let close = async () => {}
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await close()
    process.exit(0)
  }
  const openShop = async (at: number) => {
    port = at
    const host = startHost({ ...start, restart })
    close = () => host.close()
    if (parentPort) await servePort(host, parentPort, stop)
    const served = await serveHttp(host, { ...options, port })
    port = served.port
    close = async () => {
      await served.close()
      await host.close()
    }
  }
  const open = async () => {
    const isDesktop = parentPort !== undefined
    const recovery = await openOrRecover({ ...options, port, root, isDesktop, fail }, openShop)
    if (recovery) close = recovery.close
  }
  /** After a restore: the desktop program starts an ended host again, with a new channel to its window; alone it comes back by itself. */
  const restart = () => {
    const again = async () => {
      if (stopping) return
      await close()
      await open()
    }
    if (parentPort) void stop()
    else again().catch(fail)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop())
  await open()
}

main().catch(fail)

function fail(error: unknown): void {
  // The parent reads this line: a code it can show, or the bug's text for the log.
  const code = error instanceof AppError ? error.code : 'internal'
  const params = error instanceof AppError ? error.params : {}
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  // Where pipes are asynchronous, ending at once would swallow the line.
  process.stdout.write(`BENCHSIDE_FAILED ${JSON.stringify({ code, params })}\n`, () => process.exit(1))
}

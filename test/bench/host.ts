import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink as FetchLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import Database from 'better-sqlite3'
import { programVersion } from '#contract/version.ts'
import { hashPassword } from '#host/passwords.ts'
import { startHost, type Host } from '#host/start-host.ts'
import { createHttp } from '#host/transport/http.ts'
import { servePorts } from '#host/transport/port.ts'
import { startTestHost, testPassword, type Client, type RunningHost } from '../kit/host.ts'
import type { Bench, Report } from './figures.ts'
import { median, percentile, timedAsync } from './measure.ts'
import { dataFolder, openSeat, root } from './shop-file.ts'

/** No customer's link is measured. */
const noReport = () => Promise.reject(new Error('not measured'))

/** Milliseconds from starting the process to the line with which it says that it serves. */
async function startOnce(data: string, fromSource: boolean): Promise<number> {
  const from = performance.now()
  const host = await startTestHost({ data, fromSource })
  const took = performance.now() - from
  await host.stop()
  return took
}

/** How long the operating system and Node need to start a process that opens the same file and does nothing else. */
function bareStart(database: string): number {
  const from = performance.now()
  const script = `const D = require(${JSON.stringify(join(root, 'node_modules', 'better-sqlite3'))})
    const f = new D(process.argv[1]); f.pragma('journal_mode'); f.prepare('SELECT count(*) FROM settings').get()`
  execFileSync(process.execPath, ['-e', script, database])
  return performance.now() - from
}

/** Whether there is a host that was built; where there is none, it is said and the sources serve. */
function isBuilt(report: Report): boolean {
  const built = existsSync(join(root, 'out', 'main', 'host.js'))
  if (!built) report.note('out/main/host.js is not built: the host starts from its sources')
  return built
}

/** The host's own process on a copy of the file, whose owner can sign in with the test password. */
export async function onHost<T>(
  { file, size, report }: Bench,
  name: string,
  measure: (host: RunningHost) => Promise<T>,
): Promise<T> {
  const folder = dataFolder(file, `${name}-${size}`)
  const shop = new Database(folder.database)
  const passwordHash = await hashPassword(testPassword)
  shop.prepare("UPDATE users SET password_hash = ? WHERE login = 'owner'").run(passwordHash)
  shop.close()
  const host = await startTestHost({ data: folder.path, fromSource: !isBuilt(report) })
  try {
    return await measure(host)
  } finally {
    await host.stop()
    folder.remove()
  }
}

/** Start of the host process on a file of this size; the disk's cache is warm, as after the first start of a day. */
export async function measureStart(file: string, size: number, times: number, report: Report): Promise<void> {
  const built = isBuilt(report)
  const folder = dataFolder(file, `start-${size}`)
  const [values, floors]: [number[], number[]] = [[], []]
  for (let n = 0; n <= times; n++) {
    values[n] = await startOnce(folder.path, !built)
    floors[n] = bareStart(folder.database)
  }
  // The first start brings a fresh data folder its key and lock file.
  const name = built ? 'host, cold start' : 'host, cold start from source'
  report.add({ name, size, value: median(values.slice(1)), unit: 'ms', floor: median(floors.slice(1)) })
  folder.remove()
}

export interface Trip {
  readonly ask: () => Promise<unknown>
  close(): Promise<void> | void
}

/** oRPC over a MessagePort and over HTTP, each against the barest echo of the same answer over the same carrier. */
export async function measureTrips(file: string, size: number, times: number, report: Report): Promise<void> {
  const folder = dataFolder(file, `trips-${size}`)
  const host = startHost({ data: folder.path, root, version: programVersion })
  try {
    const first = portTrip(host)
    const state = JSON.stringify(await first.ask())
    await first.close()
    const trips: [string, Trip, Trip][] = [
      ['MessagePort round trip (session.state)', portTrip(host), bareTrip(state)],
      ['HTTP round trip (session.state)', await httpTrip(host), await bareHttpTrip(state)],
    ]
    for (const [name, ours, bare] of trips) {
      const [values, floors]: [number[], number[]] = [[], []]
      for (let n = 0; n < times + 50; n++) {
        values[n] = await timedAsync(ours.ask)
        floors[n] = await timedAsync(bare.ask)
      }
      for (const [label, share] of [
        ['p50', 0.5],
        ['p95', 0.95],
      ] as const) {
        const [value, floor] = [percentile(values.slice(50), share), percentile(floors.slice(50), share)]
        report.add({ name: `${name} ${label}`, size, value, unit: 'ms', floor })
      }
      await ours.close()
      await bare.close()
    }
    await measurePrint(host, Math.ceil(times / 20), report)
  } finally {
    await host.close()
    folder.remove()
  }
}

function portTrip(host: Host): Trip {
  const { port1, port2 } = new MessageChannel()
  servePorts(host.router, { read: () => null, write: () => {} })(port1)
  port1.start()
  port2.start()
  const client: Client = createORPCClient(new PortLink({ port: port2 }))
  return { ask: () => client.session.state({}), close: () => port1.close() }
}

function bareTrip(answer: string): Trip {
  const { port1, port2 } = new MessageChannel()
  port1.on('message', () => port1.postMessage(answer))
  let got: ((value: unknown) => void) | undefined
  port2.on('message', (text: string) => got?.(JSON.parse(text)))
  return {
    ask: () =>
      new Promise((resolve) => {
        got = resolve
        port2.postMessage(JSON.stringify({ json: {} }))
      }),
    close: () => port1.close(),
  }
}

const todaysToken = 'the-token-of-a-seat-that-prints'

function clientAt(url: string): Client {
  const link = new FetchLink({
    url: new URL('/rpc', url).href,
    headers: { cookie: `benchside_session=${todaysToken}` },
  })
  return createORPCClient(link)
}

async function httpTrip(host: Host): Promise<Trip & { client: Client }> {
  const { app, router } = host
  const server = await createHttp({
    app,
    router,
    version: programVersion,
    webRoot: null,
    serviceReport: noReport,
  })
  const client = clientAt(await server.listen({ host: '127.0.0.1', port: 0 }))
  return { client, ask: () => client.session.state({}), close: () => server.close() }
}

/** The barest HTTP server that answers this, and one who asks it. */
export async function bareHttpTrip(answer: string): Promise<Trip> {
  const server: Server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return {
    ask: async () => await (await fetch(url, { method: 'POST', body: '{"json":{}}' })).json(),
    close: () => void server.close(),
  }
}

/** One intake sheet as the window asks for it: reading the repair, laying out, Chinese fonts subset, bytes back. */
async function measurePrint(host: Host, times: number, report: Report): Promise<void> {
  const owner = host.app.run('access.credentials', { login: 'owner' })
  // The generated seat's session is as old as the generated shop; this one begins now.
  openSeat(host.app, owner?.userId ?? 0, todaysToken)
  const { client, close } = await httpTrip(host)
  const { rows } = await client.repairs.list({ limit: times + 1 })
  const took: number[] = []
  for (const { uid } of rows) {
    let bytes = new Uint8Array()
    took.push(
      await timedAsync(async () => {
        const file = await client.documents.render({ kind: 'intake_a4', repairUids: [uid] })
        bytes = new Uint8Array(await file.arrayBuffer())
      }),
    )
    report.check(Buffer.from(bytes.subarray(0, 5)).toString() === '%PDF-', 'an intake sheet is a PDF')
  }
  const [first = Number.NaN, ...later] = took
  report.add({ name: 'PDF, intake A4, the first one', size: null, value: first, unit: 'ms', floor: null })
  report.add({ name: 'PDF, intake A4', size: null, value: median(later), unit: 'ms', floor: null })
  await close()
}

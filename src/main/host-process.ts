import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { utilityProcess, type MessagePortMain } from 'electron'

/** Why a host could not open the shop's folder: a code of the contract's errors and its parameters. */
export interface HostFailure {
  readonly code: string
  readonly params: Readonly<Record<string, unknown>>
}

export interface HostProcess {
  /** Gives the host one end of a channel; the other end is a seat. */
  give(port: MessagePortMain): void
  /** Asks the host to finish what it is writing and to end; forces it if it does not. */
  stop(): Promise<void>
  /** Asks it to back the shop up; answers whether that succeeded. */
  backUp(): Promise<boolean>
}

interface HostEvents {
  onReady(): void
  onTrouble(what: string): void
  /** `failure` is there when the host said itself why it cannot run. */
  onEnd(failure: HostFailure | undefined): void
}

const failedMark = 'BENCHSIDE_FAILED '
const stopLimitMs = 10_000
/* A large shop on a slow stick. */
const backUpLimitMs = 1_800_000
/* The exit may be announced before the last line has come through the pipe. */
const lastLinesLimitMs = 1000

/** Starts the host (`file`, the built bundle) as a process of its own. */
export function forkHost(
  file: string,
  args: readonly string[],
  key: string | null,
  events: HostEvents,
): HostProcess {
  const child = utilityProcess.fork(file, [...args, ...(key === null ? [] : ['--key-follows'])], {
    serviceName: 'Benchside host',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let failure: HostFailure | undefined
  const printed = readLines(child.stdout, (line) => {
    if (line.startsWith(failedMark)) failure = parseFailure(line.slice(failedMark.length))
    else process.stdout.write(`${line}\n`)
  })
  child.stderr?.pipe(process.stderr, { end: false })
  void readLines(child.stderr, (line) => events.onTrouble(`host: ${line}`))
  // By message and not on the command line, which every program of this computer may read.
  if (key !== null) child.postMessage({ type: 'key', key })
  const backedUp = new Set<(ok: boolean) => void>()
  child.on('message', (message: unknown) => {
    if (typeOf(message) === 'ready') events.onReady()
    else if (typeOf(message) === 'backed_up') {
      for (const settle of backedUp) settle((message as { ok?: unknown }).ok === true)
      backedUp.clear()
    }
  })
  child.on('error', (type, location) => process.stderr.write(`the host met a ${type} at ${location}\n`))
  let over = false
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  void ended.then(async () => {
    over = true
    await Promise.race([printed, wait(lastLinesLimitMs)])
    events.onEnd(failure)
  })
  return {
    give(port) {
      child.postMessage({ type: 'port' }, [port])
    },
    async backUp() {
      const answer = new Promise<boolean>((resolve) => backedUp.add(resolve))
      child.postMessage({ type: 'backup' })
      return await Promise.race([answer, ended.then(() => false), wait(backUpLimitMs, false, { ref: false })])
    },
    async stop() {
      if (over) return
      child.postMessage({ type: 'stop' })
      const forced = setTimeout(() => child.kill(), stopLimitMs)
      await ended
      clearTimeout(forced)
    },
  }
}

async function readLines(
  stream: NodeJS.ReadableStream | null,
  onLine: (line: string) => void,
): Promise<void> {
  if (stream === null) return
  for await (const line of createInterface({ input: stream })) onLine(line)
}

function typeOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'type' in message ? message.type : undefined
}

function parseFailure(text: string): HostFailure {
  try {
    const { code, params } = JSON.parse(text) as Partial<HostFailure>
    if (typeof code === 'string') return { code, params: params ?? {} }
  } catch {
    // A line that was cut off says as much as no line: the host failed.
  }
  return { code: 'internal', params: {} }
}

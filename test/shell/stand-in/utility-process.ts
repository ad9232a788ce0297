import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type { Readable } from 'node:stream'
import type { MessagePort } from 'node:worker_threads'
import type { PortMain, Wire } from './ports.ts'

const parentPort = new URL('parent-port.ts', import.meta.url).href

/** Electron's utility process, as a Node child process. */
class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess
  readonly #ports = new Map<number, MessagePort>()
  #lastId = 0

  constructor(file: string, args: readonly string[]) {
    super()
    this.#child = fork(file, args, {
      execPath: process.execPath,
      execArgv: ['--import', parentPort],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.#child.on('spawn', () => this.emit('spawn'))
    this.#child.on('message', (wire) => this.#receive(wire as Wire))
    this.#child.on('exit', (code) => {
      for (const port of this.#ports.values()) port.close()
      this.emit('exit', code ?? 1)
    })
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined
  }

  get stdout(): Readable | null {
    return this.#child.stdout
  }

  get stderr(): Readable | null {
    return this.#child.stderr
  }

  postMessage(message: unknown, transfer: readonly PortMain[] = []): void {
    this.#send({ type: 'post', message, ports: transfer.map((port) => this.#adopt(port.inner)) })
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM')
  }

  #adopt(port: MessagePort): number {
    const id = ++this.#lastId
    this.#ports.set(id, port)
    port.on('message', (data: unknown) => this.#send({ type: 'port', id, data }))
    port.on('close', () => {
      this.#ports.delete(id)
      this.#send({ type: 'close', id })
    })
    if (!this.#child.connected) port.close()
    return id
  }

  #send(wire: Wire): void {
    if (this.#child.connected) this.#child.send(wire)
  }

  #receive(wire: Wire): void {
    if (wire.type === 'post') this.emit('message', wire.message)
    else if (wire.type === 'port') this.#ports.get(wire.id)?.postMessage(wire.data)
    else this.#ports.get(wire.id)?.close()
  }
}

/** Every process forked so far, with what it was forked with. */
export const forked: {
  readonly process: UtilityProcess
  readonly args: readonly string[]
  /** Milliseconds since the shell started. */
  readonly at: number
}[] = []

export const utilityProcess = {
  fork(file: string, args: readonly string[] = []): UtilityProcess {
    const process = new UtilityProcess(file, args)
    forked.push({ process, args, at: performance.now() })
    return process
  },
}

import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

/** Electron's MessagePortMain, over a port of Node's. Messages wait until start() is called. */
export class PortMain extends EventEmitter {
  readonly inner: MessagePort

  constructor(inner: MessagePort) {
    super()
    this.inner = inner
  }

  postMessage(message: unknown, transfer: readonly PortMain[] = []): void {
    this.inner.postMessage(
      message,
      transfer.map((port) => port.inner),
    )
  }

  start(): void {
    this.inner.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
    this.inner.on('close', () => this.emit('close'))
  }

  close(): void {
    this.inner.close()
  }
}

export class MessageChannelMain {
  readonly port1: PortMain
  readonly port2: PortMain

  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new PortMain(port1)
    this.port2 = new PortMain(port2)
  }
}

/** What passes between the shell and a host that is a Node child process. */
export type Wire =
  | { readonly type: 'post'; readonly message: unknown; readonly ports: readonly number[] }
  | { readonly type: 'port'; readonly id: number; readonly data: unknown }
  | { readonly type: 'close'; readonly id: number }

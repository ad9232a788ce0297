import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { PortMain, type Wire } from './ports.ts'

/* Loaded before the host (node --import): gives a Node child process the parentPort of a utility process.
 * A port that the shell hands over stays there; here is its other half, and the pipe joins the two. */

const halves = new Map<number, MessagePort>()
const waiting: { data: unknown; ports: PortMain[] }[] = []

class ParentPort extends EventEmitter {
  postMessage(message: unknown): void {
    send({ type: 'post', message, ports: [] })
  }
}

const parentPort = new ParentPort()
Object.defineProperty(process, 'parentPort', { value: parentPort })

parentPort.on('newListener', (event) => {
  // As in Electron, what was posted before somebody listened is not lost.
  if (event === 'message')
    setImmediate(() => waiting.splice(0).forEach((one) => parentPort.emit('message', one)))
})

process.on('message', (wire: Wire) => {
  if (wire.type === 'post') {
    const message = { data: wire.message, ports: wire.ports.map(adopt) }
    if (parentPort.listenerCount('message') === 0) waiting.push(message)
    else parentPort.emit('message', message)
  } else if (wire.type === 'port') halves.get(wire.id)?.postMessage(wire.data)
  else halves.get(wire.id)?.close()
})

/* Electron ends its utility processes when it ends itself. */
process.on('disconnect', () => process.exit(0))

function adopt(id: number): PortMain {
  const { port1, port2 } = new MessageChannel()
  halves.set(id, port1)
  port1.on('message', (data: unknown) => send({ type: 'port', id, data }))
  port1.on('close', () => {
    halves.delete(id)
    send({ type: 'close', id })
  })
  return new PortMain(port2)
}

function send(wire: Wire): void {
  if (process.connected) process.send?.(wire)
}

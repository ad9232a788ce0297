import { RPCHandler } from '@orpc/server/message-port'
import { hashToken, type CallContext, type Connection } from './connection.ts'
import type { createRouter } from './router.ts'

type Router = ReturnType<typeof createRouter>
type Port = Parameters<RPCHandler<CallContext>['upgrade']>[0]

/** Where the window's seat is remembered between two starts of the host. */
export interface SeatMemory {
  read(): string | null
  write(seatUid: string): void
}

/**
 * The window's own connection. One window is one seat: a reload gets a new port and keeps the session, which
 * lives in this process's memory only; after a restart of the host the person signs in again at the same seat.
 */
function windowConnection(memory: SeatMemory): Connection {
  let tokenHash: string | null = null
  let seatUid = memory.read()
  return {
    tokenHash: () => tokenHash,
    seatUid: () => seatUid,
    keep(session) {
      tokenHash = session ? hashToken(session.token) : null
      if (!session || session.seatUid === seatUid) return
      seatUid = session.seatUid
      memory.write(seatUid)
    },
  }
}

/** Serves the contract over MessagePorts; call the answer once per port. */
export function servePorts(router: Router, memory: SeatMemory): (port: Port) => void {
  const handler = new RPCHandler<CallContext>(router)
  const connection = windowConnection(memory)
  return (port) => handler.upgrade(port, { context: { connection } })
}

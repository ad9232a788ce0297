import { RPCHandler, type RPCHandlerOptions } from '@orpc/server/message-port'
import { hashToken, type Connection } from './connection.ts'
import type { CallContext, createRouter } from './router.ts'

type Router = ReturnType<typeof createRouter>
type Port = Parameters<RPCHandler<CallContext>['upgrade']>[0]

/** The window's own connection: the session lives as long as the port's window does. */
function portConnection(): Connection {
  let tokenHash: string | null = null
  let seatUid: string | null = null
  return {
    tokenHash: () => tokenHash,
    seatUid: () => seatUid,
    keep(session) {
      tokenHash = session ? hashToken(session.token) : null
      seatUid = session ? session.seatUid : seatUid
    },
  }
}

/** Serves the contract over MessagePorts; call the answer once per port. */
export function servePorts(
  router: Router,
  options: RPCHandlerOptions<CallContext> = {},
): (port: Port) => void {
  const handler = new RPCHandler<CallContext>(router, options)
  return (port) => handler.upgrade(port, { context: { connection: portConnection() } })
}

import { ORPCError } from '@orpc/server'
import { errorStatus, type ErrorCode, type ErrorParams } from '#contract/errors.ts'
import type { CallContext } from './connection.ts'

/** An error of ours as oRPC carries it, for what is refused before or after dispatch has anything to say. */
export function transportError(
  code: ErrorCode,
  params: ErrorParams = {},
  traceId?: string,
): ORPCError<ErrorCode, unknown> {
  return new ORPCError(code, {
    status: errorStatus[code] ?? 422,
    message: code,
    data: { code, params, fields: [], ...(traceId === undefined ? {} : { traceId }) },
    defined: true,
  })
}

/** The body of such a refusal at `path`: methods under /rpc answer in oRPC's envelope, everything else plainly. */
export function refusalBody(path: string, code: ErrorCode, params: ErrorParams = {}): object {
  const json = transportError(code, params).toJSON()
  return path.startsWith('/rpc/') ? { json } : json
}

/**
 * Options of an oRPC handler that answer `request.malformed` for a call that never reached its method, because
 * its body is no JSON or breaks off: oRPC's own word for it is none that a seat could show.
 */
export function malformedIsOurs() {
  const reached = new WeakSet<CallContext>()
  const interceptor = async <T>(call: { context: CallContext; next(): Promise<T> }): Promise<T> => {
    try {
      return await call.next()
    } catch (error) {
      throw reached.has(call.context) ? error : transportError('request.malformed')
    }
  }
  const clientInterceptor = <T>(call: { context: CallContext; next(): T }): T => {
    reached.add(call.context)
    return call.next()
  }
  return { interceptors: [interceptor], clientInterceptors: [clientInterceptor] }
}

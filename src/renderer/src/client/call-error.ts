import { ORPCError } from '@orpc/client'
import {
  isErrorCode,
  type ErrorCode,
  type ErrorData,
  type ErrorParams,
  type FieldError,
} from '#contract/errors.ts'

/** What every failed call of the window throws: a known code with its values, never a transport's own error. */
export class CallError extends Error {
  readonly code: ErrorCode
  readonly params: ErrorParams
  readonly fields: readonly FieldError[]
  readonly traceId: string | undefined

  constructor(data: ErrorData) {
    super(data.code)
    this.name = 'CallError'
    this.code = data.code
    this.params = data.params
    this.fields = data.fields
    this.traceId = data.traceId
  }
}

function isErrorData(data: unknown): data is ErrorData {
  return typeof data === 'object' && data !== null && 'code' in data && isErrorCode(data.code)
}

/** Codes for answers that did not come from dispatch but from the server in front of it. */
function codeOfStatus(status: number): ErrorCode {
  if (status === 401) return 'session.required'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not_found'
  if (status === 413) return 'request.too_large'
  if (status === 429) return 'session.locked_out'
  if (status === 400 || status === 415) return 'request.malformed'
  // 408: the call did not arrive in time, and nothing of it was done.
  if ([408, 502, 503, 504].includes(status)) return 'connection.lost'
  return 'internal'
}

/** Turns whatever a call threw into a CallError; anything that is no answer at all is a lost connection. */
export function toCallError(error: unknown): CallError {
  if (error instanceof CallError) return error
  if (error instanceof ORPCError) {
    const data: unknown = error.data
    if (isErrorData(data))
      return new CallError({ ...data, params: data.params ?? {}, fields: data.fields ?? [] })
    const code = codeOfStatus(error.status)
    // The server's own limit on logins counts by the minute.
    return new CallError({ code, params: code === 'session.locked_out' ? { minutes: 1 } : {}, fields: [] })
  }
  return new CallError({ code: 'connection.lost', params: {}, fields: [] })
}

/** True when the call may have reached the host or not: only such a call is sent again. */
export function isConnectionLoss(error: unknown): boolean {
  return error instanceof CallError && error.code === 'connection.lost'
}

/** True when the host no longer knows who is calling. */
export function isSessionLoss(error: unknown): boolean {
  return error instanceof CallError && (error.code === 'session.required' || error.code === 'session.expired')
}

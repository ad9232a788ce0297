import {
  errorStatus,
  type ErrorCode,
  type ErrorData,
  type ErrorParams,
  type FieldError,
} from '#contract/errors.ts'

/** An error a person can act on: a code with parameters, never prose (architecture §7). */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly params: ErrorParams
  readonly fields: readonly FieldError[]

  constructor(code: ErrorCode, params: ErrorParams = {}, fields: readonly FieldError[] = []) {
    super(code)
    this.name = 'AppError'
    this.code = code
    this.params = params
    this.fields = fields
  }

  /** HTTP status for the transports. */
  get status(): number {
    return errorStatus[this.code] ?? 422
  }

  /** What a log says in one word: what is wrong with the first wrong field tells more than that one is. */
  get reason(): ErrorCode {
    return this.fields[0]?.code ?? this.code
  }

  /** What crosses the boundary. */
  get data(): ErrorData {
    return { code: this.code, params: this.params, fields: this.fields }
  }
}

/** One wrong field: `input.invalid` with the code at `path`. */
export function fieldError(path: string, code: ErrorCode, params: ErrorParams = {}): AppError {
  return new AppError('input.invalid', {}, [{ path, code, params }])
}

/** A bug, not a person's mistake. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`)
}

/** The row, or `not_found`. */
export function found<T>(row: T | undefined | null, entity: string): T {
  if (row === undefined || row === null) throw new AppError('not_found', { entity })
  return row
}

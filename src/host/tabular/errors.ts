import type { ErrorCode, ErrorParams } from '#contract/errors.ts'

/** A file or profile that cannot be used at all. Carries a code and its values, never prose. */
export class TabularError extends Error {
  readonly code: ErrorCode
  readonly params: ErrorParams

  constructor(code: ErrorCode, params: ErrorParams = {}) {
    super(code)
    this.name = 'TabularError'
    this.code = code
    this.params = params
  }
}

/** What is wrong with one row; the rest of the file goes on. */
export interface RowProblem {
  readonly code: ErrorCode
  readonly params: ErrorParams
}

import type { FieldError } from '#contract/errors.ts'
import { AppError } from '../kernel/app-error.ts'

/**
 * What intake must have before a repair is received (domain §3.1 "Guards"). Every problem is collected with
 * its place, so that the counter fixes them all at once and in place.
 */
export interface Problems {
  readonly fields: FieldError[]
  /** Runs a check; a coded field error is noted and the answer is undefined. */
  check<T>(act: () => T): T | undefined
  add(path: string, code: FieldError['code'], params?: FieldError['params']): void
  /** Throws `input.invalid` with everything noted, if there is anything. */
  settle(): void
}

export function collectProblems(): Problems {
  const fields: FieldError[] = []
  return {
    fields,
    add: (path, code, params) => fields.push(params ? { path, code, params } : { path, code }),
    check(act) {
      try {
        return act()
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'input.invalid') throw error
        fields.push(...error.fields)
        return undefined
      }
    },
    settle() {
      if (fields.length > 0) throw new AppError('input.invalid', {}, fields)
    },
  }
}

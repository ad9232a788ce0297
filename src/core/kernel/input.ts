import type { z } from 'zod'
import { isErrorCode, type ErrorCode, type ErrorParams, type FieldError } from '#contract/errors.ts'
import { AppError } from './app-error.ts'

type Issue = z.core.$ZodIssue

/** Parses an input; a bad one becomes `input.invalid` with one coded error per field. */
export function parseInput<T>(schema: z.ZodType<T>, raw: unknown): T {
  // Without the input an issue cannot tell a missing field from one of a wrong type.
  const result = schema.safeParse(raw, { reportInput: true })
  if (result.success) return result.data
  throw new AppError('input.invalid', {}, result.error.issues.flatMap(fieldErrors))
}

function fieldErrors(issue: Issue): FieldError[] {
  const path = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: path ? `${path}.${key}` : key, code: 'field.unknown' }))
  }
  if (issue.code === 'invalid_union') {
    // The branch that got furthest says what is wrong; the others only say it is not they.
    const branches = issue.errors.map((branch) => branch.flatMap((inner) => fieldErrors(inner)))
    const best = branches.toSorted((a, b) => unknownCount(a) - unknownCount(b))[0] ?? []
    return best.map((error) => ({ ...error, path: [path, error.path].filter(Boolean).join('.') }))
  }
  const { code, params } = codeOf(issue)
  return [{ path, code, ...(params ? { params } : {}) }]
}

function unknownCount(errors: readonly FieldError[]): number {
  return (
    errors.filter((e) => e.code === 'field.unknown' || e.code === 'field.required').length * 100 +
    errors.length
  )
}

function codeOf(issue: Issue): { code: ErrorCode; params?: ErrorParams } {
  switch (issue.code) {
    case 'invalid_type':
      return { code: issue.input === undefined ? 'field.required' : 'field.wrong_type' }
    case 'too_big':
      return sizeCode(issue.origin, 'field.too_long', 'field.too_many', { max: Number(issue.maximum) })
    case 'too_small':
      return sizeCode(issue.origin, 'field.too_short', 'field.too_few', { min: Number(issue.minimum) })
    case 'invalid_value':
      return { code: issue.input === undefined ? 'field.required' : 'field.not_an_option' }
    case 'custom': {
      const { code, ...params } = (issue.params ?? {}) as { code?: unknown } & ErrorParams
      return { code: isErrorCode(code) ? code : 'field.format', params }
    }
    default:
      return { code: isErrorCode(issue.message) ? issue.message : 'field.format' }
  }
}

function sizeCode(
  origin: string,
  text: ErrorCode,
  list: ErrorCode,
  params: ErrorParams,
): { code: ErrorCode; params: ErrorParams } {
  if (origin === 'string') return { code: text, params }
  if (origin === 'array' || origin === 'set') return { code: list, params }
  return { code: 'field.out_of_range', params }
}

/**
 * The same input without the paths a method calls secret; `items.*.passcode` names every item. Only the
 * holders on the way are copied: an import's batch of rows must not be cloned to leave it out of the log.
 */
export function redact(input: unknown, secret: readonly string[] | undefined): unknown {
  return (secret ?? []).reduce((value, path) => hidden(value, path.split('.')), input)
}

function hidden(value: unknown, path: readonly string[]): unknown {
  const [head, ...rest] = path
  if (head === undefined) return '•••'
  if (typeof value !== 'object' || value === null) return value
  if (head === '*') return Array.isArray(value) ? value.map((item) => hidden(item, rest)) : value
  const holder = value as Readonly<Record<string, unknown>>
  const inner = holder[head]
  return inner === undefined || inner === null ? value : { ...holder, [head]: hidden(inner, rest) }
}

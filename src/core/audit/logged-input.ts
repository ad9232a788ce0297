import type { z } from 'zod'
import type { PersonalMark } from '#contract/audit.ts'
import { redact } from '../kernel/input.ts'
import { personalPaths } from '../privacy/queries.ts'

/**
 * What the log keeps of an input: what was done, to what, with which amounts and states, but nothing that tells who a
 * person is. Nobody can take a row out of the log again, so what must be erasable does not get into it (decision 013).
 */

/** Which places of an input are personal: a text itself, named fields, and each entry of a list. */
interface Places {
  personal: boolean
  readonly fields: Map<string, Places>
  each: Places | undefined
}

const places = (): Places => ({ personal: false, fields: new Map(), each: undefined })

/** The paths as a tree, so that only what leads to a personal field is looked at; undefined when nothing does. */
function placesOf(paths: readonly string[]): Places | undefined {
  const root = places()
  for (const path of paths) {
    let at = root
    for (const part of path.split('.')) {
      if (part === '*') at = at.each ??= places()
      else {
        const known = at.fields.get(part)
        const next = known ?? places()
        if (!known) at.fields.set(part, next)
        at = next
      }
    }
    at.personal = true
  }
  return paths.length === 0 ? undefined : root
}

function entry(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

/** An empty text says that nothing was given, and stays. */
function marked(value: string, known: boolean, before: unknown): unknown {
  if (value === '') return value
  const personal = known ? (value === before ? 'same' : 'changed') : 'given'
  return { personal } satisfies PersonalMark
}

/** The value with marks in the place of what is personal; `before` is what stood there, where the act says so. */
function without(value: unknown, at: Places, known: boolean, before: unknown): unknown {
  if (typeof value === 'string') return at.personal ? marked(value, known, before) : value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const { each } = at
    return each ? value.map((one: unknown, index) => without(one, each, known, entry(before, index))) : value
  }
  const copy: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(value)) {
    const place = at.fields.get(key) ?? at.each
    copy[key] = place ? without(inner, place, known, entry(before, key)) : inner
  }
  return copy
}

/** How the inputs of one method are kept. */
export interface InputLog {
  /** JSON of an input; `before` has the same fields with what stood in them, where the act changes a person's record. */
  text(input: unknown, before?: object): string
  /** True when an input is kept as it is: then its JSON may be used as the caller has it. */
  readonly whole: boolean
}

/** Reads from the schema of a method what of its inputs is kept; `secret` are the paths of passwords and the like. */
export function inputLog(
  method: string,
  schema: z.core.$ZodType,
  secret: readonly string[] | undefined,
): InputLog {
  const isSecret = (path: string) =>
    secret?.some((one) => path === one || path.startsWith(`${one}.`)) ?? false
  const personal = placesOf(personalPaths(method, schema).filter((path) => !isSecret(path)))
  return {
    whole: personal === undefined && secret === undefined,
    text(input, before) {
      const told = redact(input, secret)
      const kept = personal ? without(told, personal, before !== undefined, before) : told
      return JSON.stringify(kept) ?? '{}'
    },
  }
}

/** A task's input may hold a whole mapping or a page of words; then the log says how long it was. */
const loggedLength = 4000

/** The input of a task as the log keeps it. */
export function taskInput(log: InputLog, input: unknown): string {
  const text = log.text(input)
  return text.length <= loggedLength ? text : JSON.stringify({ long: text.length })
}

/** An act that touched more than this is told by what it was asked to do. */
const mostTouched = 50

/** The same text with what the act touched, `customers:12`, by which the log is searched (audit/about.ts). */
export function withTouched(text: string, touched: Iterable<string>): string {
  const about = [...touched]
  if (about.length === 0 || about.length > mostTouched || !text.endsWith('}')) return text
  return `${text.slice(0, -1)}${text === '{}' ? '' : ','}"about":${JSON.stringify(about)}}`
}

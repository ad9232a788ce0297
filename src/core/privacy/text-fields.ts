import type { z } from 'zod'

/**
 * Where a person may have typed something: the paths of an input schema that hold texts. States, kinds, dates of the
 * program and uids are no texts. Pure.
 */
export interface TextField {
  /** `contacts.*.name`; `*` is every entry of a list or of a record. */
  readonly path: string
  /** The last name on the path: `name`, or `knownDefects` for a list of texts. */
  readonly name: string
}

/** The part of a schema that is walked; the definitions say more than their common type. */
interface Definition {
  readonly type: string
  readonly format?: string
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>
  readonly element?: z.core.$ZodType
  readonly innerType?: z.core.$ZodType
  readonly in?: z.core.$ZodType
  readonly valueType?: z.core.$ZodType
  readonly options?: readonly z.core.$ZodType[]
}

const noTexts = new Set(['enum', 'literal', 'number', 'int', 'boolean', 'null', 'undefined', 'file'])

/** Every text field of a schema, each path once. */
export function textFields(schema: z.core.$ZodType): TextField[] {
  const found = new Map<string, TextField>()
  walk(schema, [], found)
  return [...found.values()]
}

function walk(schema: z.core.$ZodType, path: readonly string[], found: Map<string, TextField>): void {
  const { type, format, shape, element, innerType, valueType, options, ...rest } = schema._zod
    .def as Definition
  if (noTexts.has(type) || format === 'uuid') return
  if (shape) for (const [key, field] of Object.entries(shape)) walk(field, [...path, key], found)
  for (const option of options ?? []) walk(option, path, found)
  for (const inner of [innerType, rest.in]) if (inner) walk(inner, path, found)
  for (const each of [element, valueType]) if (each) walk(each, [...path, '*'], found)
  if (shape ?? options ?? innerType ?? rest.in ?? element ?? valueType) return
  // A text, or what the schema does not tell: that may be one.
  const whole = path.join('.')
  found.set(whole, { path: whole, name: path.findLast((part) => part !== '*') ?? '' })
}

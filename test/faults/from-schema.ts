import fc from 'fast-check'
import type { z } from 'zod'

/*
 * Random inputs out of the contract's own schemas: valid ones (about things the shop really has), valid ones with one
 * value gone wrong, and hostile ones that follow no schema at all.
 */

/** What a shop has: inputs that name it get further than those that name nothing. */
export interface World {
  readonly uids: readonly string[]
  readonly words: readonly string[]
  /** Ids run from 1 to this. */
  readonly ids: number
}

/** The part of a zod schema that is walked; zod's own types say less than its definitions do. */
interface Definition {
  readonly type: string
  readonly format?: string
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>
  readonly element?: z.core.$ZodType
  readonly innerType?: z.core.$ZodType
  readonly in?: z.core.$ZodType
  readonly keyType?: z.core.$ZodType
  readonly valueType?: z.core.$ZodType
  readonly options?: readonly z.core.$ZodType[]
  readonly entries?: Readonly<Record<string, string>>
  readonly values?: readonly unknown[]
}

type Any = fc.Arbitrary<unknown>

const days = ['1900-01-01', '2026-02-28', '2026-03-02', '2026-03-09', '2027-12-31', '2200-12-31']
const clockTimes = ['00:00', '03:00', '23:59']

/** Numbers people and programs get wrong: edges of the trade's units, of 32 bits and of what a double can count. */
const whole = [0, 1, 2, 3, 100, 1000, 9900, 999_999, 2 ** 31, 1_000_000_000_000, Number.MAX_SAFE_INTEGER]

function text(world: World, schema: z.core.$ZodType): Any {
  const fit = (value: string) => (schema as z.ZodType).safeParse(value).success
  const candidates = [
    ...world.words,
    ...days,
    ...clockTimes,
    'zh-CN',
    'CNY',
    'S1',
    'a@b.example',
    '13812345678',
  ]
  const fitting = candidates.filter(fit)
  const free = fc.string({ unit: 'grapheme', maxLength: 40 })
  return fitting.length > 0
    ? fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...fitting) }, { weight: 1, arbitrary: free })
    : free
}

function number(world: World, schema: z.core.$ZodType): Any {
  const fitting = whole.filter((value) => (schema as z.ZodType).safeParse(value).success)
  const some = fc.integer({ min: 1, max: world.ids })
  return fitting.length > 0
    ? fc.oneof({ weight: 3, arbitrary: some }, { weight: 1, arbitrary: fc.constantFrom(...fitting) })
    : some
}

function object(world: World, shape: Readonly<Record<string, z.core.$ZodType>>): Any {
  const fields = Object.fromEntries(Object.entries(shape).map(([key, one]) => [key, valid(one, world)]))
  const requiredKeys = Object.keys(shape).filter((key) => definitionOf(shape[key]).type !== 'optional')
  return fc.record(fields, { requiredKeys })
}

function definitionOf(schema: z.core.$ZodType | undefined): Definition {
  if (!schema) throw new Error('a schema has an inner one')
  return schema._zod.def as Definition
}

function leaf(schema: z.core.$ZodType, definition: Definition, world: World): Any {
  const { type, format } = definition
  if (format === 'uuid') return fc.oneof(fc.constantFrom(...world.uids), fc.uuid())
  if (type === 'string') return text(world, schema)
  if (type === 'number') return number(world, schema)
  if (type === 'boolean') return fc.boolean()
  if (type === 'enum') return fc.constantFrom(...Object.values(definition.entries ?? {}))
  if (type === 'literal') return fc.constantFrom(...(definition.values ?? []))
  if (type === 'file') return fc.uint8Array({ maxLength: 60 }).map((bytes) => new File([bytes], 'a.png'))
  if (type === 'null') return fc.constant(null)
  return fc.jsonValue({ maxDepth: 2 })
}

/** Inputs of a schema's shape; a refinement may still refuse them, which is as good a test. */
export function valid(schema: z.core.$ZodType, world: World): Any {
  const definition = definitionOf(schema)
  const inner = () => valid(definition.innerType ?? schema, world)
  switch (definition.type) {
    case 'object':
      return object(world, definition.shape ?? {})
    case 'array':
      return fc.array(valid(definition.element ?? schema, world), { minLength: 0, maxLength: 3 })
    case 'record':
      return fc.dictionary(fc.string({ maxLength: 8 }), valid(definition.valueType ?? schema, world), {
        maxKeys: 3,
      })
    case 'nullable':
      return fc.option(inner(), { nil: null, freq: 2 })
    case 'optional':
    case 'default':
    case 'prefault':
      return inner()
    case 'pipe':
      return valid(definition.in ?? schema, world)
    case 'union':
      return fc.oneof(...(definition.options ?? []).map((one) => valid(one, world)))
    default:
      return leaf(schema, definition, world)
  }
}

/** Values nobody means: wrong kinds, edges, and texts that other programs have stumbled over. */
const wrong: Any = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    ' ',
    [],
    {},
    true,
    -1,
    0,
    0.1,
    -0,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.MAX_SAFE_INTEGER,
    -Number.MAX_SAFE_INTEGER,
    2 ** 53,
    1e308,
    '\u0000',
    '\ud800',
    '\u202e',
    "'; DROP TABLE repairs; --",
    '"" OR 1=1',
    'NEAR(a b)',
    '*',
    '%_%',
    '=1+1',
    '../../etc/passwd',
    '__proto__',
    'x'.repeat(100_000),
    '2026-02-30',
    '9999-99-99',
    'NaN',
    '1e9',
    { __proto__: null, constructor: 1 },
    JSON.parse('{"__proto__":{"a":1}}'),
    Array.from({ length: 2000 }, () => 1),
  ),
  fc.bigInt().map(Number),
  fc.double(),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.jsonValue({ maxDepth: 3 }),
)

type Holder = Record<string, unknown>

function holdersIn(value: unknown, found: Holder[] = []): Holder[] {
  if (typeof value !== 'object' || value === null || value instanceof File) return found
  found.push(value as Holder)
  for (const inner of Object.values(value)) holdersIn(inner, found)
  return found
}

/** The input with one value somewhere in it replaced, left out or put in beside. */
function spoilt(input: unknown, at: number, what: unknown): unknown {
  const copy = structuredCloneOf(input)
  const holders = holdersIn(copy)
  const holder = holders[at % Math.max(1, holders.length)]
  if (!holder) return what
  const keys = Object.keys(holder)
  const key = keys[Math.floor(at / 7) % Math.max(1, keys.length)]
  if (key === undefined || at % 11 === 0) holder[`extra${at % 3}`] = what
  else if (at % 13 === 0) delete holder[key]
  else holder[key] = what
  return copy
}

function structuredCloneOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structuredCloneOf)
  if (typeof value !== 'object' || value === null || value instanceof File) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, structuredCloneOf(inner)]))
}

/** Inputs for one method: half of them valid, most of the others nearly, some nothing like it. */
export function inputs(schema: z.core.$ZodType, world: World): Any {
  const good = valid(schema, world)
  return fc.oneof(
    { weight: 5, arbitrary: good },
    {
      weight: 4,
      arbitrary: fc.tuple(good, fc.nat(), wrong).map(([input, at, what]) => spoilt(input, at, what)),
    },
    { weight: 1, arbitrary: wrong },
  )
}

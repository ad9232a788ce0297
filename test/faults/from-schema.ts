import fc from 'fast-check'
import type { z } from 'zod'
import type { ShopWorld } from './shop-world.ts'

/*
 * Random inputs out of the contract's own schemas: valid ones (about things the shop really has), valid ones with one
 * value gone wrong, and hostile ones that follow no schema at all.
 */

type World = Pick<ShopWorld, 'words' | 'uids'>

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

const days = [
  '1900-01-01',
  '2024-02-29',
  '2026-02-28',
  '2026-03-02',
  '2026-03-09',
  '2027-12-31',
  '2200-12-31',
]
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

function number(schema: z.core.$ZodType): Any {
  const fitting = whole.filter((value) => (schema as z.ZodType).safeParse(value).success)
  const some = fc.integer({ min: 1, max: 12 })
  return fitting.length > 0
    ? fc.oneof({ weight: 3, arbitrary: some }, { weight: 1, arbitrary: fc.constantFrom(...fitting) })
    : some
}

function object(world: World, shape: Readonly<Record<string, z.core.$ZodType>>): Any {
  const isOptional = (key: string) => definitionOf(shape[key]).type === 'optional'
  const keys = Object.keys(shape)
  const fields = Object.fromEntries(Object.entries(shape).map(([key, one]) => [key, valid(one, world)]))
  const required = fc.record(Object.fromEntries(Object.entries(fields).filter(([key]) => !isOptional(key))))
  const optional = keys.filter(isOptional)
  // A few of what may be left out: were it half of sixty, one of them would always be wrong.
  const chosen = fc.subarray(optional, { maxLength: Math.min(3, optional.length) })
  return chosen.chain((few) => {
    const more = fc.record(Object.fromEntries(few.map((key) => [key, fields[key] ?? fc.constant(null)])))
    return fc.tuple(required, more).map(([base, others]) => ({ ...base, ...others }))
  })
}

function definitionOf(schema: z.core.$ZodType | undefined): Definition {
  if (!schema) throw new Error('a schema has an inner one')
  return schema._zod.def as Definition
}

function leaf(schema: z.core.$ZodType, definition: Definition, world: World): Any {
  const { type, format } = definition
  if (format === 'uuid') return fc.oneof(fc.constantFrom(...world.uids), fc.uuid())
  if (type === 'string') return text(world, schema)
  if (type === 'number') return number(schema)
  if (type === 'boolean') return fc.boolean()
  if (type === 'enum') return fc.constantFrom(...Object.values(definition.entries ?? {}))
  if (type === 'literal') return fc.constantFrom(...(definition.values ?? []))
  if (type === 'file') return fc.uint8Array({ maxLength: 60 }).map((bytes) => new File([bytes], 'a.png'))
  if (type === 'null') return fc.constant(null)
  return fc.jsonValue({ maxDepth: 2 })
}

/** Mostly one or two: an empty list is most often refused, and each more is one more that may be wrong. */
const some = (element: Any): Any =>
  fc.oneof(
    { weight: 5, arbitrary: fc.array(element, { minLength: 1, maxLength: 2 }) },
    { weight: 1, arbitrary: fc.array(element, { maxLength: 3 }) },
  )

/** Inputs of a schema's shape; a refinement may still refuse them, which is as good a test. */
export function valid(schema: z.core.$ZodType, world: World): Any {
  const definition = definitionOf(schema)
  const inner = () => valid(definition.innerType ?? schema, world)
  switch (definition.type) {
    case 'object':
      return object(world, definition.shape ?? {})
    case 'array':
      return some(valid(definition.element ?? schema, world))
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
    '2025-02-29',
    '0000-00-00',
    '9999-99-99',
    '+010000-01-01',
    '2026-03-02T00:00:00Z',
    'ＳＨ２６０３０２０００１',
    '\u0661\u0662',
    'e\u0301'.repeat(500),
    '👩‍👩‍👧‍👦'.repeat(100),
    '\u200b',
    '\ufeff',
    '\u2028',
    'İıß',
    -9_000_000_001,
    9_000_000_000,
    9_000_000_001,
    2 ** 31 - 1,
    2 ** 32,
    8_640_000_000_000,
    8_640_000_000_001,
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

/** Inputs for one method: half of them valid and about what is there, most of the others nearly, some nothing like it. */
export function inputs(method: string, schema: z.core.$ZodType, world: ShopWorld): Any {
  const loose = valid(schema, world)
  // Drawn when the input is: what it names is what stands in the shop then.
  const good = fc.tuple(loose, fc.nat()).map(([input, salt]) => world.dressed(method, input, salt))
  return fc.oneof(
    { weight: 6, arbitrary: good },
    { weight: 1, arbitrary: loose },
    {
      weight: 3,
      arbitrary: fc.tuple(good, fc.nat(), wrong).map(([input, at, what]) => spoilt(input, at, what)),
    },
    { weight: 1, arbitrary: wrong },
  )
}

import type Database from 'better-sqlite3'
import { addDays, dayOf } from '#core/app.ts'
import { addUp, type Asked } from './adds-up.ts'
import { lists, sources, type Source } from './shop-rows.ts'

/*
 * Puts into a random input what stands in the shop at that moment: the ids, versions and keys a seat would have on its
 * screen. Without it nearly every input would be refused for naming nobody, and the rules behind would never be reached.
 */

type Row = Readonly<Record<string, unknown>>
type Fields = Record<string, unknown>

export interface ShopWorld {
  /** Texts that name something in the shop. */
  readonly words: readonly string[]
  readonly uids: readonly string[]
  /** The input about what is there; the same salt chooses the same. */
  dressed(method: string, input: unknown, salt: number): unknown
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof File)

/** In an intake the customer and the device are named by a plain `id`. */
const meantBy: Readonly<Record<string, string>> = { customer: 'customerId', device: 'deviceId' }

/** Values as a person has them in most calls, by the field's name; days are counted from today. */
const usual: Readonly<Record<string, readonly unknown[]>> = {
  quantity: [1000],
  shareBp: [10_000],
  payer: ['customer'],
  discountMinor: [0],
  unitMinor: [4500, 100],
  amountMinor: [1, 100],
  grossMinor: [1, 100],
  leftMinor: [0],
  countedMinor: [0],
  unitCostMinor: [1000],
  differenceThousandths: [1000, -1000],
  binId: [null],
  overrideReason: ['x'],
  phone: [null, '13812345678'],
  email: [null],
  parentId: [null],
  supersedesId: [null],
}
const usualDays: Readonly<Record<string, readonly number[]>> = {
  dueOn: [1, 30],
  wakeOn: [1, 7],
  nextTryOn: [1, 3],
  validUntil: [1, 14],
  expectedOn: [2],
  requestedOn: [3],
  doneOn: [0, -1],
  purchasedOn: [-400],
  from: [-30],
  to: [0],
}

/** The rows of the sources, read again after each change of the file. */
function rowsOf(file: Database.Database) {
  const kept = new Map<string, unknown>()
  let version: unknown
  const read = <T>(sql: string, act: () => T): T => {
    const now = file.pragma('data_version', { simple: true })
    if (now !== version) kept.clear()
    version = now
    if (!kept.has(sql)) kept.set(sql, act())
    return kept.get(sql) as T
  }
  return {
    list: (sql: string) => read(sql, () => file.prepare(sql).pluck().all() as unknown[]),
    groups: (sql: string) =>
      read(sql, () => {
        const groups = Map.groupBy(file.prepare(sql).all() as Row[], (row) => row['kind_'])
        return [...groups.values()]
      }),
  }
}

interface Dressing {
  readonly module: string
  readonly random: () => number
  readonly rows: ReturnType<typeof rowsOf>
  readonly today: string
}

const oneOf = <T>(random: () => number, from: readonly T[]): T | undefined =>
  from[Math.floor(random() * from.length)]

/** A row of the source: most often one that belongs to what the input names already. */
function rowFor(dressing: Dressing, source: Source, named: Fields): Row | undefined {
  const { rows, random } = dressing
  const groups = rows.groups(source.sql)
  const belongs = (row: Row) =>
    Object.keys(row).every((key) => !(key in named) || key === 'version' || row[key] === named[key])
  const fitting = Object.keys(named).length > 0 && random() < 0.8 ? groups.flat().filter(belongs) : []
  return oneOf(random, fitting.length > 0 ? fitting : (oneOf(random, groups) ?? []))
}

function isNamed(source: Source, dressing: Dressing, fields: Fields): boolean {
  const plain = source.module === dressing.module && ('uid' in fields || 'number' in fields)
  return (fields[source.key] ?? null) !== null || (plain && !('part' in fields))
}

/** The fields of one object, and of what is in it; `named` is what the outer ones have said. */
function dress(dressing: Dressing, given: Fields, parent: string, outer: Fields): Fields {
  const { random, rows, today } = dressing
  const id = meantBy[parent]
  const fields: Fields = id && 'id' in given ? { [id]: given['id'] } : { ...given }
  for (const key of Object.keys(fields)) {
    if (random() < 0.7) {
      const days = usualDays[key]
      if (usual[key]) fields[key] = oneOf(random, usual[key])
      else if (days && typeof fields[key] === 'string') fields[key] = addDays(today, oneOf(random, days) ?? 0)
    }
    const list = lists[key]
    if (list && Array.isArray(fields[key]))
      fields[key] = fields[key].map((value: unknown) => oneOf(random, rows.list(list)) ?? value)
  }
  const named: Fields = { ...outer }
  const done = new Set<string>()
  for (const source of sources) {
    if (done.has(source.key) || !isNamed(source, dressing, fields)) continue
    const row = rowFor(dressing, source, named)
    for (const [key, value] of Object.entries(row ?? {})) {
      if (key !== 'kind_' && key !== 'version' && value !== null) named[key] ??= value
      if (!(key in fields) || value === null || done.has(key)) continue
      fields[key] = value
      done.add(key)
    }
  }
  for (const [key, value] of Object.entries(fields)) {
    if (isFields(value)) fields[key] = dress(dressing, value, key, named)
    else if (Array.isArray(value))
      fields[key] = value.map((one: unknown) => (isFields(one) ? dress(dressing, one, key, named) : one))
  }
  return id && id in fields ? { id: fields[id] } : fields
}

/**
 * The shop in a file, which another connection may be writing; `now` is the shop's clock, `ask` a query as a seat sends
 * one before it acts.
 */
export function worldOf(file: Database.Database, now: () => number, ask: Asked): ShopWorld {
  const rows = rowsOf(file)
  const words: string[] = []
  const uids: string[] = []
  const some = (table: string, column: string) =>
    (file.prepare(`SELECT DISTINCT ${column} FROM ${table} LIMIT 20`).pluck().all() as unknown[]).filter(
      (one): one is string => typeof one === 'string',
    )
  const columns = file
    .prepare(
      `SELECT m.name AS "table", c.name AS "column" FROM sqlite_schema m, pragma_table_info(m.name) c
       WHERE m.type = 'table' AND c.name IN ('uid', 'number', 'code', 'login', 'name', 'serial')`,
    )
    .all() as { table: string; column: string }[]
  for (const { table, column } of columns)
    (column === 'uid' ? uids : words).push(...some(table, column).filter((one) => one !== ''))
  return {
    words,
    uids,
    dressed(method, input, salt) {
      if (!isFields(input)) return input
      const [module = ''] = method.split('.')
      const today = dayOf(now(), 'Asia/Shanghai')
      const random = chance(salt)
      const fields = dress({ module, random, rows, today }, input, '', {})
      return addUp(method, fields, { random, ask, listed: (sql) => rows.list(sql) })
    },
  }
}

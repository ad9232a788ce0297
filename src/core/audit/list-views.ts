import { sqlStatement, type ReadDb } from '../db/handles.ts'
import type { AuditRow } from '#contract/audit.ts'

/** Rows looked at for one page, at most: a page is quick however rare what it looks for is. */
const scannedAtOnce = 50_000

export interface LogFilter {
  readonly userId?: number | undefined
  readonly seatId?: number | undefined
  /** Methods any of which may be meant; undefined is all of them. */
  readonly methods?: readonly string[] | undefined
  /** UTC epoch ms, from the first on and before the second. */
  readonly from?: number | undefined
  readonly until?: number | undefined
  readonly refused?: boolean | undefined
  /** Part of the input, in small letters, or what names whom or what the line is about. */
  readonly text?: { readonly part: string; readonly names: RegExp | undefined } | undefined
}

export interface LogPage {
  readonly rows: AuditRow[]
  /** Where to go on behind; undefined at the end of the log. */
  readonly nextId: number | undefined
}

type Value = string | number

interface Conditions {
  readonly texts: string[]
  readonly values: Value[]
}

function and(...parts: readonly (readonly [boolean, string, ...Value[]])[]): Conditions {
  const held = parts.filter(([wanted]) => wanted)
  return { texts: held.map(([, text]) => text), values: held.flatMap(([, , ...values]) => values) }
}

/** The id before which all rows are older than a moment. Ids follow the clock, so it is found by halving. */
function firstIdAt(db: ReadDb, at: number): number {
  const find = sqlStatement(db, 'SELECT id, at FROM audit_log WHERE id >= ? ORDER BY id LIMIT 1')
  let low = 1
  let high = (sqlStatement(db, 'SELECT max(id) FROM audit_log').pluck().get() as number | null) ?? 0
  high++
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const row = find.get(middle) as { id: number; at: number } | undefined
    if (row && row.at < at) low = row.id + 1
    else high = middle
  }
  return low
}

/** How the rows are reached, newest first: by one index, so that nothing has to be sorted. */
interface Way {
  readonly where: Conditions
  readonly order: string
}

function wayOf(
  db: ReadDb,
  filter: LogFilter,
  method: string | undefined,
  ids: readonly [number, number],
): Way {
  const [fromId, beforeId] = ids
  const range = [true, 'id >= ? AND id < ?', fromId, beforeId] as const
  if (method !== undefined) return { where: and([true, 'method = ?', method], range), order: 'a.id DESC' }
  if (filter.refused) return { where: and([true, "result <> 'ok'"], range), order: 'a.id DESC' }
  if (filter.userId === undefined) return { where: and(range), order: 'a.id DESC' }
  const at = sqlStatement(db, 'SELECT at FROM audit_log WHERE id < ? ORDER BY id DESC LIMIT 1').pluck()
  const before = (at.get(beforeId) as number | undefined) ?? 0
  const mine = [true, 'user_id = ? AND at <= ?', filter.userId, before] as const
  return { where: and(mine, [true, '+id >= ? AND +id < ?', fromId, beforeId]), order: 'a.at DESC, a.id DESC' }
}

function restOf(filter: LogFilter, method: string | undefined): Conditions {
  const { userId, seatId, refused, from, until } = filter
  const byUser = method === undefined && !refused
  return and(
    [userId !== undefined && !byUser, 'user_id = ?', userId ?? 0],
    [seatId !== undefined, 'seat_id = ?', seatId ?? 0],
    [refused === true && method !== undefined, "result <> 'ok'"],
    // The clock may have been set back: then ids alone do not tell.
    [from !== undefined, 'at >= ?', from ?? 0],
    [until !== undefined, 'at < ?', until ?? 0],
  )
}

const columns = 'id, at, user_id, seat_id, method, command_id, input, result'

const chosenText = 'SELECT * FROM audit_log WHERE id IN (SELECT value FROM json_each(?))'

/**
 * Of some rows the first `limit` ids, as JSON, whose input has the text or names what it names. They are looked through
 * here: SQL knows no pattern for all of a customer's repairs and papers at once.
 */
function withText(
  db: ReadDb,
  among: string,
  values: readonly Value[],
  { part, names }: NonNullable<LogFilter['text']>,
  limit: number,
): string {
  const ids: number[] = []
  for (const row of sqlStatement(db, `SELECT id, input ${among}`)
    .raw()
    .iterate(...values)) {
    const [id, input] = row as [number, string]
    if (!input.toLowerCase().includes(part) && !names?.test(input)) continue
    ids.push(id)
    if (ids.length === limit) break
  }
  return JSON.stringify(ids)
}

/** One page of one method's rows, or of all methods' when none is named. */
function scan(
  db: ReadDb,
  filter: LogFilter,
  method: string | undefined,
  ids: readonly [number, number],
  limit: number,
): LogPage {
  const { where, order } = wayOf(db, filter, method, ids)
  const rest = restOf(filter, method)
  const inner = `SELECT ${columns} FROM audit_log a WHERE ${where.texts.join(' AND ')}
    ORDER BY ${order} LIMIT ${scannedAtOnce}`
  const outer = rest.texts.length > 0 ? `WHERE ${rest.texts.join(' AND ')}` : ''
  const among = `FROM (${inner}) ${outer}`
  const values = [...where.values, ...rest.values]
  const [chosen, given] = filter.text
    ? [chosenText, [withText(db, among, values, filter.text, limit + 1)]]
    : [`SELECT * ${among} LIMIT ${limit + 1}`, values]
  const text = `SELECT a.id, a.at, a.user_id AS userId, u.name AS userName, s.name AS seatName, a.method,
      a.command_id AS commandId, a.input, a.result
    FROM (${chosen}) a
    LEFT JOIN users u ON u.id = a.user_id LEFT JOIN seats s ON s.id = a.seat_id ORDER BY ${order}`
  const rows = sqlStatement(db, text).all(...given) as AuditRow[]
  if (rows.length > limit) return { rows: rows.slice(0, limit), nextId: rows[limit - 1]?.id }
  const endText = `SELECT id FROM audit_log a WHERE ${where.texts.join(' AND ')} ORDER BY ${order}
    LIMIT 1 OFFSET ${scannedAtOnce - 1}`
  const end = sqlStatement(db, endText)
    .pluck()
    .get(...where.values) as number | undefined
  return { rows, nextId: end }
}

/**
 * The log as it is narrowed, newest first. A page looks at a bounded number of rows; one that found nothing there says
 * where to go on.
 */
export function logPage(db: ReadDb, filter: LogFilter, beforeId: number | undefined, limit: number): LogPage {
  const fromId = filter.from === undefined ? 1 : firstIdAt(db, filter.from)
  const untilId = filter.until === undefined ? Number.MAX_SAFE_INTEGER : firstIdAt(db, filter.until)
  const ids = [fromId, Math.min(beforeId ?? Number.MAX_SAFE_INTEGER, untilId)] as const
  if (filter.methods === undefined) return scan(db, filter, undefined, ids, limit)
  const pages = filter.methods.map((method) => scan(db, filter, method, ids, limit))
  // Down to the id where the first of them stopped reading, what was found is complete.
  const complete = Math.max(0, ...pages.map(({ nextId }) => nextId ?? 0))
  const found = pages
    .flatMap(({ rows }) => rows)
    .filter(({ id }) => id >= complete)
    .toSorted((a, b) => b.id - a.id)
  const rows = found.slice(0, limit)
  const goesOn = found.length > limit ? rows.at(-1)?.id : complete
  return { rows, nextId: goesOn === 0 ? undefined : goesOn }
}

/** People and seats by name, for narrowing the log. */
export function logChoices(db: ReadDb) {
  const named = (table: 'users' | 'seats') =>
    sqlStatement(db, `SELECT id, name FROM ${table} ORDER BY name, id`).all() as {
      id: number
      name: string
    }[]
  return { people: named('users'), seats: named('seats') }
}

// Each name is found behind the one before it: as many steps as there are names, not as there are rows.
const namesText = `WITH RECURSIVE names (method) AS (
  SELECT min(method) FROM audit_log
  UNION ALL
  SELECT (SELECT min(a.method) FROM audit_log a WHERE a.method > names.method) FROM names WHERE method IS NOT NULL
) SELECT method FROM names WHERE method IS NOT NULL`

/** Every method that stands in the log, by name. */
export function methodsInLog(db: ReadDb): string[] {
  return sqlStatement(db, namesText).pluck().all() as string[]
}

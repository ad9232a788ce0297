import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { QueryContext } from '../context.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'
import { fieldError } from '../kernel/app-error.ts'
import { repairCards } from './views.ts'
import { listPlan, type Plan } from './views-plans.ts'

/** Lists of repairs, paged by key: a page costs the same at the end of a million rows as at its beginning. */

interface KeyedRow {
  readonly id: number
  readonly key: string | number | null
}

const defaultLimit = 50

function encode(plan: Plan, row: KeyedRow): string {
  return Buffer.from(JSON.stringify([plan.code, row.key, row.id])).toString('base64url')
}

/** The row a cursor stands for. Error: `field.format` at `after` for anything this list did not hand out. */
function decode(plan: Plan, cursor: string): KeyedRow {
  const refused = fieldError('after', 'field.format')
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    throw refused
  }
  if (!Array.isArray(parts) || parts.length !== 3) throw refused
  const [code, key, id] = parts as readonly unknown[]
  const keyed =
    typeof key === 'string' || Number.isSafeInteger(key) || (key === null && plan.nulls !== 'never')
  if (code !== plan.code || !keyed || typeof id !== 'number' || !Number.isSafeInteger(id)) throw refused
  return { id, key: key as KeyedRow['key'] }
}

type Part = 'all' | 'keyed' | 'unkeyed'

/** Rows of one part of the order, after a row of that part. */
function partOf(db: ReadDb, plan: Plan, part: Part, after: KeyedRow | undefined, limit: number): KeyedRow[] {
  const { key, direction } = plan
  const where = [...plan.where]
  const params: (string | number)[] = [...plan.params]
  if (part === 'unkeyed') where.push(`${key} IS NULL`)
  if (part === 'keyed') where.push(`${key} IS NOT NULL`)
  if (after !== undefined) {
    const sign = direction === 'ASC' ? '>' : '<'
    if (part === 'unkeyed') {
      where.push(`r.id ${sign} ?`)
      params.push(after.id)
    } else if (after.key !== null) {
      where.push(`(${key}, r.id) ${sign} (?, ?)`)
      params.push(after.key, after.id)
    }
  }
  const byId = `r.id ${direction}`
  const byKey = part === 'unkeyed' ? byId : `${key} ${direction}, ${byId}`
  const text = `SELECT r.id, ${key} AS key FROM repairs r INDEXED BY ${plan.index}
    ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY ${plan.order ?? byKey} LIMIT ?`
  return sqlStatement(db, text).all(...params, limit) as KeyedRow[]
}

/** At most `limit` rows of a plan after a row of it; rows without a key stand where the plan says. */
export function keyedRows(db: ReadDb, plan: Plan, limit: number, after?: KeyedRow): KeyedRow[] {
  if (plan.nulls === 'never') return partOf(db, plan, 'all', after, limit)
  const parts: Part[] = plan.nulls === 'first' ? ['unkeyed', 'keyed'] : ['keyed', 'unkeyed']
  const begin = after === undefined ? 0 : parts.indexOf(after.key === null ? 'unkeyed' : 'keyed')
  const rows: KeyedRow[] = []
  for (const [step, part] of parts.slice(begin).entries()) {
    if (rows.length >= limit) break
    rows.push(...partOf(db, plan, part, step === 0 ? after : undefined, limit - rows.length))
  }
  return rows
}

/**
 * Repairs by any mix of filters, newest first unless `sort` says otherwise. `only` lists come in the order in
 * which they ask for attention, whatever `sort` says; `due` and `idle` are about repairs in play and fall back
 * to newest first when an ended state is asked for. Errors: `field.format` for a cursor of another list,
 * `field.before` for days the wrong way round.
 */
export function listRepairs(ctx: QueryContext, input: InputOf<'repairs.list'>): OutputOf<'repairs.list'> {
  const plan = listPlan(ctx, input)
  const limit = input.limit ?? defaultLimit
  const after = input.after === undefined ? undefined : decode(plan, input.after)
  const rows = keyedRows(ctx.db, plan, limit + 1, after)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: repairCards(
      ctx.db,
      page.map((row) => row.id),
    ),
    ...(rows.length > limit && last ? { next: encode(plan, last) } : {}),
  }
}

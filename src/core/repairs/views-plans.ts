import type { InputOf } from '#contract/method-types.ts'
import { openStates, type RepairState } from '#contract/repair-states.ts'
import type { QueryContext } from '../context.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'
import { addDays, startOfDay } from '../kernel/days.ts'
import { fieldError } from '../kernel/app-error.ts'

/**
 * How each list of repairs is read: which index drives it, what it holds and in which order. The index is
 * named in the statement (INDEXED BY): with statistics SQLite may otherwise come to prefer another one, and
 * a statement whose index is gone fails in a test instead of reading a million rows in a shop. A condition
 * of a partial index stands in the statement word for word, because SQLite takes the index only then.
 */
export interface Plan {
  /** Marks the cursors of this order, so that no other list takes them. */
  readonly code: string
  readonly index: string
  readonly where: readonly string[]
  readonly params: readonly (string | number)[]
  /** What the rows are sorted by, before `id`. */
  readonly key: string
  readonly direction: 'ASC' | 'DESC'
  /** The index's own words for the same order, where `key` is one text made of several columns. */
  readonly order?: string
  /** Where rows without a key stand; `never` when each row has one. */
  readonly nulls: 'first' | 'last' | 'never'
}

export const inPlay = "r.state NOT IN ('closed','cancelled','unclaimed')"
const toResolve = "r.state NOT IN ('closed','cancelled','unclaimed','collected','processed')"
const sideEnd = "r.state IN ('cancelled','unclaimed')"
const mayIdle = "r.state NOT IN ('closed','cancelled','unclaimed','collected','suspended')"

/** Urgent first, then by promised date, those without one last: the order of the index `repairs_board`. */
export const boardOrder = 'r.priority DESC, r.due_on IS NULL, r.due_on, r.id'

type Filter = InputOf<'repairs.list'>
export type Attention = NonNullable<Filter['only']>

function plan(code: string, index: string, key: string, given: Partial<Plan> = {}): Plan {
  return { code, index, key, where: [], params: [], direction: 'ASC', nulls: 'never', ...given }
}

/** Moment before which a repair without any move, note or photo counts as stuck. */
export function idleBefore(ctx: QueryContext): number {
  return ctx.now - ctx.settings.stuckAfterHours * 3_600_000
}

/**
 * The lists that ask for attention, each in the order in which it asks.
 * late: the required resolution date has passed and it is not resolved; suspended ones too, the promise stands.
 * stuck: idle for longer than the shop's setting (RD#1301); what is ready has its own list, what is suspended
 * sleeps by agreement. unassigned: somebody can be put on it, so locked ones are not in it.
 * follow_up_due: never tried yet, then by the agreed day (W7).
 */
export function attentionPlan(ctx: QueryContext, only: Attention): Plan {
  switch (only) {
    case 'late':
      return plan('late', 'repairs_due', 'r.due_on', {
        where: [toResolve, 'r.due_on < ?'],
        params: [ctx.today],
      })
    case 'locked':
      return plan('lock', 'repairs_locked', 'r.locked_at', { where: ['r.lock_reason IS NOT NULL'] })
    case 'stuck':
      return plan('stuck', 'repairs_idle', 'r.active_at', {
        where: [mayIdle, "r.state <> 'processed'", 'r.active_at < ?'],
        params: [idleBefore(ctx)],
      })
    case 'unverified':
      return plan('unver', 'repairs_unverified', 'r.closed_at', {
        where: ["r.state = 'closed'", 'r.verified_at IS NULL', "r.close_kind <> 'imported'"],
      })
    case 'follow_up_due':
      return plan('follow', 'repairs_follow_up', 'r.next_try_on', {
        where: ["r.state = 'collected'", '(r.next_try_on IS NULL OR r.next_try_on <= ?)'],
        params: [ctx.today],
        nulls: 'first',
      })
    case 'unassigned':
      // As the board; the key is one text that sorts the same way, so that a cursor stays one value.
      return plan('free', 'repairs_board', "(3 - r.priority) || ifnull(r.due_on, '9999-12-31')", {
        where: [inPlay, "r.state = 'waiting'", 'r.lock_reason IS NULL'],
        order: boardOrder,
      })
  }
}

/** Ready to be collected, the longest waiting first. */
export function readyPlan(): Plan {
  return plan('ready', 'repairs_idle', 'r.active_at', { where: [mayIdle, "r.state = 'processed'"] })
}

const open: ReadonlySet<RepairState> = new Set(openStates)
const isInPlay = (state: RepairState) => open.has(state) || state === 'collected'
const isSideEnd = (state: RepairState) => state === 'cancelled' || state === 'unclaimed'

/** The index that narrows best by what was asked for, when one does. */
function narrowestIndex(filter: Filter): string | undefined {
  if (filter.visitUid !== undefined) return 'repairs_visit'
  if (filter.deviceId !== undefined) return 'repairs_device'
  if (filter.customerId !== undefined) return 'repairs_customer'
  return undefined
}

/** Up to this many repairs in play are sorted faster than they are met among all the others. */
const fewInPlay = 2000

function areFew(db: ReadDb, states: readonly RepairState[]): boolean {
  const text = 'SELECT total(count) FROM repair_counts WHERE state IN (SELECT value FROM json_each(?))'
  const count = sqlStatement(db, text).pluck().get(JSON.stringify(states)) as number
  return count <= fewInPlay
}

/** Newest first: by the index that narrows best, otherwise along the index of arrival until the page is full. */
function newestPlan(db: ReadDb, filter: Filter): Plan {
  const { states = [], engineerId, receivedFrom, receivedTo } = filter
  const by = (index: string, ...where: string[]) =>
    plan('new', index, 'r.received_at', { direction: 'DESC', where })
  const narrow = narrowestIndex(filter)
  if (narrow !== undefined) return by(narrow)
  const inPlayOnly = states.length > 0 && states.every(isInPlay)
  if (engineerId !== undefined) {
    return inPlayOnly ? by('repairs_engineer', inPlay) : by('repairs_engineer_history')
  }
  const dated = receivedFrom !== undefined || receivedTo !== undefined
  if (inPlayOnly && !dated && areFew(db, states)) return by('repairs_board', inPlay)
  if (states.length > 0 && states.every(isSideEnd)) return by('repairs_ended', sideEnd)
  return by('repairs_received')
}

/** By promised date or by idle time: both are about repairs in play; ended ones have only their age. */
function workPlan(db: ReadDb, filter: Filter, sort: 'due' | 'idle'): Plan {
  const { states } = filter
  if (states !== undefined && !states.every(isInPlay)) return newestPlan(db, filter)
  const narrow = narrowestIndex(filter) ?? (filter.engineerId === undefined ? undefined : 'repairs_engineer')
  const inIndex =
    sort === 'due'
      ? (state: RepairState) => open.has(state) && state !== 'processed'
      : (state: RepairState) => open.has(state) && state !== 'suspended'
  const own = states === undefined || states.every(inIndex)
  const condition = own ? (sort === 'due' ? toResolve : mayIdle) : inPlay
  const ownIndex = sort === 'due' ? 'repairs_due' : 'repairs_idle'
  const where = narrow === 'repairs_engineer' && condition !== inPlay ? [inPlay, condition] : [condition]
  return sort === 'due'
    ? plan('due', narrow ?? (own ? ownIndex : 'repairs_board'), 'r.due_on', { where, nulls: 'last' })
    : plan('idle', narrow ?? (own ? ownIndex : 'repairs_board'), 'r.active_at', { where })
}

/** The plan of a list with all its filters. Error: `field.before` when the days are the wrong way round. */
export function listPlan(ctx: QueryContext, filter: Filter): Plan {
  const sort = filter.sort ?? 'newest'
  const base =
    filter.only !== undefined
      ? attentionPlan(ctx, filter.only)
      : sort === 'newest'
        ? newestPlan(ctx.db, filter)
        : workPlan(ctx.db, filter, sort)
  const where = [...base.where]
  const params = [...base.params]
  const add = (condition: string, value: string | number | undefined) => {
    if (value === undefined) return
    where.push(condition)
    params.push(value)
  }
  add('r.visit_uid = ?', filter.visitUid)
  add('r.device_id = ?', filter.deviceId)
  add('r.customer_id = ?', filter.customerId)
  add('r.engineer_id = ?', filter.engineerId)
  const { receivedFrom, receivedTo, states } = filter
  const zone = ctx.settings.timeZone
  if (receivedFrom !== undefined && receivedTo !== undefined && receivedTo < receivedFrom) {
    throw fieldError('receivedTo', 'field.before', { min: receivedFrom })
  }
  add('r.received_at >= ?', receivedFrom === undefined ? undefined : startOfDay(receivedFrom, zone))
  add('r.received_at < ?', receivedTo === undefined ? undefined : startOfDay(addDays(receivedTo, 1), zone))
  if (states !== undefined && states.length > 0) {
    where.push(`r.state IN (${states.map(() => '?').join(',')})`)
    params.push(...states)
  }
  return { ...base, where, params }
}

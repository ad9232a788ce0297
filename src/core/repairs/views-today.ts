import type { InputOf, OutputOf } from '#contract/method-types.ts'
import { boardStates, type RepairState } from '#contract/repair-states.ts'
import type { RepairCard } from '#contract/repairs.ts'
import type { QueryContext } from '../context.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'
import { repairCards } from './views.ts'
import { keyedRows } from './views-list.ts'
import { attentionPlan, boardOrder, inPlay, readyPlan, type Plan } from './views-plans.ts'

/** Today, the board and a technician's jobs: counters are kept or counted over a short index, never over the table. */

const cardsPerColumn = 20
const rowsPerList = 10
/** A person acts the same on "more than a thousand"; counting stops there. */
const highestCount = 1000
const mostJobs = 200

function idsOf(rows: readonly unknown[]): number[] {
  return rows as number[]
}

function columnIds(db: ReadDb, state: RepairState, limit: number, engineerId: number | undefined): number[] {
  const [index, condition] =
    engineerId === undefined ? ['repairs_board', ''] : ['repairs_engineer', 'AND r.engineer_id = ?']
  const text = `SELECT r.id FROM repairs r INDEXED BY ${index}
    WHERE r.state = ? AND ${inPlay} ${condition} ORDER BY ${boardOrder} LIMIT ?`
  const params = engineerId === undefined ? [state, limit] : [state, engineerId, limit]
  return idsOf(
    sqlStatement(db, text)
      .pluck()
      .all(...params),
  )
}

function countsByState(db: ReadDb, engineerId: number | undefined): Map<string, number> {
  const rows =
    engineerId === undefined
      ? sqlStatement(db, 'SELECT state, count FROM repair_counts').all()
      : sqlStatement(
          db,
          `SELECT r.state, count(*) AS count FROM repairs r INDEXED BY repairs_engineer
           WHERE r.engineer_id = ? AND ${inPlay} GROUP BY r.state`,
        ).all(engineerId)
  return new Map((rows as { state: string; count: number }[]).map((row) => [row.state, row.count]))
}

/** Columns in the order of the work, each with its count and its first cards by priority and promised date. */
export function repairBoard(ctx: QueryContext, input: InputOf<'repairs.board'>): OutputOf<'repairs.board'> {
  const { db } = ctx
  const counts = countsByState(db, input.engineerId)
  const columns = boardStates.map((state) => {
    const count = counts.get(state) ?? 0
    const ids = count === 0 ? [] : columnIds(db, state, input.perColumn ?? cardsPerColumn, input.engineerId)
    return { state, count, ids }
  })
  // One read for all columns: the cards of a board share their joins.
  const cards = cardsById(
    db,
    columns.flatMap((column) => column.ids),
  )
  return { columns: columns.map(({ state, count, ids }) => ({ state, count, cards: cards(ids) })) }
}

/** Reads the cards of many lists at once; the answer picks those of one list in its order. */
function cardsById(db: ReadDb, ids: readonly number[]): (ids: readonly number[]) => RepairCard[] {
  const cards = new Map(repairCards(db, [...new Set(ids)]).map((card) => [card.id, card]))
  return (wanted) => wanted.flatMap((id) => cards.get(id) ?? [])
}

function capped(db: ReadDb, plan: Plan): number {
  const text = `SELECT count(*) FROM (SELECT 1 FROM repairs r INDEXED BY ${plan.index}
    WHERE ${plan.where.join(' AND ')} LIMIT ${highestCount})`
  return sqlStatement(db, text)
    .pluck()
    .get(...plan.params) as number
}

interface IdList {
  readonly count: number
  readonly ids: readonly number[]
}

function listOf(db: ReadDb, plan: Plan): IdList {
  const ids = keyedRows(db, plan, rowsPerList).map((row) => row.id)
  return { count: ids.length < rowsPerList ? ids.length : capped(db, plan), ids }
}

/** Work first, then what waits for somebody else, then what sleeps; what is locked cannot be worked on at all. */
const jobOrder = `(r.lock_reason IS NOT NULL), CASE r.state WHEN 'suspended' THEN 2
  WHEN 'awaiting_approval' THEN 1 WHEN 'awaiting_parts' THEN 1 WHEN 'at_vendor' THEN 1 ELSE 0 END,
  ${boardOrder}`
const jobs = `FROM repairs r INDEXED BY repairs_engineer
  WHERE r.engineer_id = ? AND ${inPlay} AND r.state NOT IN ('processed','collected')`

function jobIds(db: ReadDb, engineerId: number, limit: number): number[] {
  const text = `SELECT r.id ${jobs} ORDER BY ${jobOrder} LIMIT ?`
  return idsOf(sqlStatement(db, text).pluck().all(engineerId, limit))
}

/** Repairs on each engineer's bench, by user id: what a new job is weighed against. */
export function openRepairsByEngineer(db: ReadDb): Map<number, number> {
  const rows = sqlStatement(
    db,
    `SELECT r.engineer_id AS id, count(*) AS count FROM repairs r INDEXED BY repairs_engineer
     WHERE r.engineer_id IS NOT NULL AND ${inPlay} AND r.state NOT IN ('processed','collected')
     GROUP BY r.engineer_id`,
  ).all() as { id: number; count: number }[]
  return new Map(rows.map((row) => [row.id, row.count]))
}

/** An engineer's jobs in the order to do them; one's own when nobody is named. */
export function myJobs(ctx: QueryContext, input: InputOf<'repairs.myJobs'>): OutputOf<'repairs.myJobs'> {
  const engineerId = input.engineerId ?? ctx.actor.userId
  return engineerId === null ? [] : repairCards(ctx.db, jobIds(ctx.db, engineerId, mostJobs))
}

function mine(ctx: QueryContext): IdList {
  const { userId } = ctx.actor
  if (userId === null) return { count: 0, ids: [] }
  const ids = jobIds(ctx.db, userId, rowsPerList)
  const text = `SELECT count(*) FROM (SELECT 1 ${jobs} LIMIT ${highestCount})`
  return { count: sqlStatement(ctx.db, text).pluck().get(userId) as number, ids }
}

function dayCounts(ctx: QueryContext): (kind: string) => number {
  const rows = sqlStatement(ctx.db, 'SELECT kind, count FROM day_counts WHERE day = ?').all(ctx.today)
  const counts = new Map((rows as { kind: string; count: number }[]).map((row) => [row.kind, row.count]))
  return (kind) => counts.get(kind) ?? 0
}

/** What a shop looks at in the morning. Counts stop at a thousand; each list shows its first ten. */
export function repairToday(ctx: QueryContext, _input: InputOf<'repairs.today'>): OutputOf<'repairs.today'> {
  const { db } = ctx
  const lists = {
    late: listOf(db, attentionPlan(ctx, 'late')),
    locked: listOf(db, attentionPlan(ctx, 'locked')),
    stuck: listOf(db, attentionPlan(ctx, 'stuck')),
    unassigned: listOf(db, attentionPlan(ctx, 'unassigned')),
    mine: mine(ctx),
    ready: listOf(db, readyPlan()),
    followUpDue: listOf(db, attentionPlan(ctx, 'follow_up_due')),
    unverified: listOf(db, attentionPlan(ctx, 'unverified')),
  }
  const cards = cardsById(
    db,
    Object.values(lists).flatMap((list) => list.ids),
  )
  const shown = ({ count, ids }: IdList) => ({ count, rows: cards(ids) })
  const today = dayCounts(ctx)
  return {
    late: shown(lists.late),
    locked: shown(lists.locked),
    stuck: shown(lists.stuck),
    unassigned: shown(lists.unassigned),
    mine: shown(lists.mine),
    ready: shown(lists.ready),
    followUpDue: shown(lists.followUpDue),
    unverified: shown(lists.unverified),
    receivedToday: today('received'),
    processedToday: today('processed'),
    collectedToday: today('collected'),
  }
}

import { and, eq, sql } from 'drizzle-orm'
import type { AttemptResult, LockReason, RepairAction, RepairState } from '#contract/repair-states.ts'
import type { TimelineRow } from '#contract/repairs.ts'
import { assert } from '../kernel/app-error.ts'
import { sqlStatement, statement, type ReadDb, type WriteDb } from '../db/handles.ts'
import {
  repairAccessories,
  repairAttempts,
  repairChecks,
  repairLog,
  repairPasscodes,
  repairs,
} from '../db/schema/repairs.ts'
import { insertInto, insertRowsInto, selectOf, updateOf } from '../db/row-statements.ts'

/** Rows of repairs: the only file of the module that names its tables. */

const moveColumns = [
  'id',
  'uid',
  'number',
  'version',
  'state',
  'subStatusId',
  'lockReason',
  'suspendedFrom',
  'engineerId',
  'attempts',
  'failedAttempts',
  'requestedOn',
  'dueOn',
  'customerId',
  'deviceId',
  'bin',
  'followUpTries',
  'verifiedAt',
] as const

type Narrow<T> = Omit<T, 'state' | 'suspendedFrom' | 'lockReason'> & {
  state: RepairState
  suspendedFrom: RepairState | null
  lockReason: LockReason | null
}
/** What every command must know of a repair before it changes it. */
export type RepairRow = Narrow<Pick<typeof repairs.$inferSelect, (typeof moveColumns)[number]>>
export type FullRepairRow = Narrow<typeof repairs.$inferSelect>
export type RepairPatch = Partial<Narrow<typeof repairs.$inferSelect>>

const selectRepair = selectOf(repairs, moveColumns)
export const repairById = (db: ReadDb, id: number) => selectRepair(db, id) as RepairRow | undefined
export const updateRepair: (db: WriteDb, id: number, patch: RepairPatch) => void = updateOf(repairs)

const wholeRepair = statement((db: ReadDb) =>
  db
    .select()
    .from(repairs)
    .where(eq(repairs.id, sql.placeholder('id')))
    .prepare(),
)
export const fullRepairById = (db: ReadDb, id: number) =>
  wholeRepair(db).get({ id }) as FullRepairRow | undefined

/** The repair this one does again (返修), and whether for the same fault. */
export const reworkById = selectOf(repairs, ['reworkOfId', 'reworkKind'])

/** An update of any set of columns, as a form sends it. */
export function updateRepairFreely(db: WriteDb, id: number, patch: RepairPatch): void {
  db.update(repairs).set(patch).where(eq(repairs.id, id)).run()
}

/** Columns a row does not name take the table's defaults. */
export const insertRepair = insertInto(repairs)
export type NewRepair = typeof repairs.$inferInsert

/** Rows with ids of their own, see `nextRepairId`; all naming the same columns. */
export const insertRepairs: (db: WriteDb, rows: readonly (NewRepair & { id: number })[]) => void =
  insertRowsInto(repairs)

/** The id the next repair will have: they are given upwards. */
export function nextRepairId(db: ReadDb): number {
  return sqlStatement(db, 'SELECT coalesce(max(id), 0) + 1 FROM repairs').pluck().get() as number
}

export interface LogRow {
  readonly repairId: number
  readonly at: number
  readonly kind: TimelineRow['kind']
  readonly userId: number | null
  readonly seatId: number | null
  readonly action: RepairAction | null
  readonly fromState: RepairState | null
  readonly toState: RepairState | null
  /** Why, in the person's words. */
  readonly text: string
  /** Flat JSON object, see `TimelineRow.detail`. */
  readonly detail: string
}
export const insertLog: (db: WriteDb, row: LogRow) => number = insertInto(repairLog)

/** The last line of the history that changed the repair itself; notes, photos and looks do not. */
export function lastChange(db: ReadDb, repairId: number) {
  return db
    .select({ at: repairLog.at, userId: repairLog.userId, kind: repairLog.kind, action: repairLog.action })
    .from(repairLog)
    .where(and(eq(repairLog.repairId, repairId), sql`${repairLog.kind} IN ('move', 'edit', 'contact')`))
    .orderBy(sql`${repairLog.id} DESC`)
    .limit(1)
    .get()
}

// Attempts: the one under way has the number `repairs.attempts` and no end.

export const insertAttempt = insertInto(repairAttempts)

export function startAttempt(db: WriteDb, repairId: number, no: number, at: number): void {
  const { changes } = sqlStatement(
    db,
    'UPDATE repair_attempts SET started_at = ? WHERE repair_id = ? AND no = ? AND ended_at IS NULL',
  ).run(at, repairId, no)
  assert(changes === 1, `repair ${repairId} has the open attempt ${no}`)
}

export interface AttemptEnd {
  readonly at: number
  readonly result: AttemptResult
  readonly findings?: string
  readonly codeIds?: readonly number[]
}
export function endAttempt(db: WriteDb, repairId: number, no: number, end: AttemptEnd): void {
  const { changes } = sqlStatement(
    db,
    `UPDATE repair_attempts SET ended_at = ?, result = ?, findings = coalesce(?, findings),
       code_ids = coalesce(?, code_ids)
     WHERE repair_id = ? AND no = ? AND ended_at IS NULL`,
  ).run(end.at, end.result, end.findings ?? null, codesOrNull(end.codeIds), repairId, no)
  assert(changes === 1, `repair ${repairId} has the open attempt ${no}`)
}

/** None given keeps those that were recorded on the way. */
function codesOrNull(codeIds: readonly number[] | undefined): string | null {
  return codeIds === undefined || codeIds.length === 0 ? null : JSON.stringify(codeIds)
}

/** Codes recorded so far in the handling under way. */
export function codesOfAttempt(db: ReadDb, repairId: number, no: number): number[] {
  const text = 'SELECT code_ids FROM repair_attempts WHERE repair_id = ? AND no = ?'
  const kept = sqlStatement(db, text).pluck().get(repairId, no) as string | undefined
  return kept === undefined ? [] : (JSON.parse(kept) as number[])
}

/** What was found so far in the handling under way. */
export function keepFindings(
  db: WriteDb,
  repairId: number,
  no: number,
  given: { readonly findings: string; readonly codeIds: readonly number[] },
): void {
  const { changes } = sqlStatement(
    db,
    `UPDATE repair_attempts SET findings = ?, code_ids = ? WHERE repair_id = ? AND no = ? AND ended_at IS NULL`,
  ).run(given.findings, JSON.stringify(given.codeIds), repairId, no)
  assert(changes === 1, `repair ${repairId} has the open attempt ${no}`)
}

// What came with the device.

export const insertCheck = insertInto(repairChecks)
export const insertAccessory = insertInto(repairAccessories)

/** Accessories of a repair the shop still has. */
export function accessoriesHere(db: ReadDb, repairId: number): number[] {
  return sqlStatement(db, 'SELECT id FROM repair_accessories WHERE repair_id = ? AND returned_at IS NULL')
    .pluck()
    .all(repairId) as number[]
}
export function returnAccessory(db: WriteDb, id: number, at: number): void {
  sqlStatement(db, 'UPDATE repair_accessories SET returned_at = ? WHERE id = ?').run(at, id)
}

export const insertPasscode = insertInto(repairPasscodes)
export const passcodeOf = (db: ReadDb, repairId: number) =>
  db.select().from(repairPasscodes).where(eq(repairPasscodes.repairId, repairId)).get()
export function setPurgeDay(db: WriteDb, repairId: number, purgeAfter: string | null): void {
  sqlStatement(db, 'UPDATE repair_passcodes SET purge_after = ? WHERE repair_id = ?').run(
    purgeAfter,
    repairId,
  )
}
export function deleteAllPasscodes(db: WriteDb): void {
  sqlStatement(db, 'DELETE FROM repair_passcodes').run()
}
export function deletePasscodesBefore(db: WriteDb, day: string): number {
  return sqlStatement(
    db,
    'DELETE FROM repair_passcodes WHERE purge_after IS NOT NULL AND purge_after < ?',
  ).run(day).changes
}

/** Repairs of one customer become another's; answers them with their new versions. */
export function giveRepairsTo(
  db: WriteDb,
  fromId: number,
  intoId: number,
): { id: number; uid: string; number: string; version: number }[] {
  return db
    .update(repairs)
    .set({ customerId: intoId, version: sql`${repairs.version} + 1` })
    .where(eq(repairs.customerId, fromId))
    .returning({ id: repairs.id, uid: repairs.uid, number: repairs.number, version: repairs.version })
    .all()
}

/** True when a repair has this number already. */
export function numberTaken(db: ReadDb, number: string): boolean {
  return sqlStatement(db, 'SELECT 1 FROM repairs WHERE number = ?').get(number) !== undefined
}

/** Adds to what Today shows of a day. */
export function countDay(
  db: WriteDb,
  day: string,
  kind: 'received' | 'processed' | 'collected',
  by: number,
): void {
  sqlStatement(
    db,
    `INSERT INTO day_counts (day, kind, count) VALUES (?, ?, ?)
     ON CONFLICT (day, kind) DO UPDATE SET count = count + excluded.count`,
  ).run(day, kind, by)
}

/** The device's last repair that went back to the customer or was closed, and when. */
export function lastFinished(db: ReadDb, deviceId: number): { id: number; finishedAt: number } | undefined {
  return sqlStatement(
    db,
    `SELECT id, coalesce(collected_at, closed_at) AS finishedAt FROM repairs
     WHERE device_id = ? AND state IN ('collected', 'closed') ORDER BY received_at DESC, id DESC LIMIT 1`,
  ).get(deviceId) as { id: number; finishedAt: number } | undefined
}

// What the time rules find. The conditions on `state` repeat those of the partial indexes word for word:
// SQLite uses such an index only when it finds its condition in the query.

export const timeRuleQueries = {
  wake: `SELECT id FROM repairs WHERE state = 'suspended' AND state NOT IN ('closed','cancelled','unclaimed')
    AND lock_reason IS NULL AND wake_on <= @today LIMIT @limit`,
  miss: `SELECT id FROM repairs WHERE state = 'assigned' AND state NOT IN ('closed','cancelled','unclaimed')
    AND lock_reason IS NULL AND due_on < @today LIMIT @limit`,
  lock: `SELECT id FROM repairs WHERE state = 'waiting' AND state NOT IN ('closed','cancelled','unclaimed')
    AND lock_reason IS NULL AND requested_on < @today LIMIT @limit`,
  giveUp: `SELECT id FROM repairs WHERE state = 'collected' AND next_try_on <= @today
    AND follow_up_tries >= @tries LIMIT @limit`,
} as const

/** Ids of at most `limit` repairs a time rule applies to on the day `today`. */
export function dueForRule(
  db: ReadDb,
  rule: keyof typeof timeRuleQueries,
  given: { today: string; limit: number; tries?: number },
): number[] {
  return sqlStatement(db, timeRuleQueries[rule]).pluck().all(given) as number[]
}

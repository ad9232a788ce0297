import type { RepairPartState } from '#contract/stock-model.ts'
import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { repairParts } from '../db/schema/stock.ts'
import { insertInto, selectOf, updateOf } from '../db/row-statements.ts'

/** Part lines of repairs: the only file that names their table. */

type Row = typeof repairParts.$inferSelect
export type LineRow = Omit<Row, 'state'> & { readonly state: RepairPartState }
export type LinePatch = Partial<LineRow>

const keys = [
  'id',
  'uid',
  'repairId',
  'partId',
  'quantity',
  'state',
  'binId',
  'pendingId',
  'serial',
  'oldSerial',
  'reason',
  'personId',
  'chargeLineId',
  'plannedAt',
  'changedAt',
  'version',
] as const

const selectLine = selectOf(repairParts, keys)
export const lineById = (db: ReadDb, id: number) => selectLine(db, id) as LineRow | undefined
export const insertLineRow: (db: WriteDb, row: Omit<LineRow, 'id' | 'version'>) => number =
  insertInto(repairParts)
export const updateLineRow: (db: WriteDb, id: number, patch: LinePatch) => void = updateOf(repairParts)

/** Lines of a repair in the states, oldest first. */
export function lineIds(db: ReadDb, repairId: number, states: readonly RepairPartState[]): number[] {
  const text = `SELECT id FROM repair_parts WHERE repair_id = ? AND state IN (SELECT value FROM json_each(?)) ORDER BY id`
  return sqlStatement(db, text).pluck().all(repairId, JSON.stringify(states)) as number[]
}

/** The line of a repair a part is issued for: what is set aside before what is only planned, the oldest first. */
export function openLineId(db: ReadDb, repairId: number, partId: number): number | undefined {
  const text = `SELECT id FROM repair_parts WHERE repair_id = ? AND part_id = ? AND state IN ('planned', 'reserved')
    ORDER BY state = 'reserved' DESC, id LIMIT 1`
  return sqlStatement(db, text).pluck().get(repairId, partId) as number | undefined
}

/** Whether a part stands on a line that is not settled. */
export function partIsAwaited(db: ReadDb, partId: number): boolean {
  const text = `SELECT 1 FROM repair_parts WHERE part_id = ? AND state IN ('planned', 'reserved', 'issued')`
  return sqlStatement(db, text).get(partId) !== undefined
}

import type { MoveReason } from '#contract/stock-model.ts'
import type { moveKinds } from '#contract/stock-model.ts'
import { sqlStatement, type ReadDb, type WriteDb } from '../db/handles.ts'
import { goodsMoves } from '../db/schema/stock.ts'
import { insertInto } from '../db/row-statements.ts'

/** The goods ledger and its projections: the only file that names their tables. */

export interface MoveRow {
  readonly uid: string
  readonly at: number
  readonly kind: (typeof moveKinds)[number]
  readonly reason: MoveReason
  readonly partId: number | null
  readonly loanerId: number | null
  readonly serial: string
  readonly quantity: number
  readonly fromPlaceId: number
  readonly toPlaceId: number
  readonly pendingId: number | null
  readonly reversesId: number | null
  readonly repairId: number | null
  readonly repairPartId: number | null
  readonly document: string
  readonly note: string
  readonly unitCostMinor: number
  readonly personId: number | null
  readonly userId: number | null
  readonly seatId: number | null
}
export type StoredMove = MoveRow & { readonly id: number }

export const insertMove: (db: WriteDb, row: MoveRow) => number = insertInto(goodsMoves)

const moveColumns = `id, uid, at, kind, reason, part_id AS partId, loaner_id AS loanerId, serial, quantity,
  from_place_id AS fromPlaceId, to_place_id AS toPlaceId, pending_id AS pendingId, reverses_id AS reversesId,
  repair_id AS repairId, repair_part_id AS repairPartId, document, note, unit_cost_minor AS unitCostMinor,
  person_id AS personId, user_id AS userId, seat_id AS seatId`

export function moveById(db: ReadDb, id: number): StoredMove | undefined {
  return sqlStatement(db, `SELECT ${moveColumns} FROM goods_moves WHERE id = ?`).get(id) as
    | StoredMove
    | undefined
}

export function moveByUid(db: ReadDb, uid: string): StoredMove | undefined {
  return sqlStatement(db, `SELECT ${moveColumns} FROM goods_moves WHERE uid = ?`).get(uid) as
    | StoredMove
    | undefined
}

export function isReversed(db: ReadDb, moveId: number): boolean {
  return sqlStatement(db, 'SELECT 1 FROM goods_moves WHERE reverses_id = ?').get(moveId) !== undefined
}

// Balances.

export interface Balance {
  readonly onHand: number
  readonly reserved: number
}

const changeText = `INSERT INTO stock_balances (part_id, place_id, on_hand, reserved) VALUES (?, ?, ?, ?)
  ON CONFLICT (part_id, place_id) DO UPDATE SET on_hand = on_hand + excluded.on_hand,
    reserved = reserved + excluded.reserved`

/** Moves a balance by what a move brings or takes. */
export function changeBalance(
  db: WriteDb,
  partId: number,
  placeId: number,
  { onHand, reserved }: Balance,
): void {
  sqlStatement(db, changeText).run(partId, placeId, onHand, reserved)
}

const nothing: Balance = { onHand: 0, reserved: 0 }

export function balanceAt(db: ReadDb, partId: number, placeId: number): Balance {
  const text = 'SELECT on_hand AS onHand, reserved FROM stock_balances WHERE part_id = ? AND place_id = ?'
  return (sqlStatement(db, text).get(partId, placeId) as Balance | undefined) ?? nothing
}

// CROSS JOIN: a part lies in a few places, a shop has hundreds, and SQLite would begin with the places.

/** What lies on each shelf in use. */
export function shelvesOf(db: ReadDb, partId: number): (Balance & { placeId: number })[] {
  const text = `SELECT b.place_id AS placeId, b.on_hand AS onHand, b.reserved FROM stock_balances b
    CROSS JOIN places p ON p.id = b.place_id WHERE b.part_id = ? AND p.kind = 'bin' AND p.active = 1`
  return sqlStatement(db, text).all(partId) as (Balance & { placeId: number })[]
}

/** On hand on all shelves together. */
export function onShelves(db: ReadDb, partId: number): number {
  const text = `SELECT coalesce(sum(b.on_hand), 0) FROM stock_balances b CROSS JOIN places p ON p.id = b.place_id
    WHERE b.part_id = ? AND p.kind = 'bin'`
  return sqlStatement(db, text).pluck().get(partId) as number
}

/** True while anything of the part is on a shelf, on the bench or set aside. */
export function partIsHere(db: ReadDb, partId: number): boolean {
  const text = `SELECT 1 FROM stock_balances b CROSS JOIN places p ON p.id = b.place_id
    WHERE b.part_id = ? AND p.kind IN ('bin', 'bench', 'quarantine') AND (b.on_hand <> 0 OR b.reserved <> 0)`
  return sqlStatement(db, text).get(partId) !== undefined
}

/** True while anything lies in a place or is reserved there. */
export function placeInUse(db: ReadDb, placeId: number): boolean {
  const text = 'SELECT 1 FROM stock_balances WHERE place_id = ? AND (on_hand <> 0 OR reserved <> 0)'
  return sqlStatement(db, text).get(placeId) !== undefined
}

// Serials.

export interface SerialRow {
  readonly partId: number
  /** As it was first written. */
  readonly serial: string
  readonly placeId: number
}

export function serialOf(db: ReadDb, partId: number, serialKey: string): SerialRow | undefined {
  const text = `SELECT part_id AS partId, serial, place_id AS placeId FROM part_serials
    WHERE part_id = ? AND serial_key = ?`
  return sqlStatement(db, text).get(partId, serialKey) as SerialRow | undefined
}

/** Pieces with a serial, of whatever part; those on shelves first. */
export function serialsLike(db: ReadDb, serialKey: string): SerialRow[] {
  const text = `SELECT s.part_id AS partId, s.serial, s.place_id AS placeId FROM part_serials s
    JOIN places p ON p.id = s.place_id WHERE s.serial_key = ? ORDER BY p.kind = 'bin' DESC, s.part_id`
  return sqlStatement(db, text).all(serialKey) as SerialRow[]
}

const putText = `INSERT INTO part_serials (part_id, serial_key, serial, place_id) VALUES (?, ?, ?, ?)
  ON CONFLICT (part_id, serial_key) DO UPDATE SET place_id = excluded.place_id`

/** A piece is now in a place. */
export function putSerial(
  db: WriteDb,
  partId: number,
  serialKey: string,
  serial: string,
  placeId: number,
): void {
  sqlStatement(db, putText).run(partId, serialKey, serial, placeId)
}

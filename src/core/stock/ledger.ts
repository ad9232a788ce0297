import type { MoveReason } from '#contract/stock-model.ts'
import { onePiece } from '#contract/money.ts'
import type { CommandContext } from '../context.ts'
import { AppError, assert, fieldError } from '../kernel/app-error.ts'
import {
  balanceAt,
  changeBalance,
  insertMove,
  moveById,
  putSerial,
  serialOf,
  type MoveRow,
} from './move-store.ts'
import type { PartRow } from './part-store.ts'
import { placeById } from './place-store.ts'
import { codeKey, isWhole, pieces, sourceKinds } from './stock.ts'

/**
 * The goods ledger (architecture §5): every quantity moves from a place to a place, rows are never changed, and the
 * balances and the places of serials move with them in the same transaction.
 */
export interface Move {
  readonly reason: MoveReason
  readonly part: PartRow
  /** Of a serialised part: the piece, as it is written on file; such a part moves piece by piece. */
  readonly serial?: string
  /** Thousandths, more than nothing. */
  readonly quantity: number
  readonly fromPlaceId: number
  readonly toPlaceId: number
  readonly repairId?: number
  readonly repairPartId?: number
  readonly reversesId?: number
  readonly document?: string
  readonly note?: string
  /** Cost of one unit; the part's own when absent. */
  readonly unitCostMinor?: number
  readonly personId?: number | null
  /** Why a shelf may go below nothing; counts only for who holds `stock.override`. */
  readonly overrideReason?: string | null
  /** Field of the input that named the serial. */
  readonly serialPath?: string
}

function rowOf(ctx: CommandContext, move: Move, kind: MoveRow['kind'], pendingId: number | null): MoveRow {
  const { part } = move
  return {
    uid: ctx.newUid(),
    at: ctx.now,
    kind,
    reason: move.reason,
    partId: part.id,
    loanerId: null,
    serial: move.serial ?? '',
    quantity: move.quantity,
    fromPlaceId: move.fromPlaceId,
    toPlaceId: move.toPlaceId,
    pendingId,
    reversesId: move.reversesId ?? null,
    repairId: move.repairId ?? null,
    repairPartId: move.repairPartId ?? null,
    document: move.document ?? '',
    note: move.note ?? '',
    unitCostMinor: move.unitCostMinor ?? part.costMinor,
    personId: move.personId ?? null,
    userId: ctx.actor.userId,
    seatId: ctx.actor.seatId,
  }
}

/**
 * Moves goods at once. Errors: `stock.short` { available, number, needed } (in pieces) when a shelf would go below
 * what is not reserved; `part.serial_unknown` when the piece is not where it leaves from.
 */
export function moveNow(ctx: CommandContext, move: Move): { id: number; uid: string } {
  const note = requireStock(ctx, move, 0)
  return carry(ctx, { ...move, note }, 'direct', null)
}

/** Sets goods on a shelf aside; answers the pending move. Error: `stock.short`. */
export function reserveGoods(ctx: CommandContext, move: Move): number {
  requireStock(ctx, { ...move, overrideReason: null }, 0)
  const id = insertMove(ctx.db, rowOf(ctx, move, 'pending', null))
  changeBalance(ctx.db, move.part.id, move.fromPlaceId, { onHand: 0, reserved: move.quantity })
  return id
}

/**
 * Takes what was set aside, or a part of it; the reservation ends either way. Errors as of `moveNow`; short is only
 * what is not there, because others' reservations do not stand before this one.
 */
export function takeReserved(
  ctx: CommandContext,
  pendingId: number,
  move: Move,
): { id: number; uid: string } {
  const pending = moveById(ctx.db, pendingId)
  assert(pending?.kind === 'pending' && pending.partId === move.part.id, 'a reservation of the part is taken')
  assert(
    pending.fromPlaceId === move.fromPlaceId && pending.quantity >= move.quantity,
    'no more is taken than was set aside there',
  )
  const { reserved } = balanceAt(ctx.db, move.part.id, move.fromPlaceId)
  const note = requireStock(ctx, move, reserved)
  changeBalance(ctx.db, move.part.id, move.fromPlaceId, { onHand: 0, reserved: -pending.quantity })
  return carry(ctx, { ...move, note }, 'post', pendingId)
}

/** Gives a reservation up. */
export function voidReserved(ctx: CommandContext, part: PartRow, pendingId: number, note: string): void {
  const pending = moveById(ctx.db, pendingId)
  assert(pending?.kind === 'pending' && pending.partId === part.id, 'a reservation of the part is given up')
  const { id: _id, ...row } = pending
  insertMove(ctx.db, {
    ...row,
    uid: ctx.newUid(),
    at: ctx.now,
    kind: 'void',
    pendingId,
    note,
    userId: ctx.actor.userId,
    seatId: ctx.actor.seatId,
  })
  changeBalance(ctx.db, part.id, pending.fromPlaceId, { onHand: 0, reserved: -pending.quantity })
}

function carry(
  ctx: CommandContext,
  move: Move,
  kind: 'direct' | 'post',
  pendingId: number | null,
): { id: number; uid: string } {
  const { part, quantity, fromPlaceId, toPlaceId } = move
  if (part.serialised) moveSerial(ctx, move)
  const row = rowOf(ctx, move, kind, pendingId)
  const id = insertMove(ctx.db, row)
  changeBalance(ctx.db, part.id, fromPlaceId, { onHand: -quantity, reserved: 0 })
  changeBalance(ctx.db, part.id, toPlaceId, { onHand: quantity, reserved: 0 })
  return { id, uid: row.uid }
}

/** The note the move carries: what was said of it, or why the shelf may go below nothing. */
function requireStock(ctx: CommandContext, move: Move, ownReserved: number): string {
  const { part, quantity, fromPlaceId, note = '', overrideReason } = move
  assert(quantity > 0 && (!part.serialised || isWhole(quantity)), 'a move takes something, pieces in whole')
  if (placeById(ctx.db, fromPlaceId)?.kind !== 'bin') return note
  const { onHand, reserved } = balanceAt(ctx.db, part.id, fromPlaceId)
  const available = onHand - reserved + ownReserved
  if (available >= quantity) return note
  // A piece that is not there has no serial that could be scanned: only counted goods may go below nothing.
  if (overrideReason && ctx.actor.permissions.has('stock.override') && !part.serialised) {
    return note || overrideReason
  }
  throw shortOf(part, available, quantity)
}

/** Not enough on the shelf, in pieces. */
export function shortOf(part: PartRow, available: number, needed: number): AppError {
  return new AppError('stock.short', {
    available: pieces(Math.max(0, available)),
    number: part.number,
    needed: pieces(needed),
  })
}

function moveSerial(ctx: CommandContext, move: Move): void {
  const { part, serial = '', quantity, fromPlaceId, toPlaceId } = move
  const key = codeKey(serial)
  assert(key !== '' && quantity === onePiece, 'a serialised part moves piece by piece, by its serial')
  const known = serialOf(ctx.db, part.id, key)
  const from = placeById(ctx.db, fromPlaceId)
  const isNew = known === undefined && from !== undefined && sourceKinds.has(from.kind)
  if (!isNew && known?.placeId !== fromPlaceId) {
    const params = { serial, place: from?.name ?? '' }
    throw move.serialPath
      ? fieldError(move.serialPath, 'part.serial_unknown', params)
      : new AppError('part.serial_unknown', params)
  }
  putSerial(ctx.db, part.id, key, serial, toPlaceId)
}

/** What moved, for the outbox and the other seats: once for each part an act touched. */
export function recordMoved(ctx: CommandContext, part: PartRow, payload: object): void {
  const { id, uid, version, number } = part
  ctx.record({ entity: 'parts', id, uid, version, type: 'part.moved', payload: { number, ...payload } })
}

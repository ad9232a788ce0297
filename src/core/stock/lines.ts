import { openStates } from '#contract/repair-states.ts'
import type { RepairPartState } from '#contract/stock-model.ts'
import type { CommandContext } from '../context.ts'
import { AppError, assert, fieldError, found } from '../kernel/app-error.ts'
import { stale } from '../system/views.ts'
import { recordMoved, reserveGoods, voidReserved } from './ledger.ts'
import { insertLineRow, lineById, updateLineRow, type LinePatch, type LineRow } from './line-store.ts'
import { shelvesOf } from './move-store.ts'
import { partById, type PartRow } from './part-store.ts'
import { placeOfKind } from './places.ts'
import { allocate, isWhole, pieces } from './stock.ts'
import { repairStanding, type RepairStanding } from './views.ts'

/** What the commands on part lines of a repair share. */

const open: ReadonlySet<string> = new Set(openStates)

/** A repair that parts may go to. Errors: `not_found`, `repair.locked`, `repair.not_allowed_in_state` once it ended. */
export function requireOpenRepair(ctx: CommandContext, repairId: number): RepairStanding {
  const repair = found(repairStanding(ctx.db, repairId), 'repair')
  const { number, state, lockReason } = repair
  if (!open.has(state)) {
    throw new AppError('repair.not_allowed_in_state', { number, state, action: 'issue_parts' })
  }
  if (lockReason !== null) throw new AppError('repair.locked', { number, reason: lockReason })
  return repair
}

/** The line as the person saw it. Errors: `not_found`, `stale`. */
export function requireLine(
  ctx: CommandContext,
  id: number,
  version: number,
): { line: LineRow; part: PartRow; repair: RepairStanding } {
  const line = found(lineById(ctx.db, id), 'repair part')
  const repair = found(repairStanding(ctx.db, line.repairId), 'repair')
  if (line.version !== version) throw stale(ctx.db, 'repair part', repair.uid)
  return { line, part: found(partById(ctx.db, line.partId), 'part'), repair }
}

/** A part of the catalogue that is still used. Errors at `path`: `field.not_found`, `part.inactive`. */
export function requirePart(ctx: CommandContext, id: number, path: string): PartRow {
  const part = partById(ctx.db, id)
  if (!part) throw fieldError(path, 'field.not_found')
  if (!part.active) throw fieldError(path, 'part.inactive', { number: part.number })
  return part
}

/** Serialised parts are counted in pieces: `part.whole_pieces` at `path`. */
export function requirePieces(part: PartRow, quantity: number, path: string): void {
  if (part.serialised && !isWhole(quantity)) throw fieldError(path, 'part.whole_pieces')
}

export interface NewLine {
  readonly repairId: number
  readonly part: PartRow
  readonly quantity: number
  readonly chargeLineId: number | null
}

/** A line that waits for stock or for its issue. */
export function addLine(ctx: CommandContext, given: NewLine): LineRow {
  const { repairId, part, quantity, chargeLineId } = given
  const row = {
    uid: ctx.newUid(),
    repairId,
    partId: part.id,
    quantity,
    state: 'planned',
    binId: null,
    pendingId: null,
    serial: '',
    oldSerial: '',
    reason: '',
    personId: null,
    chargeLineId,
    plannedAt: ctx.now,
    changedAt: ctx.now,
  } as const
  return { ...row, id: insertLineRow(ctx.db, row), version: 1 }
}

/** Saves a change of a line. */
export function changeLine(ctx: CommandContext, line: LineRow, patch: LinePatch): LineRow {
  const set = { ...patch, changedAt: ctx.now, version: line.version + 1 }
  updateLineRow(ctx.db, line.id, set)
  return { ...line, ...set }
}

/** Leaves `keep` on the line and puts the rest on one of its own, in the same state but without a reservation. */
export function splitLine(
  ctx: CommandContext,
  line: LineRow,
  keep: number,
): { kept: LineRow; rest: LineRow } {
  assert(keep > 0 && keep < line.quantity, 'a line is split into two that hold something')
  const { id: _id, version: _version, ...same } = line
  const row = {
    ...same,
    uid: ctx.newUid(),
    quantity: line.quantity - keep,
    pendingId: null,
    changedAt: ctx.now,
  }
  const rest = { ...row, id: insertLineRow(ctx.db, row), version: 1 }
  return { kept: changeLine(ctx, line, { quantity: keep }), rest }
}

/** Sets a line's goods aside on one shelf. */
export function reserveOn(ctx: CommandContext, part: PartRow, line: LineRow, binId: number): LineRow {
  const pendingId = reserveGoods(ctx, {
    reason: 'reserve',
    part,
    quantity: line.quantity,
    fromPlaceId: binId,
    toPlaceId: placeOfKind(ctx, 'bench'),
    repairId: line.repairId,
    repairPartId: line.id,
  })
  return changeLine(ctx, line, { state: 'reserved', binId, pendingId })
}

/**
 * Sets aside what is on shelves for a line; what is not there stays planned, on a line of its own. Answers the line,
 * still planned when there was nothing.
 */
export function reserveLine(ctx: CommandContext, part: PartRow, line: LineRow): LineRow {
  const shelves = shelvesOf(ctx.db, part.id).map(({ placeId, onHand, reserved }) => ({
    placeId,
    available: onHand - reserved,
  }))
  const taken = allocate(shelves, line.quantity, part.binId, part.serialised)
  let first: LineRow | undefined
  let left = line
  for (const { placeId, quantity } of taken) {
    const split = quantity < left.quantity ? splitLine(ctx, left, quantity) : undefined
    const done = reserveOn(ctx, part, split?.kept ?? left, placeId)
    first ??= done
    if (split) left = split.rest
  }
  return first ?? line
}

/** Ends a line before anything was issued for it. */
export function cancelLine(ctx: CommandContext, part: PartRow, line: LineRow, reason: string): LineRow {
  if (line.pendingId !== null && line.state === 'reserved') voidReserved(ctx, part, line.pendingId, reason)
  return changeLine(ctx, line, { state: 'cancelled', pendingId: null, reason })
}

/** What the history says of a line. */
export function lineDetail(
  part: PartRow,
  line: { quantity: number; state: RepairPartState; serial: string },
): Record<string, string | number> {
  const { quantity, state, serial } = line
  const detail = { part: part.number, partQuantity: pieces(quantity), partState: state }
  return serial === '' ? detail : { ...detail, serial }
}

/** Tells the outbox and the other seats of what happened to a repair's line. */
export function recordLine(
  ctx: CommandContext,
  part: PartRow,
  line: LineRow,
  repair: { number: string },
): void {
  const { uid, quantity, state, serial } = line
  recordMoved(ctx, part, { repair: repair.number, line: uid, quantity, state, serial })
}

import type { InputOf } from '#contract/method-types.ts'
import type { MoveReason } from '#contract/stock-model.ts'
import type { CommandContext, Handler } from '../context.ts'
import { AppError, fieldError } from '../kernel/app-error.ts'
import { requireApproval } from '../quotes/steps.ts'
import { noteWork } from '../repairs/steps.ts'
import { moveNow, voidReserved } from './ledger.ts'
import type { LineRow } from './line-store.ts'
import {
  changeLine,
  lineDetail,
  recordLine,
  requireLine,
  requirePieces,
  reserveOn,
  splitLine,
} from './lines.ts'
import type { PartRow } from './part-store.ts'
import { firstShelf, placeOfKind, requireBin } from './places.ts'
import { codeKey, isSettled, pieces } from './stock.ts'
import { personExists } from './views.ts'

type Input = InputOf<'stock.settle'>

/** Where each result puts the goods, and what the move is called; the shelf is chosen. */
const ends = {
  used: { reason: 'use', kind: 'customer' },
  returned: { reason: 'return_to_shelf', kind: 'bin' },
  dead_on_arrival: { reason: 'dead_on_arrival', kind: 'quarantine' },
  broken_here: { reason: 'broken_here', kind: 'scrap' },
  lost: { reason: 'lost', kind: 'lost' },
} as const satisfies Record<Input['result'], { reason: MoveReason; kind: string }>

/**
 * Says where an issued part ended. `used` needs the customer's approval (`quote.approval_required`). Dead on arrival,
 * broken here and lost need a reason, the last two also who it was (domain §1a-6). A part of the quantity leaves
 * the rest issued on a line of its own. Errors: `stale`, `stock.line_settled`, `stock.line_not_issued`,
 * `stock.reason_required` at reason, `stock.person_required` or `field.not_found` at personId,
 * `field.out_of_range` or `part.whole_pieces` at quantity, `part.serial_unknown` at serial.
 */
export const settlePart: Handler<'stock.settle'> = (ctx, input) => {
  const { line, part, repair } = requireLine(ctx, input.repairPartId, input.version)
  const { result, reason } = input
  if (isSettled(line.state)) throw new AppError('stock.line_settled')
  if (line.state === 'planned' || (line.state === 'reserved' && result !== 'returned')) {
    throw new AppError('stock.line_not_issued')
  }
  const quantity = input.quantity ?? line.quantity
  checkSettlement(ctx, input, { line, part, quantity })
  if (result === 'used') requireApproval(ctx, line.repairId)
  const kept = quantity < line.quantity ? splitFor(ctx, part, line, quantity) : line
  const done =
    line.state === 'reserved' ? giveBack(ctx, part, kept, line, reason) : carryOut(ctx, part, kept, input)
  noteWork(ctx, line.repairId, reason, lineDetail(part, done))
  recordLine(ctx, part, done, repair)
  return { id: done.id, version: done.version }
}

function checkSettlement(
  ctx: CommandContext,
  input: Input,
  { line, part, quantity }: { line: LineRow; part: PartRow; quantity: number },
): void {
  const { result, reason, personId, serial } = input
  requirePieces(part, quantity, 'quantity')
  if (quantity > line.quantity) {
    throw fieldError('quantity', 'field.out_of_range', { min: 0, max: pieces(line.quantity) })
  }
  const blamed = result === 'broken_here' || result === 'lost'
  if ((blamed || result === 'dead_on_arrival') && reason === '') {
    throw fieldError('reason', 'stock.reason_required')
  }
  if (blamed && personId === null) throw fieldError('personId', 'stock.person_required')
  if (personId !== null && !personExists(ctx.db, personId)) throw fieldError('personId', 'field.not_found')
  // The piece was scanned when it was issued; another one cannot have been built in.
  if (part.serialised && serial !== '' && codeKey(serial) !== codeKey(line.serial)) {
    throw fieldError('serial', 'part.serial_unknown', { serial, place: 'bench' })
  }
}

/** The rest stays on a line of its own, issued or set aside as before. */
function splitFor(ctx: CommandContext, part: PartRow, line: LineRow, quantity: number): LineRow {
  const { kept, rest } = splitLine(ctx, line, quantity)
  if (line.state !== 'reserved' || line.pendingId === null || line.binId === null) return kept
  voidReserved(ctx, part, line.pendingId, '')
  reserveOn(ctx, part, rest, line.binId)
  return kept
}

/** Nothing had been issued: the shelf keeps it. */
function giveBack(
  ctx: CommandContext,
  part: PartRow,
  kept: LineRow,
  before: LineRow,
  reason: string,
): LineRow {
  if (kept.id === before.id && kept.quantity === before.quantity && before.pendingId !== null) {
    voidReserved(ctx, part, before.pendingId, reason)
  }
  return changeLine(ctx, kept, { state: 'returned', pendingId: null, reason })
}

function carryOut(ctx: CommandContext, part: PartRow, line: LineRow, input: Input): LineRow {
  const { result, reason, oldSerial } = input
  const { reason: moveReason, kind } = ends[result]
  const binId = kind === 'bin' ? shelfOf(ctx, line, input.binId) : null
  const personId = input.personId ?? (result === 'used' ? ctx.actor.userId : null)
  moveNow(ctx, {
    reason: moveReason,
    part,
    serial: part.serialised ? line.serial : '',
    quantity: line.quantity,
    fromPlaceId: placeOfKind(ctx, 'bench'),
    toPlaceId: kind === 'bin' ? (binId ?? firstShelf(ctx)) : placeOfKind(ctx, kind),
    repairId: line.repairId,
    repairPartId: line.id,
    note: reason,
    personId,
    serialPath: 'serial',
  })
  const serial = part.serialised ? line.serial : input.serial
  return changeLine(ctx, line, {
    state: result,
    serial,
    oldSerial,
    reason,
    personId,
    ...(binId === null ? {} : { binId }),
  })
}

function shelfOf(ctx: CommandContext, line: LineRow, asked: number | null): number {
  if (asked !== null) return requireBin(ctx, asked, 'binId').id
  return line.binId ?? firstShelf(ctx)
}

import { onePiece } from '#contract/money.ts'
import type { InputOf } from '#contract/method-types.ts'
import type { CommandContext, Handler, QueryContext } from '../context.ts'
import { AppError, fieldError, found } from '../kernel/app-error.ts'
import { noteWork } from '../repairs/steps.ts'
import { moveNow, takeReserved, voidReserved, type Move } from './ledger.ts'
import { lineById, openLineId, type LineRow } from './line-store.ts'
import {
  addLine,
  changeLine,
  lineDetail,
  recordLine,
  requireOpenRepair,
  reserveOn,
  splitLine,
} from './lines.ts'
import { serialOf, serialsLike, shelvesOf, type SerialRow } from './move-store.ts'
import { partByCode, partById, type PartRow } from './part-store.ts'
import { placeById } from './place-store.ts'
import { firstShelf, placeOfKind, requireBin } from './places.ts'
import { allocate, codeKey, isSettled } from './stock.ts'

type Input = InputOf<'stock.issue'>

/** What a code means: a part by number or barcode, or one piece of a part by its serial. */
export interface Scanned {
  readonly part: PartRow
  readonly piece: SerialRow | null
}

/** The part or piece a scanned code means; a number goes before a barcode, both before a serial. */
export function scan(ctx: Pick<QueryContext, 'db'>, code: string): Scanned | undefined {
  const key = codeKey(code)
  const byCode = partByCode(ctx.db, key)
  if (byCode) return { part: byCode, piece: null }
  const [piece] = key === '' ? [] : serialsLike(ctx.db, key)
  const part = piece && partById(ctx.db, piece.partId)
  return part && piece ? { part, piece } : undefined
}

/**
 * From the shelf to the bench. A code is a part's number, barcode or a serial; the repair's open line for the part
 * is taken, or one is added. Errors: `part.code_unknown`, `part.serial_required` or `field.not_an_option` (another
 * part than the line's) at code; `part.whole_pieces` at quantity; `part.serial_unknown`; `stock.short`, which who
 * holds `stock.override` passes with a reason; `stock.line_settled`; `repair.not_allowed_in_state`, `repair.locked`.
 */
export const issuePart: Handler<'stock.issue'> = (ctx, input) => {
  const repair = requireOpenRepair(ctx, input.repairId)
  const { part, piece, line } = target(ctx, input)
  const quantity = quantityOf(part, line, input.quantity)
  const opened = line ?? addLine(ctx, { repairId: repair.id, part, quantity, chargeLineId: null })
  const binId = piece
    ? placeOfPiece(ctx, piece, input.binId)
    : shelfFor(ctx, part, opened, quantity, input.binId)
  const issued = issueLine(ctx, { part, line: opened, quantity, binId, serial: piece?.serial ?? '' }, input)
  const detail = lineDetail(part, issued)
  const { overrideReason } = input
  noteWork(ctx, repair.id, '', overrideReason ? { ...detail, overrideReason } : detail)
  recordLine(ctx, part, issued, repair)
  const { id, uid, version } = issued
  return { id, uid, version, partNumber: part.number, label: { zh: part.nameZh, en: part.nameEn } }
}

function target(ctx: CommandContext, input: Input): Scanned & { line: LineRow | undefined } {
  const { repairId, repairPartId, code } = input
  const named = repairPartId === null ? undefined : lineOf(ctx, repairId, repairPartId)
  if (code === '') {
    if (!named) throw fieldError('code', 'field.required')
    const part = found(partById(ctx.db, named.partId), 'part')
    if (part.serialised) throw fieldError('code', 'part.serial_required')
    return { part, piece: null, line: named }
  }
  const scanned = scanFor(ctx, code, named)
  if (!scanned) throw fieldError('code', 'part.code_unknown', { code })
  const { part } = scanned
  if (named && named.partId !== part.id) throw fieldError('code', 'field.not_an_option')
  if (part.serialised && !scanned.piece) throw fieldError('code', 'part.serial_required')
  if (!named && !part.active) throw fieldError('code', 'part.inactive', { number: part.number })
  const openId = named ? undefined : openLineId(ctx.db, repairId, part.id)
  return { ...scanned, line: named ?? (openId === undefined ? undefined : lineById(ctx.db, openId)) }
}

/** Two makers may use one serial: on a line of a part, its own piece is meant. */
function scanFor(ctx: CommandContext, code: string, line: LineRow | undefined): Scanned | undefined {
  const piece = line && serialOf(ctx.db, line.partId, codeKey(code))
  const part = piece && partById(ctx.db, piece.partId)
  return part && piece ? { part, piece } : scan(ctx, code)
}

function lineOf(ctx: CommandContext, repairId: number, id: number): LineRow {
  const line = lineById(ctx.db, id)
  if (!line || line.repairId !== repairId) throw fieldError('repairPartId', 'field.not_found')
  if (isSettled(line.state) || line.state === 'issued') throw new AppError('stock.line_settled')
  return line
}

function quantityOf(part: PartRow, line: LineRow | undefined, asked: number | null): number {
  if (!part.serialised) return asked ?? line?.quantity ?? onePiece
  if (asked !== null && asked !== onePiece) throw fieldError('quantity', 'part.whole_pieces')
  return onePiece
}

function placeOfPiece(ctx: CommandContext, piece: SerialRow, binId: number | null): number {
  const place = found(placeById(ctx.db, piece.placeId), 'place')
  const asked = binId === null ? undefined : requireBin(ctx, binId, 'binId')
  if (place.kind !== 'bin' || (asked && asked.id !== place.id)) {
    const wanted = asked?.name ?? 'bin'
    throw new AppError('part.serial_unknown', { serial: piece.serial, place: wanted })
  }
  return place.id
}

/** The shelf named, or the one it is set aside on, or the usual one, or one that has enough. */
function shelfFor(
  ctx: CommandContext,
  part: PartRow,
  line: LineRow,
  quantity: number,
  asked: number | null,
): number {
  if (asked !== null) return requireBin(ctx, asked, 'binId').id
  if (line.state === 'reserved' && line.binId !== null && quantity <= line.quantity) return line.binId
  const shelves = shelvesOf(ctx.db, part.id).map((shelf) => ({
    placeId: shelf.placeId,
    available: shelf.onHand - shelf.reserved + (shelf.placeId === line.binId ? ownReserved(line) : 0),
  }))
  const [first] = allocate(shelves, quantity, part.binId, false)
  return first?.placeId ?? part.binId ?? firstShelf(ctx)
}

function ownReserved(line: LineRow): number {
  return line.pendingId === null ? 0 : line.quantity
}

interface Issue {
  readonly part: PartRow
  readonly line: LineRow
  readonly quantity: number
  readonly binId: number
  readonly serial: string
}

/** Moves the goods and what stands on the line; what is left of a larger line stays as it was. */
function issueLine(ctx: CommandContext, issue: Issue, { overrideReason }: Input): LineRow {
  const { part, line, quantity, binId, serial } = issue
  const move: Move = {
    reason: 'issue',
    part,
    serial,
    quantity,
    fromPlaceId: binId,
    toPlaceId: placeOfKind(ctx, 'bench'),
    repairId: line.repairId,
    repairPartId: line.id,
    overrideReason,
    serialPath: 'code',
  }
  const reservedHere = line.pendingId !== null && line.binId === binId && quantity <= line.quantity
  if (line.pendingId !== null && !reservedHere) voidReserved(ctx, part, line.pendingId, '')
  if (line.pendingId !== null && reservedHere) takeReserved(ctx, line.pendingId, move)
  else moveNow(ctx, move)
  const issued = { state: 'issued', binId, pendingId: null, serial, quantity } as const
  if (quantity >= line.quantity) return changeLine(ctx, line, issued)
  const { kept, rest } = splitLine(ctx, line, quantity)
  if (line.pendingId !== null && line.binId !== null) keepReserved(ctx, part, rest, line.binId)
  return changeLine(ctx, kept, issued)
}

/** What was set aside for the rest of a line stays so; an override may have taken it meanwhile. */
function keepReserved(ctx: CommandContext, part: PartRow, rest: LineRow, binId: number): void {
  const shelf = shelvesOf(ctx.db, part.id).find(({ placeId }) => placeId === binId)
  if (shelf && shelf.onHand - shelf.reserved >= rest.quantity) reserveOn(ctx, part, rest, binId)
  else changeLine(ctx, rest, { state: 'planned', binId: null })
}

import { onePiece } from '#contract/money.ts'
import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { CommandContext, Handler } from '../context.ts'
import { noteWork } from '../repairs/steps.ts'
import { drawNumber } from '../system/steps.ts'
import { moveNow, recordMoved } from './ledger.ts'
import { requirePart, requirePieces } from './lines.ts'
import { onShelves } from './move-store.ts'
import { partById, setCost, type PartRow } from './part-store.ts'
import { placeOfKind, requireBin } from './places.ts'
import { comingPieces } from './serials.ts'
import { averageCost } from './stock.ts'
import { waitingFor, type WaitingRow } from './views.ts'

type Input = InputOf<'stock.receive'>
type Waiting = OutputOf<'stock.receive'>['waiting']

/**
 * Goods from a supplier, put on shelves; each line moves the part's average cost. Answers which repairs wait for
 * what came, who planned first, first (RD#1569); one that stands at awaiting parts gets a note in its history, but a
 * person moves it on. Errors under `lines.<n>`: `field.not_found` or `part.inactive` at partId;
 * `part.whole_pieces` at quantity; those of a shelf at binId; `part.serial_count`, and `field.duplicate` or
 * `part.serial_taken` at the serial.
 */
export const receiveGoods: Handler<'stock.receive'> = (ctx, input) => {
  const document = input.document || nextDocument(ctx)
  const note = [input.supplier, input.note].filter((text) => text !== '').join('\n')
  const came = new Map<number, { part: PartRow; quantity: number }>()
  input.lines.forEach((line, index) => {
    const part = takeIn(ctx, line, { path: `lines.${index}.`, document, note })
    const { quantity = 0 } = came.get(part.id) ?? {}
    came.set(part.id, { part, quantity: quantity + line.quantity })
  })
  const waiting: Waiting = []
  for (const { part, quantity } of came.values()) {
    recordMoved(ctx, part, { document, received: quantity })
    for (const row of waitingFor(ctx.db, part.id)) waiting.push(waitingOf(ctx, part, row, document))
  }
  return { document, waiting: waiting.toSorted((a, b) => a.plannedAt - b.plannedAt) }
}

/** Receipts without a delivery note get a number of the shop's own: `GR20261122-001`. */
function nextDocument(ctx: CommandContext): string {
  const day = ctx.today.replaceAll('-', '')
  return `GR${day}-${String(drawNumber(ctx.db, `goods ${day}`)).padStart(3, '0')}`
}

interface Receipt {
  readonly path: string
  readonly document: string
  readonly note: string
}

function takeIn(ctx: CommandContext, line: Input['lines'][number], receipt: Receipt): PartRow {
  const { path, document, note } = receipt
  const part = requirePart(ctx, line.partId, `${path}partId`)
  requirePieces(part, line.quantity, `${path}quantity`)
  const { id: toPlaceId } = requireBin(ctx, line.binId, `${path}binId`)
  const { quantity, unitCostMinor, serials } = line
  const sources = ['supplier', 'difference'] as const
  const coming = comingPieces(ctx, part, { quantity, serials, path: `${path}serials`, sources })
  const held = { quantity: onShelves(ctx.db, part.id), costMinor: part.costMinor }
  const supplier = placeOfKind(ctx, 'supplier')
  const move = { reason: 'receipt', part, toPlaceId, document, note, unitCostMinor } as const
  if (!part.serialised) moveNow(ctx, { ...move, quantity, fromPlaceId: supplier })
  for (const { serial, placeId } of coming) {
    moveNow(ctx, { ...move, serial, quantity: onePiece, fromPlaceId: placeId ?? supplier })
  }
  const costMinor = averageCost(held, { quantity, costMinor: unitCostMinor })
  if (costMinor !== part.costMinor) setCost(ctx.db, part.id, costMinor)
  return partById(ctx.db, part.id) ?? part
}

function waitingOf(ctx: CommandContext, part: PartRow, row: WaitingRow, document: string): Waiting[number] {
  const { repairId, suspendedFrom, ...shown } = row
  const beneath = row.state === 'suspended' ? suspendedFrom : row.state
  if (beneath === 'awaiting_parts') noteWork(ctx, repairId, '', { partArrived: part.number, document })
  return { ...shown, partId: part.id, partNumber: part.number }
}

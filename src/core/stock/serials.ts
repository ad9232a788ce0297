import type { PlaceKind } from '#contract/stock-model.ts'
import type { CommandContext } from '../context.ts'
import { fieldError } from '../kernel/app-error.ts'
import { serialOf } from './move-store.ts'
import type { PartRow } from './part-store.ts'
import { placeById } from './place-store.ts'
import { codeKey, pieces } from './stock.ts'

/** Serials named in an input, checked one by one; a part without serials takes none. */

function checked(part: PartRow, quantity: number, serials: readonly string[], path: string): string[] {
  const count = part.serialised ? pieces(quantity) : 0
  if (serials.length !== count) throw fieldError(path, 'part.serial_count', { count })
  const keys = serials.map(codeKey)
  keys.forEach((key, index) => {
    if (key === '') throw fieldError(`${path}.${index}`, 'field.required')
    if (keys.indexOf(key) < index) throw fieldError(`${path}.${index}`, 'field.duplicate')
  })
  return keys
}

export interface ComingPiece {
  /** As it is written on file, or will be. */
  readonly serial: string
  /** Where it comes from; null when it was never here. */
  readonly placeId: number | null
}

/**
 * Pieces that come onto a shelf: new ones, or those that went back to one of `sources` (a receipt that was reversed,
 * a difference, what was lost). Errors at `path`: `part.serial_count`, and at `<path>.<n>` `field.duplicate`,
 * `part.serial_taken`.
 */
export function comingPieces(
  ctx: CommandContext,
  part: PartRow,
  given: { quantity: number; serials: readonly string[]; path: string; sources: readonly PlaceKind[] },
): ComingPiece[] {
  const { quantity, serials, path, sources } = given
  return checked(part, quantity, serials, path).map((key, index) => {
    const written = serials[index] ?? ''
    const known = serialOf(ctx.db, part.id, key)
    if (!known) return { serial: written, placeId: null }
    const kind = placeById(ctx.db, known.placeId)?.kind
    if (kind === undefined || !sources.includes(kind)) {
      throw fieldError(`${path}.${index}`, 'part.serial_taken', { serial: written })
    }
    return { serial: known.serial, placeId: known.placeId }
  })
}

/** Serials of pieces that leave a place, as they are written on file. Errors at `serials` and `serials.<n>`. */
export function heldSerials(
  ctx: CommandContext,
  part: PartRow,
  quantity: number,
  serials: readonly string[],
): string[] {
  return checked(part, quantity, serials, 'serials').map(
    (key, index) => serialOf(ctx.db, part.id, key)?.serial ?? serials[index] ?? '',
  )
}

import type { Place, PlaceKind } from '#contract/stock-model.ts'
import type { CommandContext, Handler } from '../context.ts'
import { fieldError, found } from '../kernel/app-error.ts'
import { stale } from '../system/views.ts'
import { placeInUse } from './move-store.ts'
import { firstPlace, insertPlace, placeById, placeByName, updatePlaceRow } from './place-store.ts'
import { placeKey } from './stock.ts'

/** The shelf every shop starts with, so that goods can be received at once. */
const firstBin = 'A1'

/** The one place of a kind, made when it is first needed; it is named by its kind, the window has the words. */
export function placeOfKind(ctx: CommandContext, kind: Exclude<PlaceKind, 'bin'>): number {
  return firstPlace(ctx.db, kind)?.id ?? addPlace(ctx, kind, kind).id
}

function addPlace(ctx: CommandContext, kind: PlaceKind, name: string): Place {
  const uid = ctx.newUid()
  const id = insertPlace(ctx.db, { uid, kind, name, nameKey: placeKey(name) })
  ctx.record({ entity: 'places', id, uid, version: 1, type: 'place.added', payload: { kind, name } })
  return { id, uid, kind, name, active: true, version: 1 }
}

/** Gives a shop its first shelf; does nothing where there is one. */
export function seedPlaces(ctx: CommandContext): void {
  if (!firstPlace(ctx.db, 'bin')) addPlace(ctx, 'bin', firstBin)
}

/** The shelf a shop started with; made when there is none. */
export function firstShelf(ctx: CommandContext): number {
  return firstPlace(ctx.db, 'bin')?.id ?? addPlace(ctx, 'bin', firstBin).id
}

/** A shelf goods may be put on or taken from. Errors at `path`: `field.not_found`, `stock.place_not_a_bin`, `field.inactive`. */
export function requireBin(ctx: CommandContext, id: number, path: string): Place {
  const place = placeById(ctx.db, id)
  if (!place) throw fieldError(path, 'field.not_found')
  if (place.kind !== 'bin') throw fieldError(path, 'stock.place_not_a_bin')
  if (!place.active) throw fieldError(path, 'field.inactive', { name: place.name })
  return place
}

/** A shelf more. Error: `stock.name_taken` at `name`. */
export const addBin: Handler<'stock.addBin'> = (ctx, { name }) => {
  if (placeByName(ctx.db, 'bin', placeKey(name))) throw fieldError('name', 'stock.name_taken', { name })
  return addPlace(ctx, 'bin', name)
}

/** Renames a shelf or puts it out of use. Errors: `stale`, `stock.name_taken`, `stock.place_in_use`, `stock.place_not_a_bin`. */
export const updateBin: Handler<'stock.updateBin'> = (ctx, { placeId, version, name, active }) => {
  const place = found(placeById(ctx.db, placeId), 'place')
  if (place.kind !== 'bin') throw fieldError('placeId', 'stock.place_not_a_bin')
  if (place.version !== version) throw stale(ctx.db, 'place', place.uid)
  const same = placeByName(ctx.db, 'bin', placeKey(name))
  if (same && same.id !== placeId) throw fieldError('name', 'stock.name_taken', { name })
  if (!active && placeInUse(ctx.db, placeId)) throw fieldError('active', 'stock.place_in_use')
  const next = { ...place, name, active, version: version + 1 }
  updatePlaceRow(ctx.db, placeId, { name, nameKey: placeKey(name), active, version: next.version })
  const payload = { name, active }
  const { uid } = place
  ctx.record({ entity: 'places', id: placeId, uid, version: next.version, type: 'place.updated', payload })
  return next
}

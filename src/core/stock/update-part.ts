import type { Handler } from '../context.ts'
import { fieldError, found } from '../kernel/app-error.ts'
import { stale } from '../system/views.ts'
import { partColumns } from './check-part.ts'
import { partIsAwaited } from './line-store.ts'
import { partIsHere } from './move-store.ts'
import { partById, taxCodeOf, updatePartRow } from './part-store.ts'

/**
 * Replaces what the catalogue says of a part; past lines keep what they said. While it is in the shop or on an open
 * line, it can neither be put out of use (`part.in_use` at part.active) nor begin or stop to be counted by serial
 * (`part.in_use` at part.serialised). Errors besides: `stale`, `not_found`, those of `partColumns`.
 */
export const updatePart: Handler<'stock.updatePart'> = (ctx, { partId, version, part: input }) => {
  const part = found(partById(ctx.db, partId), 'part')
  if (part.version !== version) throw stale(ctx.db, 'part', part.uid)
  const held = { id: partId, binId: part.binId, taxCodeId: taxCodeOf(ctx.db, partId) }
  const columns = partColumns(ctx, input, held)
  const path =
    input.serialised === part.serialised ? (part.active && !input.active ? 'active' : null) : 'serialised'
  if (path !== null && (partIsHere(ctx.db, partId) || partIsAwaited(ctx.db, partId))) {
    throw fieldError(`part.${path}`, 'part.in_use')
  }
  const next = version + 1
  updatePartRow(ctx.db, partId, { ...columns, version: next })
  const { uid } = part
  ctx.record({ entity: 'parts', id: partId, uid, version: next, type: 'part.updated', payload: input })
  return { id: partId, version: next }
}

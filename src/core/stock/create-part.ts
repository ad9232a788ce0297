import type { Handler } from '../context.ts'
import { partColumns } from './check-part.ts'
import { insertPart } from './part-store.ts'

/** A part of the catalogue. Errors: those of `partColumns`, under `part`. */
export const createPart: Handler<'stock.createPart'> = (ctx, { part }) => {
  const uid = ctx.newUid()
  const id = insertPart(ctx.db, { uid, ...partColumns(ctx, part, null) })
  ctx.record({ entity: 'parts', id, uid, version: 1, type: 'part.added', payload: part })
  return { id, uid, version: 1 }
}

import type { Handler } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { announceLine } from './change.ts'
import { repairById } from './store.ts'

/** A note in the history. It changes nothing another person may be editing, so the version stays. */
export const addNote: Handler<'repairs.addNote'> = (ctx, { repairId, text }) => {
  const row = found(repairById(ctx.db, repairId), 'repair')
  announceLine(ctx, row, { kind: 'note', text })
  return { ok: true }
}

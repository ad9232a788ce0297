import type { CommandContext } from '../context.ts'
import { deleteDraft, draftByUid } from './store.ts'

/** Removes a draft's row; its files are the files module's (`discardDraft` of files/steps.ts does both). */
export function removeDraft(ctx: CommandContext, uid: string): void {
  const row = draftByUid(ctx.db, uid)
  if (!row) return
  deleteDraft(ctx.db, row.id)
  ctx.announce('drafts', [row.id])
}

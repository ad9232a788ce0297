import type { CommandContext } from '../context.ts'
import { removeDraft } from '../drafts/steps.ts'
import { deleteDraftFiles, deleteFile } from './store.ts'
import { abandonedFiles } from './views.ts'

export { adoptDraftFiles, forgetFile, keepFile, requireAttachment } from './adopt-files.ts'
export { attachmentsOf } from './views.ts'

/** An intake was saved or thrown away: its draft goes, with the files nobody chose. */
export function discardDraft(ctx: CommandContext, uid: string): void {
  deleteDraftFiles(ctx.db, uid)
  removeDraft(ctx, uid)
}

/** Forgets files of intakes that came to nothing before `at` (UTC epoch ms); the host then removes the bytes. */
export function purgeAbandonedFiles(ctx: CommandContext, at: number): number {
  const ids = abandonedFiles(ctx.db, at)
  for (const id of ids) deleteFile(ctx.db, id)
  return ids.length
}

import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { CommandContext } from '../context.ts'
import { AppError, fieldError, found } from '../kernel/app-error.ts'
import { notePhoto } from '../repairs/steps.ts'
import { maxFilesPerDraft, maxPhotosPerRepair } from './files.ts'
import { countDraftFiles, countPhotos, insertFile } from './store.ts'
import { attachmentRow } from './views.ts'

/**
 * Writes down a file the host has put beside the database, for a repair or for an intake not yet saved.
 * Errors: `field.required` at repairId when it is for neither, `not_found`, `attachment.too_many`.
 */
export function registerFile(
  ctx: CommandContext,
  input: InputOf<'files.register'>,
): OutputOf<'files.register'> {
  const { kind, repairId, draftUid, name, mime, size, sha256 } = input
  if (repairId === null && draftUid === null) throw fieldError('repairId', 'field.required')
  const uid = ctx.newUid()
  if (repairId !== null) {
    if (kind === 'photo') requireRoom(ctx, repairId, 1)
    notePhoto(ctx, repairId, { uid, name })
  } else if (draftUid !== null && countDraftFiles(ctx.db, draftUid) >= maxFilesPerDraft) {
    throw new AppError('attachment.too_many', { max: maxFilesPerDraft })
  }
  insertFile(ctx.db, {
    uid,
    kind,
    repairId,
    draftUid: repairId === null ? draftUid : null,
    name,
    mime,
    size,
    sha256,
    createdById: ctx.actor.userId,
    createdAt: ctx.now,
  })
  if (repairId === null) ctx.announce('drafts', [])
  return found(attachmentRow(ctx.db, uid), 'attachment')
}

/** Error: `attachment.too_many` when the repair would have more photos than anybody looks at. */
export function requireRoom(ctx: CommandContext, repairId: number, more: number): void {
  if (countPhotos(ctx.db, repairId) + more > maxPhotosPerRepair) {
    throw new AppError('attachment.too_many', { max: maxPhotosPerRepair })
  }
}

import type { CommandContext, QueryContext } from '../context.ts'
import { fieldError } from '../kernel/app-error.ts'
import { maxPhotosPerRepair } from './files.ts'
import { countPhotos, deleteFile, fileByUid, giveToRepair, keepForShop, type StoredFile } from './store.ts'

/** A file on record. Error: `attachment.missing` at `path`. */
export function requireAttachment(ctx: Pick<QueryContext, 'db'>, uid: string, path: string): StoredFile {
  const row = fileByUid(ctx.db, uid)
  if (!row) throw fieldError(path, 'attachment.missing', { uid })
  return row
}

/**
 * Makes files the repair's own: those of the intake's draft, or such as the repair has already. From then on they
 * are never deleted. Errors at `path`: `attachment.missing` for a file that is neither, `attachment.too_many`.
 */
export function adoptDraftFiles(
  ctx: CommandContext,
  draftUid: string | null,
  repairId: number,
  uids: readonly string[],
  path: string,
): void {
  for (const uid of new Set(uids)) {
    const row = requireAttachment(ctx, uid, path)
    if (row.repairId === repairId) continue
    const ofDraft = row.repairId === null && row.draftUid !== null && row.draftUid === draftUid
    if (!ofDraft) throw fieldError(path, 'attachment.missing', { uid })
    giveToRepair(ctx.db, row.id, repairId)
  }
  if (uids.length > 0 && countPhotos(ctx.db, repairId) > maxPhotosPerRepair) {
    throw fieldError(path, 'attachment.too_many', { max: maxPhotosPerRepair })
  }
}

const printable: ReadonlySet<string> = new Set(['image/png', 'image/jpeg'])

/**
 * Makes an uploaded file the shop's own (its logo). Errors at `path`: `attachment.missing` for none, or one that
 * belongs to a repair; `attachment.not_a_logo` for a picture that was not uploaded as one.
 */
export function keepFile(ctx: CommandContext, uid: string, path: string): void {
  const row = requireAttachment(ctx, uid, path)
  if (row.repairId !== null) throw fieldError(path, 'attachment.missing', { uid })
  if (row.kind !== 'document' || !printable.has(row.mime)) {
    throw fieldError(path, 'attachment.not_a_logo', { name: row.name })
  }
  keepForShop(ctx.db, row.id)
}

/** Takes a file of the shop's own off the record. */
export function forgetFile(ctx: CommandContext, uid: string): void {
  const row = fileByUid(ctx.db, uid)
  if (row && row.repairId === null) deleteFile(ctx.db, row.id)
}

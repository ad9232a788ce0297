import type { HandlersOf } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'
import { registerFile } from './register-file.ts'
import { deleteFile, fileByUid, knownHashes } from './store.ts'
import { filesOfDraft } from './views.ts'

export const filesHandlers: HandlersOf<'files'> = {
  register: registerFile,
  locate(ctx, { uid }) {
    const row = fileByUid(ctx.db, uid)
    if (!row) throw new AppError('attachment.missing', { uid })
    const { sha256, mime, name, kind } = row
    return { sha256, mime, name, kind }
  },
  referenced: (ctx, { sha256 }) => knownHashes(ctx.db, sha256),
}

export const attachmentsHandlers: HandlersOf<'attachments'> = {
  listForDraft: (ctx, { draftUid }) => filesOfDraft(ctx.db, draftUid),
  removeFromDraft(ctx, { draftUid, uid }) {
    const row = fileByUid(ctx.db, uid)
    if (!row || row.draftUid !== draftUid) throw new AppError('attachment.missing', { uid })
    deleteFile(ctx.db, row.id)
    ctx.announce('drafts', [])
    return { ok: true }
  },
}

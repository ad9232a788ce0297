import type { HandlersOf } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'

function notYet(): never {
  throw new AppError('not_found', { entity: 'files' })
}

export const filesHandlers: HandlersOf<'files'> = { register: notYet, locate: notYet, referenced: () => [] }

export const attachmentsHandlers: HandlersOf<'attachments'> = {
  listForDraft: () => [],
  removeFromDraft: notYet,
}

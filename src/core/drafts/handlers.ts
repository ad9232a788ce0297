import type { HandlersOf } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'

function notYet(): never {
  throw new AppError('not_found', { entity: 'drafts' })
}

export const draftsHandlers: HandlersOf<'drafts'> = {
  list: () => [],
  get: notYet,
  save: notYet,
  discard: notYet,
}

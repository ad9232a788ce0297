import type { HandlersOf } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'

function notYet(): never {
  throw new AppError('not_found', { entity: 'dictionaries' })
}

export const dictionariesHandlers: HandlersOf<'dictionaries'> = {
  list: () => [],
  add: notYet,
  update: notYet,
  remove: notYet,
}

import type { HandlersOf } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'

function notYet(): never {
  throw new AppError('not_found', { entity: 'customers' })
}

export const customersHandlers: HandlersOf<'customers'> = {
  list: () => ({ rows: [] }),
  get: notYet,
  similar: () => [],
  create: notYet,
  update: notYet,
  merge: notYet,
}

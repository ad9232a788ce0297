import type { HandlersOf } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'

function notYet(): never {
  throw new AppError('not_found', { entity: 'devices' })
}

export const devicesHandlers: HandlersOf<'devices'> = {
  list: () => ({ rows: [] }),
  get: notYet,
  visit: () => null,
  create: notYet,
  update: notYet,
  changeOwner: notYet,
  addDefect: notYet,
  resolveDefect: notYet,
}

import type { HandlersOf } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'

const missing = (): never => {
  throw new AppError('not_found', { entity: 'method' })
}

export const quotesHandlers: HandlersOf<'quotes'> = {
  ofRepair: missing,
  save: missing,
  discard: missing,
  send: missing,
  approve: missing,
  refuse: missing,
}

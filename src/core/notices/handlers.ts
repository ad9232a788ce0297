import type { HandlersOf } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'

const missing = (): never => {
  throw new AppError('not_found', { entity: 'method' })
}

export const noticesHandlers: HandlersOf<'notices'> = {
  ofRepair: missing,
  facts: missing,
  due: missing,
  record: missing,
  retry: missing,
  mailStanding: missing,
  reportLink: missing,
  revokeLink: missing,
}

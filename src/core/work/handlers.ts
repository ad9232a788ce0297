import type { HandlersOf } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'

const missing = (): never => {
  throw new AppError('not_found', { entity: 'method' })
}

export const workHandlers: HandlersOf<'work'> = {
  ofRepair: missing,
  testList: missing,
  recordFindings: missing,
  addLabour: missing,
  updateLabour: missing,
  removeLabour: missing,
  startTimer: missing,
  stopTimer: missing,
  recordTest: missing,
  sendOut: missing,
  takeBack: missing,
  credits: missing,
}

import type { HandlersOf } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'

const missing = (): never => {
  throw new AppError('not_found', { entity: 'method' })
}

export const stockHandlers: HandlersOf<'stock'> = {
  parts: missing,
  getPart: missing,
  findByCode: missing,
  createPart: missing,
  updatePart: missing,
  places: missing,
  addBin: missing,
  updateBin: missing,
  receive: missing,
  transfer: missing,
  adjust: missing,
  reverse: missing,
  moves: missing,
  ofRepair: missing,
  plan: missing,
  reserve: missing,
  drop: missing,
  issue: missing,
  settle: missing,
}

export const loanersHandlers: HandlersOf<'loaners'> = {
  list: missing,
  ofRepair: missing,
  create: missing,
  update: missing,
  lend: missing,
  takeBack: missing,
}

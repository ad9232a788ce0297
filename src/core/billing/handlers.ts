import type { HandlersOf } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'

const missing = (): never => {
  throw new AppError('not_found', { entity: 'method' })
}

export const pricesHandlers: HandlersOf<'prices'> = {
  taxCodes: missing,
  saveTaxCode: missing,
  services: missing,
  createService: missing,
  updateService: missing,
  priceLists: missing,
  savePriceList: missing,
  priceFor: missing,
  removePriceList: missing,
}

export const chargesHandlers: HandlersOf<'charges'> = {
  ofRepair: missing,
  add: missing,
  update: missing,
  remove: missing,
  waive: missing,
  addStorageFee: missing,
}

export const invoicesHandlers: HandlersOf<'invoices'> = {
  list: missing,
  get: missing,
  issue: missing,
  void: missing,
  credit: missing,
  writeOff: missing,
}

export const paymentsHandlers: HandlersOf<'payments'> = {
  get: missing,
  list: missing,
  take: missing,
  takeDeposit: missing,
  applyDeposit: missing,
  refund: missing,
  forfeit: missing,
  reverse: missing,
  statement: missing,
  debtors: missing,
}

export const shiftsHandlers: HandlersOf<'shifts'> = {
  current: missing,
  list: missing,
  get: missing,
  open: missing,
  moveCash: missing,
  close: missing,
  forceClose: missing,
}

export const ledgersHandlers: HandlersOf<'ledgers'> = {
  verify: missing,
}

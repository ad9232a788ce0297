import type { HandlersOf } from '../context.ts'
import { addCharge, removeCharge, updateChargeLine, waiveCharge } from './charge-lines.ts'
import { moneyOfRepair } from './charge-queries.ts'
import { creditInvoice } from './credit-invoice.ts'
import { issueInvoice } from './invoice-issue.ts'
import { getInvoice, listInvoices } from './invoice-queries.ts'
import { previewInvoice } from './preview-invoice.ts'
import { priceFor } from './price-for.ts'
import { listPriceLists, removePriceList, savePriceList } from './price-lists.ts'
import { createService, listServices, updateService } from './services.ts'
import { addStorageFee } from './storage-fee.ts'
import { listTaxCodes, saveTaxCode } from './tax-codes.ts'
import { voidInvoice } from './void-invoice.ts'
import { writeOff } from './write-off.ts'

export const pricesHandlers: HandlersOf<'prices'> = {
  taxCodes: listTaxCodes,
  saveTaxCode,
  services: listServices,
  createService,
  updateService,
  priceLists: listPriceLists,
  savePriceList,
  priceFor,
  removePriceList,
}

export const chargesHandlers: HandlersOf<'charges'> = {
  ofRepair: moneyOfRepair,
  add: addCharge,
  update: updateChargeLine,
  remove: removeCharge,
  waive: waiveCharge,
  addStorageFee,
}

export const invoicesHandlers: HandlersOf<'invoices'> = {
  list: listInvoices,
  get: getInvoice,
  preview: previewInvoice,
  issue: issueInvoice,
  void: voidInvoice,
  credit: creditInvoice,
  writeOff,
}

export { paymentsHandlers } from './payment-handlers.ts'
export { shiftsHandlers } from './shift-handlers.ts'
export { ledgersHandlers } from './ledger-handlers.ts'

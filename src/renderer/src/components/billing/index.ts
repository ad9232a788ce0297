export { default as CustomerSelect } from './CustomerSelect.vue'
export { default as DepositDialog } from './DepositDialog.vue'
export { default as InvoiceStateTag } from './InvoiceStateTag.vue'
export { default as InvoiceTable } from './InvoiceTable.vue'
export { default as LedgerFaults } from './LedgerFaults.vue'
export { default as ReasonDialog } from './ReasonDialog.vue'
export { default as ReceiptTable } from './ReceiptTable.vue'
export { default as RefundDialog } from './RefundDialog.vue'
export { default as ShiftOpener } from './ShiftOpener.vue'
export { default as TakePaymentDialog } from './TakePaymentDialog.vue'
export { default as TaxRows } from './TaxRows.vue'
export { denominationsOf, likelyTendered } from './denominations.ts'
export { atMoneyField } from './money-form.ts'
export { spread, type Payable } from './use-payment.ts'
export { useShift } from './use-shift.ts'
export {
  chargeKindList,
  lineText,
  methodLabel,
  moneyIn,
  payerLabel,
  payerList,
  paymentMethods,
  rateText,
  waiveText,
} from './words.ts'

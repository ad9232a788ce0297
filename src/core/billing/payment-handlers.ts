import type { HandlersOf } from '../context.ts'
import { applyCredit, customerCredits, takeBackApplied } from './applied-money.ts'
import { debtors } from './debtors.ts'
import { applyDeposit, forfeitDeposit, takeDeposit } from './deposit-money.ts'
import { owed } from './owed.ts'
import { getPayment, listPayments } from './payment-queries.ts'
import { reversePayment } from './payment-reverse.ts'
import { takePayment } from './payment-take.ts'
import { refundMoney } from './refund-money.ts'
import { statement } from './statement.ts'

export const paymentsHandlers: HandlersOf<'payments'> = {
  get: getPayment,
  list: listPayments,
  take: takePayment,
  takeDeposit,
  applyDeposit,
  credits: customerCredits,
  applyCredit,
  takeBackApplied,
  refund: refundMoney,
  forfeit: forfeitDeposit,
  reverse: reversePayment,
  statement,
  debtors,
  owed,
}

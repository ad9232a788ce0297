import { cashRounding } from '#contract/money.ts'
import type { Account, PaymentMethod } from '#contract/billing.ts'
import { AppError } from '../kernel/app-error.ts'
import type { Entry } from './ledger.ts'

/** The account money of a method lies on. */
export const accountOfMethod: Readonly<Record<PaymentMethod, Account>> = {
  cash: 'cash',
  card: 'card',
  transfer: 'transfer',
  wechat: 'wechat',
  alipay: 'alipay',
  other: 'other_money',
}

/** Money that came in (negative: went out) by a method; cash lies in the drawer of a shift. */
export function moneyEntry(method: PaymentMethod, shiftId: number | null, amountMinor: number): Entry {
  return { account: accountOfMethod[method], subject: method === 'cash' ? (shiftId ?? 0) : 0, amountMinor }
}

/**
 * How much of what can be given back a refund settles. Coins do not come smaller than the shop's cash step: all
 * that is available, rounded to it, settles all of it, so that a refund never fails for a cent (RD#79).
 * Error: `payment.refund_too_large` {available}.
 */
export function settledByRefund(
  refund: { readonly method: PaymentMethod; readonly amountMinor: number },
  availableMinor: number,
  cashStepMinor: number,
): number {
  const { method, amountMinor } = refund
  const inCoins = availableMinor + cashRounding(availableMinor, cashStepMinor)
  if (method === 'cash' && availableMinor > 0 && amountMinor === inCoins) return availableMinor
  if (amountMinor > availableMinor)
    throw new AppError('payment.refund_too_large', { available: availableMinor })
  return amountMinor
}

/** What a customer gets back of the cash handed over. Error: `payment.tendered_short`. */
export function changeOf(
  method: PaymentMethod,
  amountMinor: number,
  tenderedMinor: number | null,
): { tenderedMinor: number | null; changeMinor: number } {
  if (method !== 'cash' || tenderedMinor === null) return { tenderedMinor: null, changeMinor: 0 }
  if (tenderedMinor < amountMinor) throw new AppError('payment.tendered_short')
  return { tenderedMinor, changeMinor: tenderedMinor - amountMinor }
}

import { computed, reactive, type ComputedRef } from 'vue'
import type { PaymentMethod } from '#contract/billing.ts'
import type { ErrorCode } from '#contract/errors.ts'
import type { CallError, FormErrors } from '@/client/index.ts'

/** What is typed of money that comes in or goes out. */
export interface MoneyForm {
  method: PaymentMethod
  amountMinor: number | null
  tenderedMinor: number | null
  reference: string
  note: string
}

export function blankMoney(amountMinor: number | null = null): MoneyForm {
  return { method: 'cash', amountMinor, tenderedMinor: null, reference: '', note: '' }
}

const fieldOf: Partial<Record<ErrorCode, string>> = {
  'payment.too_large': 'amountMinor',
  'payment.refund_too_large': 'amountMinor',
  'payment.no_deposit': 'amountMinor',
  'payment.tendered_short': 'tenderedMinor',
  'shift.cash_short': 'amountMinor',
  'shift.required': 'method',
}

/** Puts a refusal at the field it is about. Answers whether there is one. */
export function atMoneyField(errors: FormErrors, error: CallError): boolean {
  const path = fieldOf[error.code]
  if (path === undefined) return false
  errors.setFields([{ path, code: error.code, params: error.params }])
  return true
}

export interface MoneyEntry {
  readonly form: MoneyForm
  /** What goes back to the customer of the cash handed over; null while nothing was, or not enough. */
  readonly changeMinor: ComputedRef<number | null>
  /** What is sent, or undefined with the errors shown. */
  ready(): (MoneyForm & { amountMinor: number }) | undefined
}

/** The fields of one receipt, checked in the window before they are sent. */
export function useMoneyEntry(errors: FormErrors): MoneyEntry {
  const form = reactive(blankMoney())
  const changeMinor = computed(() => {
    const { method, amountMinor, tenderedMinor } = form
    if (method !== 'cash' || amountMinor === null || tenderedMinor === null) return null
    return tenderedMinor >= amountMinor ? tenderedMinor - amountMinor : null
  })
  return {
    form,
    changeMinor,
    ready() {
      const { method, amountMinor, tenderedMinor, reference, note } = form
      if (errors.showHeld()) return undefined
      if (amountMinor === null || amountMinor < 1) {
        errors.setFields([{ path: 'amountMinor', code: 'field.required' }])
        return undefined
      }
      const given = method === 'cash' ? tenderedMinor : null
      if (given !== null && given < amountMinor) {
        errors.setFields([{ path: 'tenderedMinor', code: 'payment.tendered_short' }])
        return undefined
      }
      return { method, amountMinor, tenderedMinor: given, reference, note }
    },
  }
}

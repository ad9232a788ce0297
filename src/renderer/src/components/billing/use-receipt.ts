import { computed, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { useFormErrors, type CallError, type FormErrors } from '@/client/index.ts'
import { atMoneyField, blankMoney, useMoneyEntry, type MoneyEntry } from './money-form.ts'
import type { Slip } from './SlipDone.vue'
import { useShift } from './use-shift.ts'

export interface ReceiptEntry extends MoneyEntry {
  readonly errors: FormErrors
  /** The receipt that was written; the dialog then shows nothing else. */
  readonly slip: ShallowRef<Slip | undefined>
  /** Cash needs a shift at this seat, and none is open. */
  readonly needsShift: ComputedRef<boolean>
  /** Puts a refusal at the field it is about; for `useCommand`. */
  onError(error: CallError): boolean
  shiftOpened(): void
}

/** What a dialog of one receipt works with; it begins anew with `amountMinor` each time it opens. */
export function useReceipt(open: Ref<boolean>, amountMinor: () => number | null): ReceiptEntry {
  const errors = useFormErrors()
  const entry = useMoneyEntry(errors)
  const slip = shallowRef<Slip>()
  const shift = useShift(() => open.value)

  watch(
    open,
    (now) => {
      if (!now) return
      errors.clear()
      slip.value = undefined
      Object.assign(entry.form, blankMoney(amountMinor()))
    },
    { immediate: true },
  )
  return {
    ...entry,
    errors,
    slip,
    needsShift: computed(() => shift.missing.value && entry.form.method === 'cash'),
    onError: (error) => atMoneyField(errors, error),
    shiftOpened: () => void shift.query.refetch(),
  }
}

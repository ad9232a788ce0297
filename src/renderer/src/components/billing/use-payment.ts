import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { useCommand, useFormErrors, type CallError, type FormErrors } from '@/client/index.ts'
import { atMoneyField, blankMoney, useMoneyEntry, type MoneyEntry } from './money-form.ts'
import type { Slip } from './SlipDone.vue'

/** An invoice money is taken for. */
export interface Payable {
  readonly id: number
  readonly number: string
  readonly openMinor: number
}

export interface TakingMoney {
  readonly errors: FormErrors
  readonly entry: MoneyEntry
  /** What is open on all invoices together, as it is known now. */
  readonly leftMinor: ComputedRef<number>
  readonly slips: ShallowRef<readonly Slip[]>
  /** Somebody else took money for these invoices while the form stood open. */
  readonly overtaken: Ref<boolean>
  readonly pending: Readonly<Ref<boolean>>
  leftOf(invoice: Payable): number
  begin(): void
  take(): Promise<void>
  /** Pays with what the customer has too much on another invoice. */
  useCredit(fromInvoiceId: number, amountMinor: number): Promise<void>
}

/** Fills the invoices in their order until the amount is used up. */
export function spread(
  amountMinor: number,
  invoices: readonly { readonly id: number; readonly openMinor: number }[],
): { invoiceId: number; amountMinor: number }[] {
  let rest = amountMinor
  const parts = invoices.map(({ id, openMinor }) => {
    const part = Math.min(rest, Math.max(0, openMinor))
    rest -= part
    return { invoiceId: id, amountMinor: part }
  })
  // What is too much stays on the last one: the host says how much is open.
  const last = parts.at(-1)
  if (last && rest > 0) last.amountMinor += rest
  return parts.filter((part) => part.amountMinor > 0)
}

interface Allocation {
  readonly invoiceId: number
  readonly amountMinor: number
}

/**
 * What is open on each invoice: the host's number, or what is left after a receipt the host has not told of yet.
 * `changed` hears of new numbers of the host, and whether they are less than this seat knew of.
 */
function useLeft(invoices: () => readonly Payable[], changed: (less: boolean) => void) {
  const own = ref(new Map<number, number>())
  const leftOf = ({ id, openMinor }: Payable): number => Math.max(0, own.value.get(id) ?? openMinor)
  const leftMinor = computed(() => invoices().reduce((sum, invoice) => sum + leftOf(invoice), 0))
  let known = 0
  let booking = false

  watch(
    () =>
      invoices()
        .map(({ id, openMinor }) => `${id} ${openMinor}`)
        .join(),
    () => {
      if (booking) return
      const before = known
      own.value = new Map()
      known = leftMinor.value
      changed(known < before)
    },
  )

  return {
    leftOf,
    leftMinor,
    set: (id: number, openMinor: number) => own.value.set(id, openMinor),
    begin(): void {
      own.value = new Map()
      known = leftMinor.value
    },
    /** Does an act that takes money here; what it answers is taken off. Numbers the host tells meanwhile wait. */
    async take(amountMinor: number, act: (parts: Allocation[]) => Promise<boolean>): Promise<boolean> {
      const open = invoices().map((invoice) => ({ id: invoice.id, openMinor: leftOf(invoice) }))
      const parts = spread(amountMinor, open)
      booking = true
      const done = await act(parts)
      booking = false
      if (!done) return false
      for (const { id, openMinor } of open) {
        const part = parts.find(({ invoiceId }) => invoiceId === id)
        own.value.set(id, openMinor - (part?.amountMinor ?? 0))
      }
      known = leftMinor.value
      return true
    },
  }
}

/**
 * Money for invoices, one method after the other until nothing is open. `invoices` follows the host: what another
 * seat takes meanwhile lowers what is open here, and is told.
 */
export function useTakingMoney(invoices: () => readonly Payable[]): TakingMoney {
  const errors = useFormErrors()
  const entry = useMoneyEntry(errors)
  const slips = shallowRef<readonly Slip[]>([])
  const overtaken = ref(false)
  let preset: number | null = null
  const left = useLeft(invoices, (less) => {
    if (less) overtaken.value = true
    // An amount that somebody typed is not replaced under their hands.
    if (entry.form.amountMinor === preset) propose()
  })

  function propose(): void {
    preset = left.leftMinor.value > 0 ? left.leftMinor.value : null
    entry.form.amountMinor = preset
  }

  function refused(error: CallError): boolean {
    const { open, number } = error.params
    const invoice = invoices().find((one) => one.number === number)
    if (error.code === 'payment.too_large' && invoice && typeof open === 'number') {
      if (open < left.leftOf(invoice)) overtaken.value = true
      left.set(invoice.id, open)
    }
    return atMoneyField(errors, error)
  }
  const take = useCommand('payments.take', { errors, onError: refused })
  const apply = useCommand('payments.applyCredit', { onError: refused })

  function begin(): void {
    overtaken.value = false
    Object.assign(entry.form, blankMoney())
    propose()
  }

  return {
    errors,
    entry,
    leftMinor: left.leftMinor,
    slips,
    overtaken,
    pending: computed(() => take.pending.value || apply.pending.value),
    leftOf: left.leftOf,
    begin() {
      errors.clear()
      slips.value = []
      left.begin()
      begin()
    },
    async take() {
      const money = entry.ready()
      if (!money) return
      const { method, amountMinor } = money
      const done = await left.take(amountMinor, async (allocations) => {
        const taken = await take.run({ ...money, allocations })
        if (taken) slips.value = [...slips.value, { ...taken, method, amountMinor }]
        return taken !== undefined
      })
      if (done) begin()
    },
    async useCredit(fromInvoiceId, amountMinor) {
      const done = await left.take(amountMinor, async (parts) => {
        for (const { invoiceId, amountMinor: part } of parts)
          if (!(await apply.run({ fromInvoiceId, invoiceId, amountMinor: part }))) return false
        return true
      })
      if (done) begin()
    },
  }
}

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

interface Open {
  readonly id: number
  readonly openMinor: number
}

/** What is open on each invoice: the host's number, or what is left after a receipt the host has not told of yet. */
function useLeft(invoices: () => readonly Payable[]) {
  const own = ref(new Map<number, number>())
  const leftOf = ({ id, openMinor }: Payable): number => Math.max(0, own.value.get(id) ?? openMinor)
  return {
    leftOf,
    leftMinor: computed(() => invoices().reduce((sum, invoice) => sum + leftOf(invoice), 0)),
    set: (id: number, openMinor: number) => own.value.set(id, openMinor),
    reset: () => {
      own.value = new Map()
    },
    book: (open: readonly Open[], parts: readonly Allocation[]) => {
      for (const { id, openMinor } of open) {
        const part = parts.find(({ invoiceId }) => invoiceId === id)
        own.value.set(id, openMinor - (part?.amountMinor ?? 0))
      }
    },
    now: (): Open[] => invoices().map((invoice) => ({ id: invoice.id, openMinor: leftOf(invoice) })),
  }
}

/**
 * Money for invoices, one method after the other until nothing is open. `invoices` follows the host: what another
 * seat takes meanwhile lowers what is open here, and is told.
 */
export function useTakingMoney(invoices: () => readonly Payable[]): TakingMoney {
  const errors = useFormErrors()
  const entry = useMoneyEntry(errors)
  const left = useLeft(invoices)
  const slips = shallowRef<readonly Slip[]>([])
  const overtaken = ref(false)
  let preset: number | null = null
  let booking = false

  /** An amount that somebody typed is not replaced under their hands. */
  function propose(afresh: boolean): void {
    if (afresh) Object.assign(entry.form, blankMoney())
    else if (entry.form.amountMinor !== preset) return
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

  // The host's own numbers replace what was worked out here.
  watch(
    () =>
      invoices()
        .map(({ id, openMinor }) => `${id} ${openMinor}`)
        .join(),
    () => {
      if (booking) return
      const before = left.leftMinor.value
      left.reset()
      if (left.leftMinor.value < before) overtaken.value = true
      propose(false)
    },
  )

  async function takeNow(): Promise<void> {
    const money = entry.ready()
    if (!money) return
    const open = left.now()
    const allocations = spread(money.amountMinor, open)
    booking = true
    const taken = await take.run({ ...money, allocations })
    booking = false
    if (!taken) return
    left.book(open, allocations)
    slips.value = [...slips.value, { ...taken, method: money.method, amountMinor: money.amountMinor }]
    overtaken.value = false
    propose(true)
  }

  return {
    errors,
    entry,
    leftMinor: left.leftMinor,
    slips,
    overtaken,
    pending: take.pending,
    leftOf: left.leftOf,
    begin() {
      errors.clear()
      left.reset()
      slips.value = []
      overtaken.value = false
      propose(true)
    },
    take: takeNow,
  }
}

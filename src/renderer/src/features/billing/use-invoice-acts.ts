import { computed, ref, type ComputedRef, type Ref } from 'vue'
import type { Invoice } from '#contract/billing.ts'
import { translate } from '@/app/i18n.ts'
import { useSession } from '@/app/session.ts'
import type { IconName } from '@/components/index.ts'

/** What can still be done to an invoice; what is not allowed, or not possible any more, is absent. */
export type InvoiceAct = 'pay' | 'refund' | 'credit' | 'void' | 'writeOff'

export interface InvoiceOffer {
  readonly key: InvoiceAct
  readonly label: string
  readonly icon: IconName
  readonly danger?: boolean
}

export interface InvoiceActs {
  readonly next: ComputedRef<InvoiceOffer | undefined>
  readonly items: ComputedRef<InvoiceOffer[]>
  readonly dialog: Ref<InvoiceAct | undefined>
  open(act: InvoiceAct): void
}

const icons: Readonly<Record<InvoiceAct, IconName>> = {
  pay: 'Money',
  refund: 'RefreshLeft',
  credit: 'RefreshLeft',
  void: 'CircleClose',
  writeOff: 'Delete',
}

function offersOf(invoice: Invoice, can: ReturnType<typeof useSession>['can']): InvoiceAct[] {
  if (invoice.kind !== 'invoice' || invoice.voided) return []
  const untouched = invoice.payments.length === 0 && invoice.creditNotes.length === 0
  const creditable = invoice.lines.some((line) => line.creditedMinor < line.grossMinor)
  const acts: [InvoiceAct, boolean][] = [
    ['pay', invoice.openMinor > 0 && can('billing.pay')],
    ['refund', invoice.openMinor < 0 && can('billing.refund')],
    ['credit', creditable && can('billing.credit_note')],
    ['void', untouched && invoice.state === 'open' && can('billing.credit_note')],
    ['writeOff', invoice.openMinor > 0 && can('billing.write_off')],
  ]
  return acts.flatMap(([key, given]) => (given ? [key] : []))
}

function offer(key: InvoiceAct): InvoiceOffer {
  const danger = key === 'void' || key === 'writeOff' ? { danger: true } : {}
  return { key, label: translate(`billing.act.${key}`), icon: icons[key], ...danger }
}

export function useInvoiceActs(invoice: () => Invoice | undefined): InvoiceActs {
  const session = useSession()
  const dialog = ref<InvoiceAct>()
  const acts = computed(() => {
    const now = invoice()
    return now ? offersOf(now, session.can) : []
  })
  const next = computed(() => acts.value.find((key) => key === 'pay' || key === 'refund'))
  return {
    dialog,
    next: computed(() => next.value && offer(next.value)),
    items: computed(() => acts.value.filter((key) => key !== next.value).map(offer)),
    open: (act) => {
      dialog.value = act
    },
  }
}

import type { InvoiceState, Payment, PaymentMethod } from '#contract/billing.ts'
import type { ChargeKind, Payer, PayerShare } from '#contract/charges.ts'
import { translate } from '@/app/i18n.ts'
import type { IconName } from '../icons.ts'
import type { Tone } from '../tones.ts'

/** Words and marks of the money side, the same on every page. */

export function methodLabel(method: PaymentMethod): string {
  return translate(`billing.method.${method}`)
}

/** What a line is called: lines the program makes have no words of their own. */
export function lineText(line: { readonly kind: ChargeKind; readonly description: string }): string {
  return line.description || translate(`billing.chargeKind.${line.kind}`)
}

export function payerLabel(payer: Payer, customerName: string | null): string {
  return customerName ?? translate(`billing.payer.${payer}`)
}

/** Who pays a line, with their parts where there are several. `names` are those of other customers, by their id. */
export function payersText(shares: readonly PayerShare[], names: Readonly<Record<number, string>>): string {
  const paid = shares.filter(({ shareBp }) => shareBp > 0)
  return paid
    .map(({ payer, customerId, shareBp }) => {
      const other = customerId === null ? null : (names[customerId] ?? translate('billing.payer.other'))
      const label = payerLabel(payer, other)
      return paid.length === 1 ? label : `${label} ${rateText(shareBp)}`
    })
    .join(translate('common.listSeparator'))
}

/** Why a line was waived: what the program itself waives is a code. */
export function waiveText(reason: string): string {
  return reason === 'approved' || reason === 'fee_rule' ? translate(`billing.waivedBy.${reason}`) : reason
}

export type ShownState = InvoiceState | 'overdue'

export const stateMarks: Readonly<Record<ShownState, { tone: Tone; icon: IconName }>> = {
  open: { tone: 'info', icon: 'Clock' },
  part_paid: { tone: 'pause', icon: 'Timer' },
  paid: { tone: 'success', icon: 'CircleCheck' },
  credited: { tone: 'muted', icon: 'RefreshLeft' },
  void: { tone: 'muted', icon: 'CircleClose' },
  overdue: { tone: 'danger', icon: 'WarningFilled' },
}

/** A rate in basis points as per cent: `13%`, `8.875%`. */
export function rateText(rateBp: number): string {
  return `${rateBp / 100}%`
}

/** Whether the money of a receipt came in; a refund and a payment taken back went out. */
export function moneyIn(payment: Pick<Payment, 'kind' | 'reverses'>): boolean {
  return (payment.kind === 'refund') === (payment.reverses !== null)
}

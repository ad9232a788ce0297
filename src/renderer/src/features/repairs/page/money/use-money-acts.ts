import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { RepairMoney } from '#contract/billing.ts'
import type { ChargeLine } from '#contract/charges.ts'
import { openStates } from '#contract/repair-states.ts'
import type { Repair } from '#contract/repairs.ts'
import { translate } from '@/app/i18n.ts'
import { useSession } from '@/app/session.ts'
import { useCommand } from '@/client/index.ts'
import type { IconName } from '@/components/index.ts'
import { injectRepairDialogs } from '@/components/repair/dialogs.ts'

/** What can be done about the money of a repair; what is not allowed or makes no sense now is absent. */

export type MoneyAct =
  | 'add'
  | 'issue'
  | 'pay'
  | 'applyDeposit'
  | 'handOver'
  | 'deposit'
  | 'refundDeposit'
  | 'forfeit'

export type MoneyDialog =
  | 'charge'
  | 'remove'
  | 'waive'
  | 'issue'
  | 'pay'
  | 'deposit'
  | 'refundDeposit'
  | 'forfeit'

export interface MoneyOffer {
  readonly key: MoneyAct
  readonly label: string
  readonly icon: IconName
  readonly danger?: boolean
}

export interface MoneyActs {
  /** What comes next: the one filled button. */
  readonly next: ComputedRef<MoneyOffer | undefined>
  readonly others: ComputedRef<MoneyOffer[]>
  readonly busy: ComputedRef<boolean>
  /** The dialog that is open, and the line it is about. */
  readonly dialog: Ref<MoneyDialog | undefined>
  readonly line: ShallowRef<ChargeLine | null>
  run(key: MoneyAct): void
  edit(line: ChargeLine): void
  remove(line: ChargeLine): void
  waive(line: ChargeLine): void
  addStorageFee(): void
}

const icons: Readonly<Record<MoneyAct, IconName>> = {
  add: 'Plus',
  issue: 'Document',
  pay: 'Money',
  applyDeposit: 'Finished',
  handOver: 'Right',
  deposit: 'Plus',
  refundDeposit: 'RefreshLeft',
  forfeit: 'CircleClose',
}

function offer(key: MoneyAct): MoneyOffer {
  const label = key === 'add' ? translate('billing.line.add') : translate(`billing.act.${key}`)
  return { key, label, icon: icons[key], ...(key === 'forfeit' ? { danger: true } : {}) }
}

const open: ReadonlySet<string> = new Set(openStates)
const readyStates: ReadonlySet<string> = new Set([
  'processed',
  'unclaimed',
  'collected',
  'closed',
  'cancelled',
])

/** Customers who owe something that is not invoiced yet; the repair's own comes first. */
export function customersToBill(money: RepairMoney): RepairMoney['unbilled']['payers'] {
  return money.unbilled.payers
    .filter(({ payer, grossMinor }) => payer === 'customer' && grossMinor !== 0)
    .toSorted((a, b) => Number(a.customerId !== null) - Number(b.customerId !== null))
}

/** Everything that makes sense now, the next step first. */
function offersOf(repair: Repair, money: RepairMoney, can: ReturnType<typeof useSession>['can']): MoneyAct[] {
  const unbilled = customersToBill(money).length > 0
  const acts: [MoneyAct, boolean][] = [
    ['applyDeposit', money.openMinor > 0 && money.depositMinor > 0 && can('billing.pay')],
    ['pay', money.openMinor > 0 && money.depositMinor === 0 && can('billing.pay')],
    ['issue', unbilled && can('billing.invoice')],
    [
      'handOver',
      (repair.state === 'processed' || repair.state === 'unclaimed') &&
        repair.locked === null &&
        repair.disposedOn === null &&
        can('repairs.hand_over') &&
        (money.dueMinor <= 0 || can('billing.hand_over_unpaid')),
    ],
    ['deposit', open.has(repair.state) && repair.customerId !== null && can('billing.pay')],
    ['refundDeposit', money.depositMinor > 0 && can('billing.refund')],
    ['forfeit', money.depositMinor > 0 && can('billing.refund')],
  ]
  return acts.flatMap(([key, given]) => (given ? [key] : []))
}

/** The next step, but for an invoice before the work is done and a hand-over that leaves money open. */
function nextOf(repair: Repair, money: RepairMoney, acts: readonly MoneyAct[]): MoneyAct | undefined {
  if (acts.includes('applyDeposit')) return 'applyDeposit'
  if (acts.includes('pay')) return 'pay'
  if (acts.includes('issue')) return readyStates.has(repair.state) ? 'issue' : undefined
  return acts.includes('handOver') && money.dueMinor <= 0 ? 'handOver' : undefined
}

export function useMoneyActs(repair: () => Repair, money: () => RepairMoney | undefined): MoneyActs {
  const session = useSession()
  const dialogs = injectRepairDialogs()
  const dialog = ref<MoneyDialog>()
  const line = shallowRef<ChargeLine | null>(null)
  const apply = useCommand('payments.applyDeposit', { done: () => translate('billing.deposit.appliedDone') })
  const storage = useCommand('charges.addStorageFee', { done: () => translate('common.added') })

  const acts = computed(() => {
    const now = money()
    return now ? offersOf(repair(), now, session.can) : []
  })
  const next = computed(() => {
    const now = money()
    return now ? nextOf(repair(), now, acts.value) : undefined
  })

  async function applyDeposit(): Promise<void> {
    const now = money()
    if (!now) return
    let held = now.depositMinor
    for (const invoice of now.invoices.filter(({ kind, openMinor }) => kind === 'invoice' && openMinor > 0)) {
      const amountMinor = Math.min(held, invoice.openMinor)
      if (amountMinor <= 0) return
      const done = await apply.run({ repairId: repair().id, invoiceId: invoice.id, amountMinor })
      if (!done) return
      held -= amountMinor
    }
  }

  function show(which: MoneyDialog, about: ChargeLine | null = null): void {
    line.value = about
    dialog.value = which
  }

  return {
    next: computed(() => next.value && offer(next.value)),
    others: computed(() => acts.value.filter((key) => key !== next.value).map(offer)),
    busy: computed(() => apply.pending.value || storage.pending.value || dialogs.busy.value),
    dialog,
    line,
    run(key) {
      if (key === 'handOver') void dialogs.act('hand_over', [repair()])
      else if (key === 'applyDeposit') void applyDeposit()
      else show(key === 'add' ? 'charge' : key)
    },
    edit: (about) => show('charge', about),
    remove: (about) => show('remove', about),
    waive: (about) => show('waive', about),
    addStorageFee: () => void storage.run({ repairId: repair().id }),
  }
}

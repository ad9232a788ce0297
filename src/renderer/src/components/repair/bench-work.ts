import { computed, type ComputedRef } from 'vue'
import { repairStateInfo } from '#contract/repair-states.ts'
import type { Repair } from '#contract/repairs.ts'
import { hasText, translate } from '@/app/i18n.ts'
import { useSession } from '@/app/session.ts'
import { useQueryOf } from '@/client/index.ts'
import type { MenuItem } from '../AppMenu.vue'
import type { IconName } from '../icons.ts'
import { actLabel, menuItem, type RepairActions } from './dialogs.ts'
import { nextStepFor, workSteps, type NextStep, type WorkDone, type WorkStep } from './next-step.ts'
import { inMenuOrder, offerInfo, type OfferKey } from './offers.ts'

/** What the bench and the counter keep of a repair, asked for while it is on the bench or ready. */
export function useWorkDone(repair: () => Repair | undefined): ComputedRef<WorkDone | undefined> {
  const session = useSession()
  const asked = computed(() => {
    const now = repair()
    const open = now && ['bench', 'out'].includes(repairStateInfo[now.state].phase) && !now.imported
    return open ? { repairId: now.id } : undefined
  })
  const quotes = useQueryOf('quotes.ofRepair', () => asked.value, { keepPrevious: true })
  const parts = useQueryOf('stock.ofRepair', () => asked.value, { keepPrevious: true })
  const work = useQueryOf('work.ofRepair', () => asked.value, { keepPrevious: true })
  const list = useQueryOf('work.testList', () => asked.value, { keepPrevious: true })
  const loans = useQueryOf('loaners.ofRepair', () => asked.value, { keepPrevious: true })
  const money = useQueryOf('charges.ofRepair', () =>
    asked.value && session.can('billing.read') ? asked.value : undefined,
  )

  return computed(() => {
    if (asked.value === undefined) return undefined
    const said = quotes.data.value
    const issued = parts.data.value
    const kept = work.data.value
    const items = list.data.value
    const lent = loans.data.value
    if (!said || !issued || !kept || !items || !lent) return undefined
    return {
      quotes: said.quotes,
      standing: said.standing,
      parts: issued,
      tests: kept.tests,
      testWanted: items.length > 0 && session.shop?.testRequired === true,
      external: kept.external,
      loanerOut: lent.some(({ returnedAt }) => returnedAt === null),
      dueMinor: money.data.value?.dueMinor ?? null,
    }
  })
}

export function stepLabel(step: NextStep): string {
  return step.kind === 'work' ? workStepLabel(step.key) : actLabel(step.key)
}

export function workStepLabel(key: WorkStep): string {
  const own = `work.next.${key}`
  return hasText(own) ? translate(own) : key
}

export function stepIcon(step: NextStep): IconName {
  return step.kind === 'work' ? workSteps[step.key].icon : offerInfo[step.key].icon
}

export interface NextStepOf {
  readonly step: ComputedRef<NextStep | undefined>
  /** Every other act that is allowed, for a menu. */
  readonly others: ComputedRef<OfferKey[]>
  readonly items: ComputedRef<MenuItem<OfferKey>[]>
}

/** The one filled button of a repair and what stands in the menu beside it. */
export function useNextStep(
  repair: () => Repair | undefined,
  actions: RepairActions,
  done: ComputedRef<WorkDone | undefined> = useWorkDone(repair),
): NextStepOf {
  const session = useSession()
  const all = computed(() => {
    const first = actions.primary.value
    return first === undefined ? actions.others.value : [first, ...actions.others.value]
  })
  const step = computed(() => {
    const now = repair()
    if (!now) return undefined
    const may = { can: session.can, offers: all.value, primary: actions.primary.value }
    return nextStepFor(now, done.value, may)
  })
  const others = computed(() => {
    const chosen = step.value
    return inMenuOrder(all.value.filter((key) => chosen?.kind !== 'act' || key !== chosen.key))
  })
  return { step, others, items: computed(() => others.value.map(menuItem)) }
}

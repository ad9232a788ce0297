import { computed, type ComputedRef, type WritableComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute, useRouter } from 'vue-router'
import type { Repair } from '#contract/repairs.ts'
import { useSession } from '@/app/session.ts'
import { useQueryOf } from '@/client/index.ts'
import { isRepairPlace, repairPlaces, type RepairPlace } from '@/components/repair/index.ts'

/** The tabs of a repair's page. The one that is open stands in the address, so that anything can lead to it. */

interface Tab {
  readonly key: RepairPlace
  readonly label: string
  readonly count?: number
}

/** What is known of a repair that came from another program. */
const imported: readonly RepairPlace[] = ['overview', 'findings', 'files', 'timeline']

export function useTabs(
  repair: () => Repair | undefined,
  lines: () => number,
): { tab: WritableComputedRef<RepairPlace>; tabs: ComputedRef<Tab[]> } {
  const { t } = useI18n()
  const route = useRoute()
  const router = useRouter()
  const asked = computed(() => {
    const now = repair()
    return now && !now.imported ? { repairId: now.id } : undefined
  })
  const quotes = useQueryOf('quotes.ofRepair', () => asked.value, { keepPrevious: true })
  const parts = useQueryOf('stock.ofRepair', () => asked.value, { keepPrevious: true })
  const work = useQueryOf('work.ofRepair', () => asked.value, { keepPrevious: true })
  const loans = useQueryOf('loaners.ofRepair', () => asked.value, { keepPrevious: true })
  const told = useQueryOf('notices.ofRepair', () => asked.value, { keepPrevious: true })

  const session = useSession()
  const shown = computed(() =>
    (repair()?.imported ? imported : repairPlaces).filter(
      (key) => key !== 'money' || session.can('billing.read'),
    ),
  )

  function countOf(key: RepairPlace): number {
    const now = repair()
    if (key === 'findings') return now?.attempts.length ?? 0
    if (key === 'files') return now?.attachments.length ?? 0
    if (key === 'timeline') return lines()
    if (key === 'quote') return quotes.data.value?.quotes.length ?? 0
    if (key === 'parts') return parts.data.value?.filter(({ state }) => state !== 'cancelled').length ?? 0
    if (key === 'labour') return work.data.value?.labour.length ?? 0
    if (key === 'tests') return work.data.value?.tests.length ?? 0
    if (key === 'outside') return work.data.value?.external.length ?? 0
    if (key === 'messages') return told.data.value?.length ?? 0
    return key === 'loaner' ? (loans.data.value?.length ?? 0) : 0
  }

  return {
    tab: computed({
      get() {
        const { tab } = route.query
        return isRepairPlace(tab) && shown.value.includes(tab) ? tab : 'overview'
      },
      set(next) {
        const { tab: _before, ...rest } = route.query
        void router.replace({ query: next === 'overview' ? rest : { ...rest, tab: next } })
      },
    }),
    tabs: computed(() =>
      shown.value.map((key) => {
        const count = countOf(key)
        return { key, label: t(`repairs.tab.${key}`), ...(count > 0 ? { count } : {}) }
      }),
    ),
  }
}

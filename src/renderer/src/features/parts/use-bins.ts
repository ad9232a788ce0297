import { computed, type ComputedRef } from 'vue'
import type { Place } from '#contract/stock-model.ts'
import { useQueryOf } from '@/client/index.ts'

/** The shop's shelves for a choice: those in use, and the one chosen already. */
export function useBins(chosen: () => number | null): {
  readonly bins: ComputedRef<readonly Place[]>
  readonly options: ComputedRef<{ value: number; label: string }[]>
} {
  const places = useQueryOf('stock.places', () => ({ kinds: ['bin' as const] }))
  const bins = computed(() => places.data.value ?? [])
  return {
    bins,
    options: computed(() =>
      bins.value
        .filter(({ active, id }) => active || id === chosen())
        .map(({ id, name }) => ({ value: id, label: name })),
    ),
  }
}

import { ref, watch, type Ref } from 'vue'
import type { RouteLocationNormalizedLoaded, Router } from 'vue-router'

/** The list's filter. It stands in the page's address, so that a link can name a list and Back returns to it. */
export const filters = ['all', 'low', 'reserved', 'negative'] as const
export type ListFilter = (typeof filters)[number]

const noneOfFilter = { low: 'noneLow', reserved: 'noneReserved', negative: 'noneNegative' } as const

/** Key of the words for an empty list. */
export function noneOf(text: string, only: ListFilter) {
  if (text !== '') return 'noneFound'
  return only === 'all' ? 'none' : noneOfFilter[only]
}

export function useListFilter(
  route: RouteLocationNormalizedLoaded,
  router: Router,
): { text: Ref<string>; only: Ref<ListFilter>; inactive: Ref<boolean> } {
  const { text: words, only: asked, inactive: all } = route.query
  const text = ref(typeof words === 'string' ? words.slice(0, 80) : '')
  const only = ref<ListFilter>(filters.find((one) => one === asked) ?? 'all')
  const inactive = ref(all === '1')

  watch([text, only, inactive], () => {
    const query = {
      ...(text.value ? { text: text.value } : {}),
      ...(only.value === 'all' ? {} : { only: only.value }),
      ...(inactive.value ? { inactive: '1' } : {}),
    }
    void router.replace({ name: 'parts', query })
  })
  return { text, only, inactive }
}

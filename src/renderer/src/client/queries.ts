import { useInfiniteQuery, useQuery } from '@pinia/colada'
import { computed, toValue, type ComputedRef, type MaybeRefOrGetter, type ShallowRef } from 'vue'
import type { InputOf, OutputOf } from '#contract/method-types.ts'
import { call, type QueryName } from './call.ts'
import type { CallError } from './call-error.ts'

export interface QueryOf<T> {
  readonly data: ShallowRef<T | undefined>
  readonly error: ShallowRef<CallError | null>
  /** True while the first answer, or a newer one, is on its way. */
  readonly loading: ComputedRef<boolean>
  refetch(): Promise<unknown>
}

export interface QueryOptions {
  /** Show the former answer while the one for new input is on its way (lists that are filtered while typing). */
  readonly keepPrevious?: boolean
  readonly enabled?: MaybeRefOrGetter<boolean>
}

function keyOf(name: QueryName, input: unknown): (string | object)[] {
  return [...name.split('.'), (input ?? {}) as object]
}

/**
 * One query of the contract, kept fresh: it is asked again when an event says that its module changed
 * (client/events.ts). An `undefined` input asks nothing.
 */
export function useQueryOf<N extends QueryName>(
  name: N,
  input: MaybeRefOrGetter<InputOf<N> | undefined>,
  options: QueryOptions = {},
): QueryOf<OutputOf<N>> {
  const query = useQuery<OutputOf<N>, CallError>({
    key: () => keyOf(name, toValue(input)),
    query: ({ signal }) => call(name, toValue(input) as InputOf<N>, signal),
    enabled: () => toValue(input) !== undefined && (toValue(options.enabled) ?? true),
    placeholderData: options.keepPrevious ? (previous: OutputOf<N> | undefined) => previous : undefined,
  })
  return {
    data: query.data,
    error: query.error,
    loading: computed(() => query.asyncStatus.value === 'loading'),
    refetch: () => query.refetch(),
  }
}

interface Page {
  readonly rows: readonly unknown[]
  readonly next?: string | undefined
}

/** Queries that answer one page of a list, paged by key. */
export type PagedName = { [N in QueryName]: OutputOf<N> extends Page ? N : never }[QueryName]
export type RowOf<N extends PagedName> = OutputOf<N> extends { rows: (infer R)[] } ? R : never

export interface PagesOf<R> {
  readonly rows: ComputedRef<R[]>
  readonly hasMore: ComputedRef<boolean>
  readonly loading: ComputedRef<boolean>
  /** True until the first page is there. */
  readonly pending: ComputedRef<boolean>
  readonly error: ShallowRef<CallError | null>
  /** Fetches the next page and adds its rows. */
  more(): Promise<unknown>
}

/** A list paged by key: rows so far, and `more()` for the next page. Filters go in `input`, without `after`. */
export function usePages<N extends PagedName>(
  name: N,
  input: MaybeRefOrGetter<Omit<InputOf<N>, 'after'> | undefined>,
): PagesOf<RowOf<N>> {
  const query = useInfiniteQuery<OutputOf<N>, CallError, string>({
    key: () => [...keyOf(name, toValue(input)), 'pages'],
    query: ({ pageParam, signal }) => {
      const asked = { ...toValue(input), ...(pageParam === '' ? {} : { after: pageParam }) }
      return call(name, asked as InputOf<N>, signal)
    },
    initialPageParam: '',
    getNextPageParam: (last) => (last as Page).next,
    enabled: () => toValue(input) !== undefined,
    placeholderData: (previous) => previous,
  })
  return {
    rows: computed(() =>
      (query.data.value?.pages ?? []).flatMap((page) => (page as Page).rows as RowOf<N>[]),
    ),
    hasMore: computed(() => query.hasNextPage.value),
    loading: computed(() => query.asyncStatus.value === 'loading'),
    pending: computed(() => query.data.value === undefined && query.error.value === null),
    error: query.error,
    more: () => query.loadNextPage({ cancelRefetch: false }),
  }
}

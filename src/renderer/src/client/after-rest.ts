import { onScopeDispose, ref, watch, type Ref } from 'vue'

export interface Rested<A extends unknown[]> {
  (...given: A): void
  /** What was asked for last is not done any more. */
  cancel(): void
}

/**
 * Does the last of many things asked for in a row, once nothing more was asked for `restMs` milliseconds: what a
 * host is asked does not change with every key. Ends with the scope it was made in.
 */
export function afterRest<A extends unknown[]>(act: (...given: A) => void, restMs = 200): Rested<A> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const cancel = (): void => clearTimeout(timer)
  onScopeDispose(cancel)
  const ask = (...given: A): void => {
    cancel()
    timer = setTimeout(() => act(...given), restMs)
  }
  return Object.assign(ask, { cancel })
}

/** What stands in a search field, without the spaces around it, once typing rests. */
export function useSettled(typed: Readonly<Ref<string>>): Ref<string> {
  const text = ref('')
  watch(
    typed,
    afterRest((now: string) => (text.value = now.trim())),
  )
  return text
}

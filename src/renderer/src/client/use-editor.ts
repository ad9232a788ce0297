import { computed, reactive, shallowRef, watch, type ComputedRef, type Reactive, type ShallowRef } from 'vue'

/** The fields of a form that edits a stored record, with the version it was read at. */
export interface Editor<F extends object> {
  readonly form: Reactive<F>
  /** The version to send with the save. */
  readonly version: ComputedRef<number>
  readonly dirty: ComputedRef<boolean>
  /** Fields somebody else changed since this form was opened. */
  readonly changedByOthers: ShallowRef<readonly (keyof F & string)[]>
  /** Fields changed both here and there: what was typed here is kept. */
  readonly conflicts: ShallowRef<readonly (keyof F & string)[]>
  /** Throws away what was typed. */
  reset(): void
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/**
 * Keeps what a person types apart from what the host sends. When a newer version arrives (another seat saved),
 * untouched fields take the new values, typed ones stay, and both kinds are named, so that the person sees what
 * changed and can save again: nothing typed is lost by a stale save.
 */
export function useEditor<R extends { readonly version: number }, F extends object>(
  source: () => R | undefined,
  toForm: (record: R) => F,
  empty: () => F,
): Editor<F> {
  const form = reactive(empty()) as Reactive<F> & Record<string, unknown>
  const base = shallowRef<F>(empty())
  const version = shallowRef(0)
  const changedByOthers = shallowRef<readonly (keyof F & string)[]>([])
  const conflicts = shallowRef<readonly (keyof F & string)[]>([])

  const take = (fields: F): void => {
    Object.assign(form, structuredClone(fields))
  }

  watch(
    source,
    (record) => {
      if (!record || record.version === version.value) return
      const theirs = toForm(record)
      const keys = Object.keys(theirs) as (keyof F & string)[]
      const changed = keys.filter((key) => !same(theirs[key], base.value[key]))
      const typed = keys.filter((key) => !same(form[key], base.value[key]))
      const first = version.value === 0
      const merged = { ...theirs }
      if (!first)
        for (const key of typed) merged[key] = JSON.parse(JSON.stringify(form[key])) as F[typeof key]
      const clashing = typed.filter((key) => changed.includes(key) && !same(form[key], theirs[key]))
      changedByOthers.value =
        first || typed.length === 0
          ? []
          : changed.filter((key) => !same(form[key], theirs[key]) || !typed.includes(key))
      conflicts.value = first ? [] : clashing
      take(merged)
      base.value = theirs
      version.value = record.version
    },
    { immediate: true },
  )

  return {
    form,
    version: computed(() => version.value),
    dirty: computed(() => !same(form, base.value)),
    changedByOthers,
    conflicts,
    reset() {
      take(base.value)
      changedByOthers.value = []
      conflicts.value = []
    },
  }
}

import { computed, ref, watch, type Ref } from 'vue'
import type { FieldError } from '#contract/errors.ts'
import { useField } from './form-context.ts'

/** What a text says: a value (null for none), or why it is no value. */
export type Reading<T> = { readonly value: T | null } | Omit<FieldError, 'path'>

export interface TypedText {
  readonly text: Ref<string>
  /** A key was pressed: takes the text, and its value where it has one. */
  typed(text: string): void
  /** The field was left: a value is shown the way values are written; anything else stays as it was typed. */
  leave(): void
}

/** True for a reading that is a value. */
function isValue<T>(reading: Reading<T>): reading is { readonly value: T | null } {
  return 'value' in reading
}

/**
 * A value that is typed as text. What cannot be read stays in the field, is told to the form, which is not sent
 * with it, and leaves the value as it was. Outside of a form nothing would say what is wrong: the text goes back.
 */
export function useTypedText<T extends string | number>(
  model: Ref<T | null>,
  rules: {
    read(text: string): Reading<T>
    show(value: T | null): string
    /** An empty field counts once it is left; until then somebody is about to type another value. */
    readonly emptyLate?: boolean
  },
): TypedText {
  const field = useField()
  const text = ref(field?.held ?? rules.show(model.value))
  const reading = computed(() => rules.read(text.value))

  watch(model, (value) => {
    const now = reading.value
    if (!isValue(now) || now.value !== value) text.value = rules.show(value)
  })
  watch(
    [text, reading],
    () => {
      const now = reading.value
      field?.hold(text.value, isValue(now) ? undefined : now)
    },
    { immediate: true, flush: 'sync' },
  )

  function take(late: boolean): void {
    const now = reading.value
    if (!isValue(now) || (now.value === null && rules.emptyLate && !late)) return
    model.value = now.value
  }

  return {
    text,
    typed(typed: string): void {
      text.value = typed
      take(false)
    },
    leave(): void {
      take(true)
      if (isValue(reading.value) || !field) text.value = rules.show(model.value)
    },
  }
}

import { computed, shallowRef, type ComputedRef } from 'vue'
import type { FieldError } from '#contract/errors.ts'

/** What stands in a field but cannot be read as its value, and why. */
export interface HeldText extends FieldError {
  readonly text: string
}

/** Texts of a form that are no values: they stay in their fields, and nothing is sent until they are put right. */
export interface HeldTexts {
  /** What stands in the field at a path, if it cannot be read. */
  at(path: string): HeldText | undefined
  hold(held: HeldText): void
  /** Forgets what is held at a path and beneath it. */
  drop(path: string): void
  /** Paths name their device by its place; `undefined` says that the device is gone. */
  rename(to: (path: string) => string | undefined): void
  readonly all: ComputedRef<readonly HeldText[]>
}

export function useHeldTexts(): HeldTexts {
  const held = shallowRef<readonly HeldText[]>([])
  const others = (path: string): HeldText[] =>
    held.value.filter((one) => one.path !== path && !one.path.startsWith(`${path}.`))
  return {
    at: (path) => held.value.find((one) => one.path === path),
    hold(one) {
      held.value = [...others(one.path), one]
    },
    drop(path) {
      const left = others(path)
      if (left.length < held.value.length) held.value = left
    },
    rename(to) {
      held.value = held.value.flatMap((one) => {
        const path = to(one.path)
        return path === undefined ? [] : [{ ...one, path }]
      })
    },
    all: computed(() => held.value),
  }
}

import { computed, type Ref, type WritableComputedRef } from 'vue'

/** The model of one of several dialogs of a page, of which at most one is open: closing it leaves another alone. */
export function oneDialog<K>(open: Ref<K | undefined>, which: K): WritableComputedRef<boolean> {
  const present = open
  return computed({
    get: () => open.value === which,
    set: (now) => {
      if (now) present.value = which
      else if (open.value === which) present.value = undefined
    },
  })
}

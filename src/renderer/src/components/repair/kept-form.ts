import { watch } from 'vue'
import { useSession } from '@/app/session.ts'

/** A form whose typed values outlive a reload of the window, a dialog that was closed, and a tab that was left. */
export interface KeptForm {
  /** Something typed earlier was found and is in the form now. */
  readonly restored: boolean
  /** Saved, or given up: nothing is kept any more. */
  drop(): void
}

function storeKey(name: string): string {
  return `benchside.typed.${useSession().user?.id ?? 0}.${name}`
}

/** What was kept under a name for the person at this seat; undefined when there is nothing or it cannot be read. */
export function keptOf(name: string): object | undefined {
  const text = sessionStorage.getItem(storeKey(name))
  if (text === null) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/**
 * Keeps `form` under `name` in the window's session storage from the first change on, for the person who typed it,
 * and fills it with what was kept before. Call it in a component's setup, when the form holds its first values.
 * With `worth`, only what is worth keeping is kept: a form that says what the host says is not.
 */
export function useKeptForm(name: string, form: object, worth: () => boolean = () => true): KeptForm {
  const key = storeKey(name)
  const before = keptOf(name)
  if (before) Object.assign(form, before)
  let dropped = false
  watch(
    () => (worth() ? JSON.stringify(form) : undefined),
    (text) => {
      if (dropped) return
      try {
        if (text === undefined) sessionStorage.removeItem(key)
        else sessionStorage.setItem(key, text)
      } catch {
        // A full storage only loses what a reload would have brought back.
      }
    },
    { flush: 'post' },
  )
  return {
    restored: before !== undefined,
    drop() {
      dropped = true
      sessionStorage.removeItem(key)
    },
  }
}

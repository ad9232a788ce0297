import { inject, nextTick, provide, type InjectionKey, type Ref } from 'vue'
import { focusStep } from './enter-path.ts'

export interface MoveOn {
  /** After a choice in a list: on to the next step, when it was chosen by keyboard. */
  chosen(): void
  /** Focuses the next step after an element, however it was left. */
  after(element: Element | null): void
}

interface Path {
  readonly root: Readonly<Ref<HTMLElement | null>>
  /** The last touch was a key: whoever points with a finger or a mouse goes where they want themselves. */
  readonly byKeyboard: () => boolean
}

const key: InjectionKey<Path> = Symbol('enter path')

/** Remembers how the intake is being worked, and lets its fields move on along the short path. */
export function provideMoveOn(path: Path): void {
  provide(key, path)
}

export function useMoveOn(): MoveOn {
  const path = inject(key)

  function after(element: Element | null): void {
    if (path?.root.value) focusStep(path.root.value, element)
  }

  return {
    after,
    chosen() {
      const from = document.activeElement
      if (!path?.byKeyboard() || from === null || from === document.body) return
      void nextTick(() => after(from))
    },
  }
}

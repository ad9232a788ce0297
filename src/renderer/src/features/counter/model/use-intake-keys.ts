import { onBeforeUnmount, onMounted, type Ref } from 'vue'
import { entersOn, focusIn, focusStep } from './enter-path.ts'
import type { Intake } from './intake.ts'

export interface IntakeKeys {
  /** The section that had the focus last, as the draft names its step. */
  section(): string
  byKeyboard(): boolean
  /** Puts the focus where the work goes on: in the section left last, or in the first one with something to do. */
  focusFirst(intake: Intake, left: string): void
}

/** Enter goes along the short path, Ctrl+Up and Ctrl+Down from section to section, Ctrl+Enter receives. */
export function useIntakeKeys(
  root: Readonly<Ref<HTMLElement | null>>,
  acts: { receive(): void; left(): void },
): IntakeKeys {
  let section = 'device'
  let keyboard = true

  function toSection(backwards: boolean): void {
    const sections = [...(root.value?.querySelectorAll('[data-section]') ?? [])]
    const here = sections.findIndex((one) => one.contains(document.activeElement))
    const next = here < 0 ? sections[0] : sections[here + (backwards ? -1 : 1)]
    if (next) focusIn(next.querySelector('[data-step]') ?? next)
  }

  /** Shortcuts of the page go before what a field makes of the same key: a list opens on any Enter. */
  function shortcut(event: KeyboardEvent): void {
    keyboard = true
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.isComposing) return
    if (event.key === 'Enter') acts.receive()
    else if (event.key === 'ArrowDown') toSection(false)
    else if (event.key === 'ArrowUp') toSection(true)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  function pressed(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.isComposing || event.defaultPrevented) return
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !mayMove(event.target)) return
    if (root.value && event.target instanceof Element) focusStep(root.value, event.target)
    event.preventDefault()
  }

  /** A form inside the page (a dialog, the missing serial) takes Enter for itself. */
  function mayMove(target: EventTarget | null): boolean {
    if (!(target instanceof Element) || !root.value?.contains(target)) return false
    return entersOn(target) && target.closest('form') === null
  }

  function anyPointer(): void {
    keyboard = false
  }
  function focused(event: FocusEvent): void {
    const holder = event.target instanceof Element ? event.target.closest('[data-section]') : null
    if (holder && root.value?.contains(holder)) section = holder.getAttribute('data-section') ?? section
  }
  function left(event: FocusEvent): void {
    if (event.target instanceof Node && root.value?.contains(event.target)) acts.left()
  }

  onMounted(() => {
    window.addEventListener('keydown', shortcut, { capture: true })
    window.addEventListener('pointerdown', anyPointer, { capture: true })
    window.addEventListener('keydown', pressed)
    window.addEventListener('focusin', focused)
    window.addEventListener('focusout', left)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('keydown', shortcut, { capture: true })
    window.removeEventListener('pointerdown', anyPointer, { capture: true })
    window.removeEventListener('keydown', pressed)
    window.removeEventListener('focusin', focused)
    window.removeEventListener('focusout', left)
  })

  return {
    section: () => section,
    byKeyboard: () => keyboard,
    focusFirst(intake, left) {
      const place = root.value?.querySelector(`[data-section="${left || firstSection(intake)}"]`)
      if (place) focusIn(place.querySelector('[data-step]') ?? place)
    },
  }
}

/** The first section with something to do. */
function firstSection({ form, item }: Intake): string {
  const somebody = form.customer.mode !== 'new' || form.customer.new.name !== ''
  if (item.value.known === null) return 'device'
  return somebody ? 'fault' : 'customer'
}

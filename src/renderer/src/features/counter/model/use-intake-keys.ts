import { onBeforeUnmount, onMounted, type Ref } from 'vue'
import { entersOn, focusIn, focusStep } from './enter-path.ts'
import type { Intake } from './intake.ts'

export interface IntakeKeys {
  /** The section that had the focus last, as the draft names its step. */
  section(): string
  byKeyboard(): boolean
  /** Puts the focus where the work goes on. */
  focusFirst(intake: Intake): void
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
    if (next) focusIn(next)
  }

  function pressed(event: KeyboardEvent): void {
    if (event.isComposing || event.defaultPrevented) return
    const ctrl = event.ctrlKey || event.metaKey
    if (event.key === 'Enter' && ctrl) acts.receive()
    else if (ctrl && event.key === 'ArrowDown') toSection(false)
    else if (ctrl && event.key === 'ArrowUp') toSection(true)
    else if (event.key === 'Enter' && !event.shiftKey && !event.altKey && mayMove(event.target)) {
      if (root.value && event.target instanceof Element) focusStep(root.value, event.target)
    } else return
    event.preventDefault()
  }

  /** A form inside the page (a dialog, the missing serial) takes Enter for itself. */
  function mayMove(target: EventTarget | null): boolean {
    if (!(target instanceof Element) || !root.value?.contains(target)) return false
    return entersOn(target) && target.closest('form') === null
  }

  function anyKey(): void {
    keyboard = true
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
    window.addEventListener('keydown', anyKey, { capture: true })
    window.addEventListener('pointerdown', anyPointer, { capture: true })
    window.addEventListener('keydown', pressed)
    window.addEventListener('focusin', focused)
    window.addEventListener('focusout', left)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('keydown', anyKey, { capture: true })
    window.removeEventListener('pointerdown', anyPointer, { capture: true })
    window.removeEventListener('keydown', pressed)
    window.removeEventListener('focusin', focused)
    window.removeEventListener('focusout', left)
  })

  return {
    section: () => section,
    byKeyboard: () => keyboard,
    focusFirst({ form, item }) {
      const known = item.value.known !== null
      const somebody = form.customer.mode !== 'new' || form.customer.new.name !== ''
      const wanted = !known ? 'device' : somebody ? 'fault' : 'customer'
      const place = root.value?.querySelector(`[data-section="${wanted}"]`)
      if (!place) return
      const steps = [...place.querySelectorAll('[data-step]')]
      focusIn(steps[0] ?? place)
    },
  }
}

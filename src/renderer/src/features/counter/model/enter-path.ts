/**
 * Moving through an intake by Enter. Tab visits every field; Enter goes along the short path, the fields marked
 * `data-step`, which a usual intake needs. Inside a step the first control takes the focus.
 */
const focusable =
  'input:not([disabled], [type="hidden"], [tabindex="-1"]), textarea:not([disabled]), button:not([disabled], [tabindex="-1"]), [tabindex="0"]'

function isShown(element: Element): boolean {
  return element.getClientRects().length > 0
}

/** The control of a step, a field or a section that takes the focus: the one marked `data-first`, or the first. */
export function controlIn(element: Element): HTMLElement | undefined {
  const first = element.querySelector('[data-first]')
  if (first) return controlIn(first)
  const own = element.matches(focusable) ? [element] : []
  return [...own, ...element.querySelectorAll(focusable)].find(
    (one): one is HTMLElement => one instanceof HTMLElement && isShown(one),
  )
}

export function focusIn(element: Element | null | undefined): boolean {
  const control = element ? controlIn(element) : undefined
  if (!control) return false
  control.focus()
  control.scrollIntoView({ block: 'nearest' })
  return document.activeElement === control
}

/** Focuses the first step after `from` (or before it); answers whether there was one. */
export function focusStep(root: Element, from: Element | null, backwards = false): boolean {
  const steps = [...root.querySelectorAll('[data-step]')].filter(isShown)
  const here = from?.closest('[data-step]') ?? null
  const others = steps.filter((step) => step !== here)
  if (from === null) return focusIn(others[0])
  const wanted = backwards ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING
  const found = others.filter(
    (step) =>
      (from.compareDocumentPosition(step) & wanted) !== 0 && !step.contains(from) && !from.contains(step),
  )
  for (const step of backwards ? found.toReversed() : found) if (focusIn(step)) return true
  return false
}

/** True for a field in which Enter has no meaning of its own, so that it may move on. */
export function entersOn(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true
  return (
    target instanceof HTMLInputElement &&
    target.getAttribute('role') !== 'combobox' &&
    !['file', 'submit', 'button'].includes(target.type)
  )
}

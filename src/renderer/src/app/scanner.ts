import { onScopeDispose } from 'vue'

/** One reading of a barcode scanner, and the field it was typed into, if any. */
export interface Scan {
  readonly text: string
  /** The field had the focus and is marked as one that scans belong in. */
  readonly intoField: boolean
}

/** Answers true when the reading was for it: the keys are then taken back out of the field they fell into. */
export type ScanHandler = (scan: Scan) => boolean

/* A scanner types a key every few milliseconds and ends with Enter or Tab; no hand does. */
const maxGapMs = 45
const minLength = 4

type Field = HTMLInputElement | HTMLTextAreaElement

interface Burst {
  text: string
  lastMs: number
  field: Field | null
  before: string
}

const handlers: ScanHandler[] = []
let burst: Burst | undefined

function focusedField(): Field | null {
  const active = document.activeElement
  return active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement ? active : null
}

/** Puts a field back to what it held before the scanner typed into it; v-model hears of it. */
function restore(field: Field, value: string): void {
  field.value = value
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

function finish(event: KeyboardEvent, done: Burst): void {
  if (done.text.length < minLength) return
  const scan: Scan = {
    text: done.text,
    intoField: done.field?.closest('[data-scan="keep"]') !== null && done.field !== null,
  }
  const taken = handlers.toReversed().some((handler) => handler(scan))
  if (!taken) return
  event.preventDefault()
  event.stopPropagation()
  if (done.field) restore(done.field, done.before)
}

function pressed(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  const now = event.timeStamp
  const current = burst && now - burst.lastMs <= maxGapMs ? burst : undefined
  if (event.key === 'Enter' || event.key === 'Tab') {
    burst = undefined
    if (current) finish(event, current)
  } else if (event.key.length === 1) {
    const field = focusedField()
    burst = current ?? { text: '', lastMs: now, field, before: field?.value ?? '' }
    burst.text += event.key
    burst.lastMs = now
  } else if (event.key !== 'Shift') {
    burst = undefined
  }
}

/** Begins to listen for scanners in the whole window. Called once. */
export function watchScanner(): void {
  window.addEventListener('keydown', pressed, { capture: true })
}

/**
 * Hears barcode scanners while the calling component is there. The youngest handler is asked first; the
 * shell's own, which opens repairs, is asked last.
 */
export function onScan(handler: ScanHandler): void {
  handlers.push(handler)
  onScopeDispose(() => {
    const index = handlers.indexOf(handler)
    if (index >= 0) handlers.splice(index, 1)
  })
}

/** The uid in a label's link (`benchside://repair/<uid>`, `…/r/<uid>`, or the page's own address), or null. */
export function repairUidIn(text: string): string | null {
  const match =
    /(?:^|\/)(?:repairs?|r)\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?:[/?#].*)?$/i.exec(
      text.trim(),
    )
  return match?.[1]?.toLowerCase() ?? null
}

/** True for what reads like a repair's number: an optional store prefix, a date and a running number. */
export function looksLikeRepairNumber(text: string): boolean {
  return /^(?:[A-Z0-9]{1,8}-?)?20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3,}$/i.test(text.trim())
}

import type { Page } from '@playwright/test'

/**
 * Counts what a clerk does, from the page's own events: every press of a pointer, every choice of files, and every
 * run of keys in one field (keys typed into one field count as one, with the Enter or Tab that leaves it). A key
 * on anything that is no text field, and every shortcut with Ctrl, counts by itself.
 */
export interface Interactions {
  readonly total: number
  readonly pointer: number
  /** What was counted, in order, for the message of a test that fails. */
  readonly log: readonly string[]
}

declare global {
  interface Window {
    countedInteractions?: { total: number; pointer: number; log: string[]; field: EventTarget | null }
  }
}

/** Begins to count anew. */
export async function countInteractions(page: Page): Promise<void> {
  await page.evaluate(() => {
    const counted = { total: 0, pointer: 0, log: [] as string[], field: null as EventTarget | null }
    const before = window.countedInteractions
    window.countedInteractions = counted
    if (before) return

    const named = (target: EventTarget | null): string => {
      if (!(target instanceof HTMLElement)) return '?'
      const label = target.closest('.field')?.querySelector('.label')?.textContent
      return (target.getAttribute('aria-label') ?? label ?? target.textContent ?? '').trim().slice(0, 40)
    }
    const add = (what: string, target: EventTarget | null): void => {
      const now = window.countedInteractions
      if (!now) return
      now.total++
      now.log.push(`${what}: ${named(target)}`)
    }
    const typesText = (target: EventTarget | null): boolean =>
      target instanceof HTMLTextAreaElement ||
      (target instanceof HTMLInputElement && !['checkbox', 'radio', 'file', 'button'].includes(target.type))

    window.addEventListener(
      'keydown',
      (event) => {
        const now = window.countedInteractions
        if (!now || ['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return
        const shortcut = event.ctrlKey || event.metaKey || event.altKey
        if (!shortcut && typesText(event.target) && now.field === event.target) return
        add(shortcut ? `Ctrl+${event.key}` : typesText(event.target) ? 'typed' : event.key, event.target)
        now.field = typesText(event.target) ? event.target : null
      },
      { capture: true },
    )
    window.addEventListener(
      'pointerdown',
      (event) => {
        const now = window.countedInteractions
        if (!now) return
        now.pointer++
        now.field = null
        add('pointer', event.target)
      },
      { capture: true },
    )
    window.addEventListener(
      'change',
      (event) => {
        if (event.target instanceof HTMLInputElement && event.target.type === 'file')
          add('files', event.target)
      },
      { capture: true },
    )
  })
}

/** What was done since `countInteractions`. */
export async function interactions(page: Page): Promise<Interactions> {
  return await page.evaluate(() => {
    const { total, pointer, log } = window.countedInteractions ?? { total: 0, pointer: 0, log: [] }
    return { total, pointer, log }
  })
}

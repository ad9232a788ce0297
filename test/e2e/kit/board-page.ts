import type { Locator, Page } from '@playwright/test'
import type { Received } from './bench-shop.ts'

/** The places of the board by state and repair. */

export const column = (page: Page, state: string): Locator => page.locator(`[data-state="${state}"]`)

export const cardOf = (page: Page, repair: Received): Locator => page.locator(`[data-card="${repair.id}"]`)

export const cardIn = (page: Page, state: string, repair: Received): Locator =>
  column(page, state).locator(`[data-card="${repair.id}"]`)

/** Drags a card by the mouse to a column and lets go of it there. */
export async function dragTo(page: Page, repair: Received, state: string): Promise<void> {
  await cardOf(page, repair).scrollIntoViewIfNeeded()
  await cardOf(page, repair).dragTo(column(page, state), {
    sourcePosition: { x: 120, y: 50 },
    targetPosition: { x: 20, y: 60 },
  })
}

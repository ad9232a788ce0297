import type { ShopSettings } from '#contract/settings.ts'
import type { WriteDb } from '../db/handles.ts'
import { drawNumber, passNumber } from './store.ts'

/**
 * Repair numbers (W22): the shop's day and at least three digits, `20231027001`, with the shop's code in front
 * when the shop wants it. One series per day, whatever the prefix, so switching it on meets no number twice.
 */
const pattern = /^(\d{8})(\d{3,9})$/

function seriesOf(day: string): string {
  return `repair ${day}`
}

/** Draws the next number of a day `YYYY-MM-DD`, inside the command's transaction. */
export function nextRepairNumber(db: WriteDb, settings: ShopSettings, day: string): string {
  const compact = day.replaceAll('-', '')
  const last = drawNumber(db, seriesOf(compact))
  const prefix = settings.numberWithStorePrefix ? settings.code : ''
  return `${prefix}${compact}${String(last).padStart(3, '0')}`
}

/** A number brought along from elsewhere is not drawn again here. */
export function keepNumber(db: WriteDb, settings: ShopSettings, number: string): void {
  const bare = number.startsWith(settings.code) ? number.slice(settings.code.length) : number
  const match = pattern.exec(bare)
  if (match?.[1] && match[2]) passNumber(db, seriesOf(match[1]), Number(match[2]))
}

import type { ShopSettings } from '#contract/settings.ts'
import type { WriteDb } from '../db/handles.ts'
import { drawNumber, lastNumber, passNumber } from '../system/steps.ts'

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
  return written(settings, compact, drawNumber(db, seriesOf(compact)))
}

function written(settings: ShopSettings, compactDay: string, last: number): string {
  const prefix = settings.numberWithStorePrefix ? settings.code : ''
  return `${prefix}${compactDay}${String(last).padStart(3, '0')}`
}

export interface NumberDraw {
  /** The next number of a day. */
  next(day: string): string
  /** A number brought along from elsewhere is not drawn again here. */
  keep(number: string): void
  finish(): void
}

/**
 * Numbers for many repairs of one transaction: each series is read once and written once, at `finish`. Nothing else
 * may draw numbers meanwhile.
 */
export function numberDraw(db: WriteDb, settings: ShopSettings): NumberDraw {
  const series = new Map<string, number>()
  const lastOf = (day: string): number => series.get(day) ?? lastNumber(db, seriesOf(day))
  return {
    next(day) {
      const compact = day.replaceAll('-', '')
      const last = lastOf(compact) + 1
      series.set(compact, last)
      return written(settings, compact, last)
    },
    keep(number) {
      const bare = number.startsWith(settings.code) ? number.slice(settings.code.length) : number
      const match = pattern.exec(bare)
      if (match?.[1] && match[2]) series.set(match[1], Math.max(lastOf(match[1]), Number(match[2])))
    },
    finish() {
      for (const [day, last] of series) passNumber(db, seriesOf(day), last)
      series.clear()
    },
  }
}

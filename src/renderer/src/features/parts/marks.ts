import type { Part } from '#contract/stock.ts'

/** What a person must be told of a part's stock, worst first. */
export type StockMark = 'negative' | 'low'

export function markOf({ onHand, available, minimum }: Part): StockMark | null {
  if (onHand < 0 || available < 0) return 'negative'
  return minimum > 0 && available < minimum ? 'low' : null
}

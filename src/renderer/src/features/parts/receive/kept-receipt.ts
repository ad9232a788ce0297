import { blankReceipt, isEmpty, type Receipt } from './receipt.ts'

/** A receipt under way outlives the page and the window: a carton is not scanned twice because somebody closed it. */
const name = (userId: number): string => `benchside.receipt.${userId}`

export function keepReceipt(userId: number, receipt: Receipt): void {
  try {
    if (isEmpty(receipt)) localStorage.removeItem(name(userId))
    else localStorage.setItem(name(userId), JSON.stringify(receipt))
  } catch {
    // Kept on the page only.
  }
}

/** The receipt this person left unfinished at this seat. */
export function keptReceipt(userId: number): Receipt {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name(userId)) ?? 'null')
    if (isReceipt(kept)) return kept
  } catch {
    // What cannot be read is as good as not there.
  }
  return blankReceipt()
}

function isReceipt(kept: unknown): kept is Receipt {
  return typeof kept === 'object' && kept !== null && 'lines' in kept && Array.isArray(kept.lines)
}

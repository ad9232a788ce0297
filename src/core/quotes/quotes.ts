import type { QuoteState } from '#contract/quotes.ts'
import { shareOf } from '#contract/money.ts'

/** The pure rules of quotes and of what a customer has agreed to. */

/** How a quote stands on a day: a sent one is expired after the last day it was valid. */
export function stateOn(quote: { state: QuoteState; validUntil: string }, today: string): QuoteState {
  return quote.state === 'sent' && quote.validUntil < today ? 'expired' : quote.state
}

/** The number a revision is known by to the customer. */
export function quoteNumber(repairNumber: string, revision: number): string {
  return `${repairNumber}-Q${revision}`
}

/**
 * What the customer's lines may come to without asking again: the approved amount and the part of it the shop
 * allows on top (domain §3.2), or what was said at intake ("repair up to this without asking") when that is more.
 * null: nothing was agreed. Amounts in minor units with tax.
 */
export function approvalLimit(
  approvedMinor: number | null,
  ceilingMinor: number | null,
  requoteBp: number,
): number | null {
  if (approvedMinor === null) return ceilingMinor
  return Math.max(approvedMinor + shareOf(approvedMinor, requoteBp), ceilingMinor ?? 0)
}

/** What is known of a repair's quotes for deciding whether work may go on. */
export interface Agreement {
  readonly quotes: readonly {
    readonly revision: number
    readonly state: QuoteState
    readonly validUntil: string
    readonly approvedMinor: number | null
  }[]
  readonly ceilingMinor: number | null
  readonly presentMinor: number
  readonly requoteBp: number
  readonly today: string
}

export interface Standing {
  readonly state: 'none' | 'asked' | 'approved' | 'refused' | 'expired' | 'needed_again'
  readonly agreedMinor: number | null
  readonly presentMinor: number
  readonly limitMinor: number | null
  /** An approval is in force, also while the customer is being asked about more. */
  readonly hasApproval: boolean
}

/**
 * Where a repair stands with its customer. The newest quote that left the shop speaks: asked, refused or expired.
 * An earlier approval stays in force until a later one takes its place, also when the later quote was refused or
 * ran out: the customer takes back nothing by saying no to more.
 */
export function standingOf(given: Agreement): Standing {
  const { ceilingMinor, presentMinor, requoteBp, today } = given
  const approved = given.quotes.find(({ state }) => state === 'approved')
  const newest = given.quotes
    .filter(({ state }) => state !== 'draft' && state !== 'superseded')
    .toSorted((a, b) => b.revision - a.revision)[0]
  const approvedMinor = approved?.approvedMinor ?? null
  const limitMinor = approvalLimit(approvedMinor, ceilingMinor, requoteBp)
  const common = {
    agreedMinor: approvedMinor ?? ceilingMinor,
    presentMinor,
    limitMinor,
    hasApproval: approved !== undefined,
  }
  const said = newest === undefined ? 'none' : stateOn(newest, today)
  if (said === 'sent') return { ...common, state: 'asked' }
  if (approved !== undefined) {
    const within = presentMinor <= (limitMinor ?? 0)
    return { ...common, state: within ? 'approved' : 'needed_again' }
  }
  return { ...common, state: said === 'refused' || said === 'expired' ? said : 'none' }
}

import { cashRounding, type DocumentAmounts } from '#contract/money.ts'
import type { QueryContext } from '../context.ts'
import { AppError, fieldError } from '../kernel/app-error.ts'
import { requireCustomer } from '../customers/steps.ts'
import { billAmounts, ownCustomer } from './charge-bill.ts'
import { keyFor, unbilledParts, type BillPart } from './charge-parts.ts'
import { linesOfRepair, type ChargeRow } from './charge-store.ts'
import { rateOfDay, taxCodeById } from './tax-store.ts'
import { billedRepair, partyById, type BilledRepair, type Party } from './views.ts'

/** What an invoice would hold now: the same for who looks at it and for who issues it. */

type Reading = Pick<QueryContext, 'db' | 'today' | 'settings'>

export interface Asked {
  readonly repairIds: readonly number[]
  /** Another customer who pays; null is the repairs' own. */
  readonly customerId: number | null
  readonly cashRounding: boolean
}

export interface Draft {
  readonly repairs: readonly BilledRepair[]
  readonly party: Party
  readonly parts: readonly BillPart[]
  readonly amounts: DocumentAmounts
  readonly roundingMinor: number
  /** Every line of each repair, for what else is booked with the invoice. */
  readonly lines: ReadonlyMap<number, readonly ChargeRow[]>
}

/**
 * What one payer owes of these repairs and is not invoiced yet, at today's tax rates. Errors: those of
 * `requireRepairs`; `field.not_found` at `customerId`, `invoice.no_customer`, `invoice.other_customer`,
 * `tax.rate_missing`.
 */
export function draftOf(ctx: Reading, asked: Asked): Draft {
  const repairs = requireRepairs(ctx, asked.repairIds)
  const party = requireParty(ctx, asked, repairs)
  const lines = new Map(repairs.map(({ id }) => [id, linesOfRepair(ctx.db, id)]))
  const rateOf = ratesToday(ctx)
  const parts = repairs.flatMap((repair) => {
    const key = keyFor(ctx.db, repair.customerId, 'customer', party.id)
    return unbilledParts(ctx.db, repair, rateOf, lines.get(repair.id)).filter((part) => part.key === key)
  })
  const amounts = billAmounts(parts)
  const rounded = asked.cashRounding ? cashRounding(amounts.grossMinor, ctx.settings.cashStepMinor) : 0
  // What would round to nothing stays due as it is: an invoice over nothing is none.
  const roundingMinor = amounts.grossMinor + rounded === 0 ? 0 : rounded
  return { repairs, party, parts, amounts, roundingMinor, lines }
}

/** Whether who pays is the repair's own customer, whose deposit the invoice takes. */
export function isOwn(ctx: Pick<QueryContext, 'db'>, repair: BilledRepair, party: Party): boolean {
  return keyFor(ctx.db, repair.customerId, 'customer', party.id) === ownCustomer
}

/** The repairs an invoice is for. Errors: `field.not_found`, `field.duplicate` at `repairIds.<n>`. */
export function requireRepairs(ctx: Reading, ids: readonly number[]): BilledRepair[] {
  return ids.map((id, index) => {
    const path = `repairIds.${index}`
    if (ids.indexOf(id) !== index) throw fieldError(path, 'field.duplicate')
    const repair = billedRepair(ctx.db, id)
    if (!repair) throw fieldError(path, 'field.not_found')
    return repair
  })
}

/** Who pays: the customer named, else the repairs' own. Repairs on one invoice belong to the same customer. */
function requireParty(ctx: Reading, input: Asked, repairs: readonly BilledRepair[]): Party {
  const owners = new Set(
    repairs.map(({ customerId }) =>
      customerId === null ? null : requireCustomer(ctx, customerId, 'repairIds').id,
    ),
  )
  if (owners.size > 1) throw new AppError('invoice.other_customer')
  const [owner] = owners
  const id =
    input.customerId === null ? (owner ?? null) : requireCustomer(ctx, input.customerId, 'customerId').id
  const party = id === null ? undefined : partyById(ctx.db, id)
  if (!party) throw new AppError('invoice.no_customer')
  return party
}

/** Today's rates, each looked up once. Error: `tax.rate_missing`. */
function ratesToday(ctx: Reading): (taxCodeId: number) => number {
  const known = new Map<number, number>()
  return (taxCodeId) => {
    const rate = known.get(taxCodeId) ?? rateOfDay(ctx.db, taxCodeId, ctx.today)
    if (rate === undefined) {
      const code = taxCodeById(ctx.db, taxCodeId)?.code ?? ''
      throw new AppError('tax.rate_missing', { code, on: ctx.today })
    }
    known.set(taxCodeId, rate)
    return rate
  }
}

import type { InputOf } from '#contract/method-types.ts'
import { cashRounding, type DocumentAmounts } from '#contract/money.ts'
import type { CommandContext, Handler } from '../context.ts'
import { AppError, fieldError } from '../kernel/app-error.ts'
import { addDays } from '../kernel/days.ts'
import { requireCustomer } from '../customers/steps.ts'
import { noteWork } from '../repairs/steps.ts'
import { billAmounts, ownCustomer } from './charge-bill.ts'
import { keyFor, unbilledParts, type BillPart } from './charge-parts.ts'
import { linesOfRepair, lockLine } from './charge-store.ts'
import { bookDeposit, depositHeld } from './deposit-money.ts'
import { documentSense, invoiceLinesOf } from './invoice-lines.ts'
import { nextInvoiceNumber, requireClock } from './invoice-numbers.ts'
import { bookOtherShares } from './invoice-shares.ts'
import { insertInvoice } from './invoice-store.ts'
import { post } from './ledger.ts'
import { balanceOf } from './ledger-store.ts'
import { rateOfDay, taxCodeById } from './tax-store.ts'
import { billedRepair, partyById, type BilledRepair, type Party } from './views.ts'

type Input = InputOf<'invoices.issue'>

/**
 * Issues an invoice for what one payer owes of these repairs and is not invoiced yet: numbered here, never changed
 * afterwards, the customer's data copied in (V-01). Tax rates are those of today. Deposits of the customer's own
 * repairs are applied at once; what others bear of the repairs is booked with it (V-03).
 * Errors: `field.not_found`, `field.duplicate` at `repairIds.<n>`; `invoice.no_customer`, `invoice.other_customer`,
 * `invoice.nothing_to_bill`, `invoice.total_changed`, `invoice.clock_behind`, `tax.rate_missing`.
 */
export const issueInvoice: Handler<'invoices.issue'> = (ctx, input) => {
  const repairs = requireRepairs(ctx, input.repairIds)
  if (input.payer !== 'customer') return issueShare(ctx, input, input.payer, repairs)
  const party = requireParty(ctx, input, repairs)
  const lines = new Map(repairs.map(({ id }) => [id, linesOfRepair(ctx.db, id)]))
  const rateOf = ratesToday(ctx)
  const parts = repairs.flatMap((repair) => {
    const key = keyFor(ctx.db, repair.customerId, 'customer', party.id)
    return unbilledParts(ctx.db, repair, rateOf, lines.get(repair.id)).filter((part) => part.key === key)
  })
  const amounts = billAmounts(parts)
  requireTotal(parts, amounts.grossMinor, input.expectedGrossMinor)
  requireClock(ctx)
  const issued = writeInvoice(ctx, input, { repairs, party, parts, amounts })
  for (const { line } of parts) lockLine(ctx.db, line.id, issued.id)
  for (const repair of repairs) if (isOwn(ctx, repair, party)) applyHeldDeposit(ctx, repair, issued, party)
  bookOtherShares(ctx, repairs, undefined, lines)
  const openMinor = balanceOf(ctx.db, 'receivable', issued.id)
  for (const { id } of repairs) {
    const { number, grossMinor: amountMinor } = issued
    noteWork(ctx, id, '', { act: 'invoice_issued', invoice: number, amountMinor })
  }
  return { ...issued, openMinor }
}

function requireRepairs(ctx: CommandContext, ids: readonly number[]): BilledRepair[] {
  return ids.map((id, index) => {
    const path = `repairIds.${index}`
    if (ids.indexOf(id) !== index) throw fieldError(path, 'field.duplicate')
    const repair = billedRepair(ctx.db, id)
    if (!repair) throw fieldError(path, 'field.not_found')
    return repair
  })
}

/** Who pays: the customer named, else the repairs' own. Repairs on one invoice belong to the same customer. */
function requireParty(ctx: CommandContext, input: Input, repairs: readonly BilledRepair[]): Party {
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
function ratesToday(ctx: CommandContext): (taxCodeId: number) => number {
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

function requireTotal(parts: readonly BillPart[], gross: number, expected: number | null): void {
  if (parts.length === 0) throw new AppError('invoice.nothing_to_bill')
  if (expected !== null && expected !== gross) throw new AppError('invoice.total_changed', { gross })
  // A document over nothing is none: what costs nothing stands on the service report (V-03).
  if (gross === 0) throw new AppError('invoice.nothing_to_bill')
}

function isOwn(ctx: CommandContext, repair: BilledRepair, party: Party): boolean {
  return keyFor(ctx.db, repair.customerId, 'customer', party.id) === ownCustomer
}

interface Draft {
  readonly repairs: readonly BilledRepair[]
  readonly party: Party
  readonly parts: readonly BillPart[]
  readonly amounts: DocumentAmounts
}

interface Issued {
  readonly id: number
  readonly uid: string
  readonly number: string
  readonly grossMinor: number
}

function writeInvoice(ctx: CommandContext, input: Input, draft: Draft): Issued {
  const { party, parts, amounts } = draft
  const { netMinor, taxMinor, grossMinor } = amounts
  const rounded = input.cashRounding ? cashRounding(grossMinor, ctx.settings.cashStepMinor) : 0
  // What would round to nothing stays due as it is: an invoice over nothing is none.
  const roundingMinor = grossMinor + rounded === 0 ? 0 : rounded
  const uid = ctx.newUid()
  const number = nextInvoiceNumber(ctx, 'customer')
  const repairId = draft.repairs[0]?.id ?? null
  const row = {
    uid,
    number,
    kind: 'invoice',
    payer: 'customer',
    customerId: party.id,
    customerName: party.name,
    customerAddress: party.address,
    customerTaxNumber: party.taxNumber,
    repairId,
    currency: ctx.settings.currency,
    pricesIncludeTax: documentSense(parts),
    netMinor,
    taxMinor,
    roundingMinor,
    grossMinor,
    taxes: [...amounts.rates],
    issuedOn: ctx.today,
    issuedAt: ctx.now,
    issuedById: ctx.actor.userId,
    dueOn: input.dueOn ?? addDays(ctx.today, party.paymentDays),
    note: input.note,
  }
  const id = insertInvoice(ctx.db, row, invoiceLinesOf(parts, amounts))
  post(ctx, { kind: 'invoice', invoiceId: id, repairId, customerId: party.id }, [
    { account: 'receivable', subject: id, customerId: party.id, amountMinor: grossMinor + roundingMinor },
    { account: 'revenue', amountMinor: -netMinor },
    { account: 'tax', amountMinor: -taxMinor },
    { account: 'rounding', amountMinor: -roundingMinor },
  ])
  const payload = { number, customerId: party.id, repairIds: input.repairIds, grossMinor, roundingMinor }
  ctx.record({ entity: 'invoices', id, uid, version: 1, type: 'invoice.issued', payload })
  return { id, uid, number, grossMinor }
}

/** What the shop holds as a deposit for the repair goes against its invoice, as much as is open (V-04). */
function applyHeldDeposit(ctx: CommandContext, repair: BilledRepair, issued: Issued, party: Party): void {
  const held = depositHeld(ctx.db, repair.id)
  const amountMinor = Math.min(held, balanceOf(ctx.db, 'receivable', issued.id))
  if (amountMinor <= 0) return
  bookDeposit(ctx, { repairId: repair.id }, { invoiceId: issued.id, customerId: party.id }, amountMinor)
}

/** Warranty, agreement and goodwill get no invoice: their share is booked and has a number of its own. */
function issueShare(
  ctx: CommandContext,
  input: Input,
  payer: 'warranty' | 'agreement' | 'goodwill',
  repairs: readonly BilledRepair[],
): ReturnType<typeof issueInvoice> {
  if (input.customerId !== null) throw fieldError('customerId', 'charge.payer_customer')
  const [booked] = bookOtherShares(ctx, repairs, [payer])
  if (!booked) throw new AppError('invoice.nothing_to_bill')
  const { id, uid, number, netMinor: grossMinor } = booked
  const { expectedGrossMinor } = input
  if (expectedGrossMinor !== null && expectedGrossMinor !== grossMinor)
    throw new AppError('invoice.total_changed', { gross: grossMinor })
  for (const repair of repairs)
    noteWork(ctx, repair.id, '', { act: 'share_booked', document: number, payer, amountMinor: grossMinor })
  return { id, uid, number, grossMinor, openMinor: 0 }
}

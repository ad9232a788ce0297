import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { CommandContext, Handler } from '../context.ts'
import { AppError, fieldError } from '../kernel/app-error.ts'
import { addDays } from '../kernel/days.ts'
import { noteWork } from '../repairs/steps.ts'
import type { BillPart } from './charge-parts.ts'
import { lockLine } from './charge-store.ts'
import { bookDeposit, depositHeld } from './deposit-money.ts'
import { draftOf, isOwn, requireRepairs, type Draft } from './invoice-draft.ts'
import { documentSense, invoiceLinesOf } from './invoice-lines.ts'
import { nextInvoiceNumber, requireClock } from './invoice-numbers.ts'
import { bookOtherShares } from './invoice-shares.ts'
import { insertInvoice } from './invoice-store.ts'
import { post } from './ledger.ts'
import { balanceOf } from './ledger-store.ts'
import type { BilledRepair, Party } from './views.ts'

type Input = Omit<InputOf<'invoices.issue'>, 'commandId'>

/**
 * Issues an invoice for what one payer owes of these repairs and is not invoiced yet: numbered here, never changed
 * afterwards, the customer's data copied in (V-01). Tax rates are those of today. Deposits of the customer's own
 * repairs are applied at once; what others bear of the repairs is booked with it (V-03).
 * Errors: `field.not_found`, `field.duplicate` at `repairIds.<n>`; `invoice.no_customer`, `invoice.other_customer`,
 * `invoice.nothing_to_bill`, `invoice.total_changed`, `invoice.clock_behind`, `tax.rate_missing`.
 */
export const issueInvoice: Handler<'invoices.issue'> = (ctx, input) => issue(ctx, input)

/** As the command, for acts that bill as a consequence. */
export function issue(ctx: CommandContext, input: Input): OutputOf<'invoices.issue'> {
  if (input.payer !== 'customer') return issueShare(ctx, input, input.payer)
  const draft = draftOf(ctx, input)
  const { repairs, party, parts, amounts, lines } = draft
  requireTotal(parts, amounts.grossMinor, input.expectedGrossMinor)
  requireClock(ctx)
  const issued = writeInvoice(ctx, input, draft)
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

function requireTotal(parts: readonly BillPart[], gross: number, expected: number | null): void {
  if (parts.length === 0) throw new AppError('invoice.nothing_to_bill')
  if (expected !== null && expected !== gross) throw new AppError('invoice.total_changed', { gross })
  // A document over nothing is none: what costs nothing stands on the service report (V-03).
  if (gross === 0) throw new AppError('invoice.nothing_to_bill')
}

interface Issued {
  readonly id: number
  readonly uid: string
  readonly number: string
  readonly grossMinor: number
}

function writeInvoice(ctx: CommandContext, input: Input, draft: Draft): Issued {
  const { party, parts, amounts, roundingMinor } = draft
  const { netMinor, taxMinor, grossMinor } = amounts
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
): ReturnType<typeof issueInvoice> {
  const repairs = requireRepairs(ctx, input.repairIds)
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

import type { PayerShare, PricedLineInput } from '#contract/charges.ts'
import type { CommandContext } from '../context.ts'
import { addCharges, agreeCharge, customerPart, removeCharges } from '../billing/steps.ts'
import { adoptPart, isPartTaken, planQuotedPart, replanPart } from '../stock/steps.ts'
import { adoptLabour, isLabourBegun, planLabour, replanLabour } from '../work/steps.ts'
import type { LineRow, QuoteRow } from './store.ts'
import { namedLines } from './named-lines.ts'
import { agreedCharges, type AgreedCharge } from './views.ts'

/**
 * Puts an approved option on the bill and gives the bench its parts and labour. Lines that an earlier approval put
 * there and no invoice has give way:
 * - the same part in the same quantity, or the same labour, goes on under the new line: what is reserved, issued or
 *   built in, and the minutes worked, stay with it;
 * - a part that was issued or used, or labour somebody has begun, which the new option does not name, stays on the
 *   bill: the customer agreed to it and has had it;
 * - anything else is taken off, its reservation is free again.
 * What an invoice has stays: the new option is then what comes on top. A line that was written on the bill by hand is
 * not charged again: it becomes the quote's, and the part or the work at the repair is what it stands for. Answers the
 * customer's part of what stays, in minor units with tax.
 */
export function replaceAgreed(ctx: CommandContext, quote: QuoteRow, lines: readonly LineRow[]): number {
  const { repairId } = quote
  const before = agreedCharges(ctx.db, repairId)
  const waiting = putOnBill(ctx, quote, lines)
  const gone = new Set<number>()
  for (const old of before.filter(({ invoiceId }) => invoiceId === null)) {
    const heirs = waiting.filter(({ line, isPlanned }) => !isPlanned && isSame(line, old))
    const heir = heirs.find(({ isOnBill }) => !isOnBill) ?? heirs[0]
    if (heir) {
      heir.isPlanned = true
      passOn(ctx, old, heir.chargeLineId, heir.line.standardMinutes)
    } else if (isPartTaken(ctx, old.id) || isLabourBegun(ctx, old.id)) continue
    else takeBack(ctx, old)
    gone.add(old.id)
  }
  removeCharges(ctx, [...gone], 'requoted')
  for (const one of waiting) if (!one.isPlanned) plan(ctx, repairId, one)
  return customerPart(
    ctx.db,
    repairId,
    before.filter(({ id }) => !gone.has(id)).map(({ id }) => id),
    ctx.today,
  )
}

interface WaitingLine {
  readonly line: LineRow
  readonly chargeLineId: number
  /** It had been written there by hand. */
  readonly isOnBill: boolean
  isPlanned: boolean
}

/** The lines of the option as they stand on the bill, in its order, each once. */
function putOnBill(ctx: CommandContext, quote: QuoteRow, lines: readonly LineRow[]): WaitingLine[] {
  const named = namedLines(ctx, quote, lines).map((line) => line?.id)
  for (const id of named) if (id !== undefined) agreeCharge(ctx, id)
  const fresh = lines.filter((_, index) => named[index] === undefined)
  const added = addCharges(ctx, quote.repairId, 'quote', quote.pricesIncludeTax, fresh.map(chargeOf)).values()
  return lines.map((line, index) => {
    const onBill = named[index]
    const chargeLineId = onBill ?? added.next().value ?? 0
    return { line, chargeLineId, isOnBill: onBill !== undefined, isPlanned: false }
  })
}

function chargeOf(line: LineRow): PricedLineInput {
  const { kind, serviceId, partId, description, quantity, unitMinor, discountMinor, taxCodeId } = line
  const shares: PayerShare[] = line.shares
  const { standardMinutes, warrantyMonths } = line
  const priced = { kind, serviceId, partId, description, quantity, unitMinor, discountMinor, taxCodeId }
  return { ...priced, shares, standardMinutes, warrantyMonths }
}

function isSame(line: LineRow, old: AgreedCharge): boolean {
  if (line.kind !== old.kind) return false
  if (line.kind === 'part') return line.partId === old.partId && line.quantity === old.quantity
  if (line.kind !== 'labour') return false
  return line.serviceId === old.serviceId && (line.serviceId !== null || line.description === old.description)
}

function passOn(ctx: CommandContext, old: AgreedCharge, chargeLineId: number, standardMinutes: number): void {
  if (old.kind === 'part') replanPart(ctx, old.id, chargeLineId)
  else replanLabour(ctx, old.id, { chargeLineId, standardMinutes })
}

function takeBack(ctx: CommandContext, old: AgreedCharge): void {
  if (old.kind === 'part') replanPart(ctx, old.id, null)
  if (old.kind === 'labour') replanLabour(ctx, old.id, null)
}

/** What was written on the bill by hand may be at the repair already, planned or taken, without a line of the bill. */
function plan(ctx: CommandContext, repairId: number, { line, chargeLineId, isOnBill }: WaitingLine): void {
  const { kind, partId, serviceId, quantity, description, standardMinutes } = line
  if (kind === 'part' && partId !== null) {
    const part = { repairId, partId, quantity, chargeLineId }
    if (!(isOnBill && adoptPart(ctx, part))) planQuotedPart(ctx, part)
  }
  if (kind === 'labour') {
    const work = { repairId, serviceId, description, standardMinutes, chargeLineId }
    if (!(isOnBill && adoptLabour(ctx, work))) planLabour(ctx, work)
  }
}

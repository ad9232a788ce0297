import type { PayerShare, PricedLineInput } from '#contract/charges.ts'
import type { CommandContext } from '../context.ts'
import { addCharges, customerPart, removeCharges } from '../billing/steps.ts'
import { isPartTaken, planQuotedPart, replanPart } from '../stock/steps.ts'
import { isLabourBegun, planLabour, replanLabour } from '../work/steps.ts'
import type { LineRow } from './store.ts'
import { agreedCharges, type AgreedCharge } from './views.ts'

/**
 * Puts an approved option on the bill and gives the bench its parts and labour. Lines that an earlier approval put
 * there and no invoice has give way:
 * - the same part in the same quantity, or the same labour, goes on under the new line: what is reserved, issued or
 *   built in, and the minutes worked, stay with it;
 * - a part that was issued or used, or labour somebody has begun, which the new option does not name, stays on the
 *   bill: the customer agreed to it and has had it;
 * - anything else is taken off, its reservation is free again.
 * What an invoice has stays: the new option is then what comes on top. Answers the customer's part of what stays, in
 * minor units with tax.
 */
export function replaceAgreed(
  ctx: CommandContext,
  repairId: number,
  includesTax: boolean,
  lines: readonly LineRow[],
): number {
  const before = agreedCharges(ctx.db, repairId)
  const added = addCharges(ctx, repairId, 'quote', includesTax, lines.map(chargeOf))
  const waiting = lines.map((line, index) => ({ line, chargeLineId: added[index] ?? 0, isPlanned: false }))
  const gone = new Set<number>()
  for (const old of before.filter(({ invoiceId }) => invoiceId === null)) {
    const heir = waiting.find(({ line, isPlanned }) => !isPlanned && isSame(line, old))
    if (heir) {
      heir.isPlanned = true
      passOn(ctx, old, heir.chargeLineId, heir.line.standardMinutes)
    } else if (isPartTaken(ctx, old.id) || isLabourBegun(ctx, old.id)) continue
    else takeBack(ctx, old)
    gone.add(old.id)
  }
  removeCharges(ctx, [...gone], 'requoted')
  for (const { line, chargeLineId, isPlanned } of waiting)
    if (!isPlanned) plan(ctx, repairId, line, chargeLineId)
  return customerPart(
    ctx.db,
    repairId,
    before.filter(({ id }) => !gone.has(id)).map(({ id }) => id),
    ctx.today,
  )
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

function plan(ctx: CommandContext, repairId: number, line: LineRow, chargeLineId: number): void {
  const { kind, partId, serviceId, quantity, description, standardMinutes } = line
  if (kind === 'part' && partId !== null) planQuotedPart(ctx, { repairId, partId, quantity, chargeLineId })
  if (kind === 'labour') planLabour(ctx, { repairId, serviceId, description, standardMinutes, chargeLineId })
}

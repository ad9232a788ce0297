import { onlyCustomer, type ChargeKind, type PricedLineInput } from '#contract/charges.ts'
import type { RepairOutcome } from '#contract/repair-states.ts'
import type { CommandContext } from '../context.ts'
import type { ReadDb } from '../db/handles.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { ownCustomer } from './charge-bill.ts'
import { keyFor, ownBilled, ownUnbilled } from './charge-parts.ts'
import { recordCharge, writeCharge } from './charges.ts'
import { linesOfRepair, updateCharge, type ChargeRow } from './charge-store.ts'
import { bookOtherShares } from './invoice-shares.ts'
import { sensedOf } from './price-for.ts'
import { defaultTaxCodeId } from './tax-store.ts'
import { priceLines } from './tax-rates.ts'
import { billedRepair, invoicesBilling, livingCustomer, partyById } from './views.ts'

/**
 * Puts lines on a repair's bill; answers their ids in order. Who may give which discount was asked when the lines
 * were written. Errors: `tax.rate_missing`, `field.not_found` at `lines.<n>.taxCodeId`.
 */
export function addCharges(
  ctx: CommandContext,
  repairId: number,
  source: ChargeRow['source'],
  includesTax: boolean,
  lines: readonly PricedLineInput[],
): number[] {
  priceLines(ctx.db, lines, includesTax, ctx.today)
  ctx.announce('repairs', [repairId])
  return lines.map((line) => writeCharge(ctx, repairId, source, includesTax, line).id)
}

/** Reasons of the program's own, as codes a window puts into words. */
const programReasons = new Set(['approved', 'fee_rule'])

function waive(ctx: CommandContext, line: ChargeRow, reason: string): void {
  updateCharge(ctx.db, line.id, { waivedAt: ctx.now, waiveReason: reason })
  recordCharge(ctx, line, 'charge.waived', { reason })
}

/** Nobody pays the lines of this kind any more, as far as they are not invoiced or waived already. */
export function waiveCharges(ctx: CommandContext, repairId: number, kind: ChargeKind, reason: string): void {
  const lines = linesOfRepair(ctx.db, repairId).filter((line) => line.kind === kind)
  for (const line of lines) if (line.invoiceId === null && line.waivedAt === null) waive(ctx, line, reason)
  if (lines.length > 0) ctx.announce('repairs', [repairId])
}

/** What the repair's own customer pays for it, with tax: what is not invoiced yet, what was, less credits. */
export function customerTotal(db: ReadDb, repairId: number, on: string): number {
  const repair = found(billedRepair(db, repairId), 'repair')
  return ownUnbilled(db, repair, on) + ownBilled(db, repair)
}

/**
 * The device may leave: the customer's share is invoiced and paid, or the customer buys on account, or the person
 * may hand over on credit. What others pay and is not booked yet is booked now: there will be no invoice to do it.
 * Errors: `repair.unbilled`, `repair.unpaid`.
 */
export function requirePaid(
  ctx: CommandContext,
  repair: { readonly id: number; readonly number: string; readonly customerId: number | null },
): void {
  if (repair.customerId !== null && !ctx.actor.permissions.has('billing.hand_over_unpaid')) {
    const customerId = livingCustomer(ctx.db, repair.customerId)
    if (partyById(ctx.db, customerId)?.onAccount !== 1) requireSettled(ctx, { ...repair, customerId })
  }
  bookOtherShares(ctx, [repair])
}

function requireSettled(
  ctx: CommandContext,
  repair: { readonly id: number; readonly number: string; readonly customerId: number },
): void {
  const { number } = repair
  const amount = ownUnbilled(ctx.db, repair, ctx.today)
  if (amount > 0) throw new AppError('repair.unbilled', { number, amount })
  const open = invoicesBilling(ctx.db, repair.id)
    .filter((row) => keyFor(ctx.db, repair.customerId, 'customer', row.customerId) === ownCustomer)
    .reduce((sum, row) => sum + Math.max(0, row.openMinor), 0)
  if (open > 0) throw new AppError('repair.unpaid', { number, open })
}

/** What an outcome leaves on the bill whatever the rule: it has nothing to do with the work. */
const besideTheWork: ReadonlySet<ChargeKind> = new Set(['storage_fee', 'cancellation_fee'])

/**
 * The shop's rule for an outcome (domain §3.2): its lines stand, only the bench fee does, or nothing. What is
 * invoiced already stays and is a matter of credit notes. A bench fee the program had waived for an approval comes
 * back when the work came to nothing; one a person waived does not.
 */
export function applyFeeRule(ctx: CommandContext, repairId: number, outcome: RepairOutcome): void {
  const rule = ctx.settings.feeRules[outcome]
  if (rule === 'charges') return
  const repair = found(billedRepair(ctx.db, repairId), 'repair')
  const lines = linesOfRepair(ctx.db, repairId)
  for (const line of lines) {
    const stays = besideTheWork.has(line.kind) || (rule === 'bench_fee' && line.kind === 'bench_fee')
    if (!stays && line.invoiceId === null && line.waivedAt === null) waive(ctx, line, 'fee_rule')
  }
  if (rule === 'bench_fee') chargeBenchFee(ctx, repair, lines)
  ctx.announce('repairs', [repairId])
}

function chargeBenchFee(
  ctx: CommandContext,
  repair: NonNullable<ReturnType<typeof billedRepair>>,
  lines: readonly ChargeRow[],
): void {
  const fees = lines.filter((line) => line.kind === 'bench_fee')
  if (fees.some((line) => line.waivedAt === null)) return
  const taken = fees.find((line) => programReasons.has(line.waiveReason))
  if (taken) {
    updateCharge(ctx.db, taken.id, { waivedAt: null, waiveReason: '' })
    recordCharge(ctx, taken, 'charge.restored', { reason: 'fee_rule' })
    return
  }
  const amount = repair.benchFeeMinor ?? 0
  const taxCodeId = defaultTaxCodeId(ctx.db)
  if (fees.length > 0 || amount === 0 || taxCodeId === undefined) return
  // No words: a window and a document call the line by its kind.
  const line: PricedLineInput = {
    kind: 'bench_fee',
    serviceId: null,
    partId: null,
    description: '',
    quantity: 1000,
    unitMinor: amount,
    discountMinor: 0,
    taxCodeId,
    shares: [...onlyCustomer],
    standardMinutes: 0,
    warrantyMonths: 0,
  }
  writeCharge(ctx, repair.id, 'bench_fee', sensedOf(ctx, repair), line)
}

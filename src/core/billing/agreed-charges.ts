import { partOfLine } from '#contract/payer-parts.ts'
import type { CommandContext } from '../context.ts'
import type { ReadDb } from '../db/handles.ts'
import { found } from '../kernel/app-error.ts'
import { billAmounts, ownCustomer } from './charge-bill.ts'
import { keyFor } from './charge-parts.ts'
import { chargeById, handWritten, linesOfRepair, updateCharge, type ChargeRow } from './charge-store.ts'
import { recordCharge, requireFree } from './charges.ts'
import { shownRate } from './tax-rates.ts'
import { billedRepair } from './views.ts'

/** What a quote needs of the lines that stand on the bill already. */

export type HandLine = ChargeRow

/**
 * Lines written on the bill by hand that no quote has taken over: on no invoice, or on one issued since a moment
 * (epoch ms) at which they were not.
 */
export function handLines(db: ReadDb, repairId: number, invoicedSince: number): HandLine[] {
  return handWritten(db, repairId, invoicedSince)
}

/** The customer agreed to a line somebody had written by hand: it is the quote's from now on. Error: `not_found`. */
export function agreeCharge(ctx: CommandContext, id: number): void {
  const line = found(chargeById(ctx.db, id), 'charge')
  updateCharge(ctx.db, id, { source: 'quote' })
  recordCharge(ctx, line, 'charge.agreed', { source: 'quote' })
  ctx.announce('repairs', [line.repairId])
}

/**
 * Takes lines off a bill that another approval has taken the place of; `reason` is a code. Errors: `not_found`,
 * `charge.invoiced`, `charge.waived`.
 */
export function removeCharges(ctx: CommandContext, ids: readonly number[], reason: string): void {
  for (const id of ids) {
    const line = found(chargeById(ctx.db, id), 'charge')
    requireFree(line, null)
    updateCharge(ctx.db, id, { removed: true })
    recordCharge(ctx, line, 'charge.removed', { reason })
    ctx.announce('repairs', [line.repairId])
  }
}

/** What the repair's own customer pays of some of its lines, invoiced or not, with the rates of a day, with tax. */
export function customerPart(db: ReadDb, repairId: number, ids: readonly number[], on: string): number {
  const { customerId } = found(billedRepair(db, repairId), 'repair')
  const wanted = new Set(ids)
  const lines = linesOfRepair(db, repairId).filter(({ id, waivedAt }) => wanted.has(id) && waivedAt === null)
  const parts = lines.flatMap((line) => {
    const { quantity, unitMinor, discountMinor, includesTax, taxCodeId } = line
    const whole = { quantity, unitMinor, discountMinor, includesTax, rateBp: shownRate(db, taxCodeId, on) }
    return line.shares.flatMap((share, index) => {
      const isOwn = keyFor(db, customerId, share.payer, share.customerId) === ownCustomer
      return isOwn && share.shareBp > 0 ? [partOfLine(whole, line.shares, index)] : []
    })
  })
  return billAmounts(parts).grossMinor
}

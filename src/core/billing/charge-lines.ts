import type { PricedLineInput } from '#contract/charges.ts'
import type { CommandContext, Handler } from '../context.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { askedAbout } from '../quotes/steps.ts'
import { noteWork } from '../repairs/steps.ts'
import {
  chargeFields,
  recordCharge,
  requireFree,
  requireGoodwill,
  requireLine,
  writeCharge,
} from './charges.ts'
import { chargeById, updateCharge, type ChargeRow } from './charge-store.ts'
import { invoiceNumberOf } from './invoice-store.ts'
import { sensedOf } from './price-for.ts'
import { billedRepair } from './views.ts'

/** Lines of a bill, changed by a person. */

/**
 * The line, while no invoice has it and no customer is being asked about it. Errors: `not_found`, `charge.invoiced`,
 * `charge.waived`, `charge.quoted`.
 */
function requireChangeable(ctx: CommandContext, chargeLineId: number): ChargeRow {
  const line = found(chargeById(ctx.db, chargeLineId), 'charge_line')
  requireFree(line, invoiceNumberOf(ctx.db, line.invoiceId))
  const number = askedAbout(ctx, line)
  if (number !== undefined) throw new AppError('charge.quoted', { number })
  return line
}

/** Adds a line in the sense the bill has. Errors: `not_found`; below `line`: those of `requireLine`. */
export const addCharge: Handler<'charges.add'> = (ctx, { repairId, line }) => {
  const repair = found(billedRepair(ctx.db, repairId), 'repair')
  requireLine(ctx, line, 'line')
  requireGoodwill(ctx, repair, line, 'line')
  const added = writeCharge(ctx, repairId, 'counter', sensedOf(ctx, repair), line)
  noteWork(ctx, repairId, '', chargeFacts('charge_added', line))
  return added
}

/** Replaces what a line says. Errors: those of `requireChangeable` and of `requireLine`. */
export const updateChargeLine: Handler<'charges.update'> = (ctx, { chargeLineId, line }) => {
  const before = requireChangeable(ctx, chargeLineId)
  requireLine(ctx, line, 'line')
  requireGoodwill(ctx, found(billedRepair(ctx.db, before.repairId), 'repair'), line, 'line')
  updateCharge(ctx.db, before.id, chargeFields(line))
  recordCharge(ctx, before, 'charge.changed', line)
  noteWork(ctx, before.repairId, '', chargeFacts('charge_changed', line))
  return { id: before.id }
}

/** Takes a line off the bill: it was never owed. Errors: those of `requireChangeable`. */
export const removeCharge: Handler<'charges.remove'> = (ctx, { chargeLineId, reason }) => {
  const line = requireChangeable(ctx, chargeLineId)
  updateCharge(ctx.db, line.id, { removed: true })
  recordCharge(ctx, line, 'charge.removed', { reason })
  noteWork(ctx, line.repairId, reason, chargeFacts('charge_removed', line))
  return { id: line.id }
}

/** Lets the payers off a line; it stays on the bill with the reason. Errors as for removing. */
export const waiveCharge: Handler<'charges.waive'> = (ctx, { chargeLineId, reason }) => {
  const line = requireChangeable(ctx, chargeLineId)
  updateCharge(ctx.db, line.id, { waivedAt: ctx.now, waiveReason: reason })
  recordCharge(ctx, line, 'charge.waived', { reason })
  noteWork(ctx, line.repairId, reason, chargeFacts('charge_waived', line))
  return { id: line.id }
}

/** What the history says of a line; one that the program wrote has no words of its own but its kind. */
function chargeFacts(
  act: 'charge_added' | 'charge_changed' | 'charge_removed' | 'charge_waived',
  { kind, description }: Pick<PricedLineInput, 'kind' | 'description'>,
): { act: string; chargeKind: string; what: string } {
  return { act, chargeKind: kind, what: description }
}

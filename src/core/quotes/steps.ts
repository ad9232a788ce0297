import type { ApprovalStanding } from '#contract/quotes.ts'
import type { QueryContext } from '../context.ts'
import type { ReadDb } from '../db/handles.ts'
import { AppError, found } from '../kernel/app-error.ts'
import { customerTotal } from '../billing/steps.ts'
import { standingOf, type Standing } from './quotes.ts'
import { agreedOf } from './store.ts'
import { quotedRepair } from './views.ts'

/** What other modules may ask of quotes. */

export { askedAbout } from './named-lines.ts'

type Asking = Pick<QueryContext, 'db' | 'today' | 'settings'>

/** Whether the work may go on without asking the customer again. Error: `not_found` for no repair. */
export function approvalOf(ctx: Asking, repairId: number): ApprovalStanding {
  const { hasApproval: _known, ...shown } = standing(ctx, repairId)
  return shown
}

function standing(ctx: Asking, repairId: number): Standing {
  const { ceilingMinor } = found(quotedRepair(ctx.db, repairId), 'repair')
  return standingOf({
    quotes: agreedOf(ctx.db, repairId),
    ceilingMinor,
    presentMinor: customerTotal(ctx.db, repairId, ctx.today),
    requoteBp: ctx.settings.requoteBp,
    today: ctx.today,
  })
}

/** Whether the customer has said yes to a quote that still holds. */
export function approvalHolds(db: ReadDb, repairId: number): boolean {
  return agreedOf(db, repairId).some(({ state }) => state === 'approved')
}

/**
 * Nothing that costs the customer money is done before they said yes (domain §3.2 "Guards"): no part is used and
 * no repair is finished as a success. Nothing is needed while nothing was quoted and the customer's total is nothing
 * or within the ceiling of intake. While they are being asked about more, what they approved before still holds.
 * Errors: `quote.refused`, `quote.approval_required`.
 */
export function requireApproval(ctx: Asking, repairId: number): void {
  requireYes(standing(ctx, repairId))
}

function requireYes({ state, hasApproval, presentMinor, limitMinor }: Standing): void {
  if (state === 'approved') return
  if (state === 'refused') throw new AppError('quote.refused')
  const within = presentMinor <= (limitMinor ?? 0)
  if (within && (state === 'none' || hasApproval)) return
  throw new AppError('quote.approval_required')
}

/** As `requireApproval`, and no question to the customer may be open: a repair is not finished over their head. */
export function requireSettledApproval(ctx: Asking, repairId: number): void {
  const known = standing(ctx, repairId)
  if (known.state === 'asked') throw new AppError('quote.approval_required')
  requireYes(known)
}

import type { OutputOf } from '#contract/method-types.ts'
import type { Handler, QueryContext } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { moneyOfRepair } from '../billing/steps.ts'
import { disposalTerm } from '../notices/steps.ts'
import { mayDispose } from './disposals.ts'
import { standingDisposal } from './store.ts'
import { disposalsOf, standingRepair, type StandingRepair } from './views.ts'

type Term = Pick<OutputOf<'disposals.ofRepair'>['standing'], 'finalOn' | 'from' | 'due'>

/** When the device may be disposed of without a special reason. */
export function termOf(ctx: QueryContext, repair: StandingRepair): Term {
  const { id, processedAt } = repair
  if (processedAt === null) return { finalOn: null, from: null, due: false }
  const { finalOn, from } = disposalTerm(ctx, id, processedAt)
  return { finalOn, from, due: finalOn !== null && ctx.today >= from }
}

/** What was done with a repair's device, and whether anything may be done with it now. Error: `not_found`. */
export const disposalsOfRepair: Handler<'disposals.ofRepair'> = (ctx, { repairId }) => {
  const repair = found(standingRepair(ctx.db, repairId), 'repair')
  const money = moneyOfRepair(ctx, { repairId })
  return {
    standing: {
      possible: mayDispose(repair.state) && standingDisposal(ctx.db, repairId) === undefined,
      ...termOf(ctx, repair),
      dueMinor: money.dueMinor + money.storageFeeMinor,
    },
    disposals: disposalsOf(ctx.db, repairId),
  }
}

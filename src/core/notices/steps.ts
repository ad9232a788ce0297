import type { QueryContext } from '../context.ts'
import { dayOf } from '../kernel/days.ts'
import { disposalDay } from './notices.ts'
import { finalNoticeAt } from './views.ts'

/** When the owner of a device that was ready on a moment had the final notice, and from when it may be disposed of. */
export function disposalTerm(
  ctx: Pick<QueryContext, 'db' | 'settings'>,
  repairId: number,
  processedAt: number,
): { readonly finalOn: string | null; readonly from: string } {
  const { storage, timeZone } = ctx.settings
  const toldAt = finalNoticeAt(ctx.db, repairId)
  const finalOn = toldAt === undefined ? undefined : dayOf(toldAt, timeZone)
  return {
    finalOn: finalOn ?? null,
    from: disposalDay(dayOf(processedAt, timeZone), finalOn, storage),
  }
}

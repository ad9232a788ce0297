import type { Handler } from '../context.ts'
import { seedPlaces } from '../stock/steps.ts'
import { seedPrices } from '../billing/steps.ts'
import { giveUpUnreached, lockUnassigned, missRepairs, wakeRepairs } from '../repairs/steps.ts'

/**
 * The time rules of the closed loop (W5–W7), run on a schedule and when a host starts after being off, at most
 * `limit` moves a call; `more` says that another call may find work. The order lets one call catch up after
 * weeks: a repair wakes up, was missed, waits again and is locked. Running it twice changes nothing.
 */
export const applyTimeRules: Handler<'schedule.timeRules'> = (ctx, { limit }) => {
  ctx.logAs({ ifChanged: true })
  // A file from before there were prices gets what a new shop starts with.
  seedPrices(ctx)
  seedPlaces(ctx)
  const woken = wakeRepairs(ctx, limit)
  const missed = missRepairs(ctx, limit - woken)
  const lockedUnassigned = lockUnassigned(ctx, limit - woken - missed)
  const closedUnreached = giveUpUnreached(ctx, limit - woken - missed - lockedUnassigned)
  const moved = woken + missed + lockedUnassigned + closedUnreached
  return { lockedUnassigned, missed, woken, closedUnreached, more: moved >= limit }
}

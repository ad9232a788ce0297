import type { Checked } from '#contract/audit.ts'
import type { HandlersOf } from '../context.ts'
import { keepNote } from '../settings/steps.ts'
import { aboutLine, auditState, briefKey, choices, listLog, wholeKey } from './queries.ts'
import { lastLine } from './store.ts'
import { verifyBriefly } from './verify-shop.ts'

export { reviewsHandlers } from './reviews.ts'

export const auditHandlers: HandlersOf<'audit'> = {
  list: listLog,
  about: aboutLine,
  choices,
  state: (ctx) => auditState(ctx.db),
}

/** The host's own part. */
export const trailHandlers: HandlersOf<'trail'> = {
  head(ctx) {
    const last = lastLine(ctx.db)
    return last?.hash ? { at: last.at, id: last.id, hash: last.hash } : null
  },
  brief: (ctx, { heads }) => verifyBriefly(ctx.db, heads),
  checked(ctx, { whole, rows, faults }) {
    const [first] = faults
    if (first) {
      ctx.logAs({ result: 'audit.broken' })
      ctx.log.error({ faults }, 'the shop’s file is not as it was written')
    }
    keepNote(ctx, whole ? wholeKey : briefKey, { at: ctx.now, rows, faults } satisfies Checked)
    ctx.announce('audit', [])
    return auditState(ctx.db)
  },
}

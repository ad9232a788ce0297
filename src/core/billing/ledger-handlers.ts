import type { HandlersOf } from '../context.ts'
import { lastCheck, verifyLedgers } from './verify-steps.ts'

export const ledgersHandlers: HandlersOf<'ledgers'> = {
  verify: (ctx) => verifyLedgers(ctx.db),
  lastCheck,
}

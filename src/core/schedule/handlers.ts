import type { HandlersOf } from '../context.ts'
import { purgeSessions } from '../access/steps.ts'
import { checkLedgersDaily } from '../billing/steps.ts'
import { purgeAbandonedFiles } from '../files/steps.ts'
import { applyRetention } from '../privacy/steps.ts'
import { purgePasscodes } from '../repairs/steps.ts'
import { systemStore } from '../system/steps.ts'
import { applyTimeRules } from './time-rules.ts'

/** A seat resends a command within minutes; a month is generous. */
const commandsKeptMs = 30 * 86_400_000
/** Pictures of an intake that was neither received nor kept as a draft for so long belong to nothing. */
const abandonedFilesKeptMs = 30 * 86_400_000

export const scheduleHandlers: HandlersOf<'schedule'> = {
  timeRules: applyTimeRules,
  retention: applyRetention,
  purge(ctx) {
    checkLedgersDaily(ctx)
    purgeAbandonedFiles(ctx, ctx.now - abandonedFilesKeptMs)
    return {
      passcodes: purgePasscodes(ctx),
      commands: systemStore.forgetCommands(ctx.db, ctx.now - commandsKeptMs),
      sessions: purgeSessions(ctx),
    }
  },
}

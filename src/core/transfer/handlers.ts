import type { HandlersOf } from '../context.ts'
import { giveOwnerPassword } from '../access/steps.ts'
import { personData } from '../privacy/steps.ts'
import { rebuildWords } from '../search/steps.ts'

const done = { ok: true } as const

/** What goes out is only written down: the audit log keeps each command with its input. */
export const transferHandlers: HandlersOf<'transfer'> = {
  exported: () => done,
  removed: () => done,
  personExported: () => done,
  person: (ctx, { customerUid }) => personData(ctx, customerUid),
  imported: (ctx, { ownerPasswordHash }) => ({
    login: giveOwnerPassword(ctx, ownerPasswordHash),
    repairs: rebuildWords(ctx.db),
  }),
}

import type { Draft } from '#contract/intake.ts'
import type { QueryContext } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { shownContent } from './drafts.ts'
import { draftByUid } from './store.ts'
import { draftHead } from './views.ts'

/** A draft to go on with. Passcodes come back only to the person who saved it last. */
export function getDraft(ctx: QueryContext, input: { uid: string }): Draft {
  const row = found(draftByUid(ctx.db, input.uid), 'draft')
  const head = found(draftHead(ctx.db, input.uid), 'draft')
  return { ...head, content: shownContent(row.content, ctx.box, row.userId === ctx.actor.userId) }
}

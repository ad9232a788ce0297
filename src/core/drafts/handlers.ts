import type { HandlersOf } from '../context.ts'
import { discardDraft } from '../files/steps.ts'
import { getDraft } from './queries.ts'
import { saveDraft } from './save-draft.ts'
import { listDrafts } from './views.ts'

export const draftsHandlers: HandlersOf<'drafts'> = {
  list: (ctx) => listDrafts(ctx.db),
  get: getDraft,
  save: saveDraft,
  // Throwing away what is gone already is no mistake: two seats may both tidy up.
  discard(ctx, { uid }) {
    discardDraft(ctx, uid)
    return { ok: true }
  },
}

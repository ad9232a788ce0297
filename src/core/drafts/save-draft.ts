import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { CommandContext } from '../context.ts'
import { AppError } from '../kernel/app-error.ts'
import { storedContent } from './drafts.ts'
import { draftByUid, insertDraft, updateDraft } from './store.ts'
import { draftHead } from './views.ts'

/**
 * Keeps a half-typed intake; version 0 begins one. Errors: `stale` when another seat saved it since,
 * `not_found` when it was received or thrown away meanwhile, `request.too_large`.
 */
export function saveDraft(ctx: CommandContext, input: InputOf<'drafts.save'>): OutputOf<'drafts.save'> {
  const { uid, title, step } = input
  const { userId, seatId } = ctx.actor
  if (userId === null || seatId === null) throw new AppError('session.required')
  const content = storedContent(input.content, ctx.box)
  const row = draftByUid(ctx.db, uid)
  if (!row && input.version > 0) throw new AppError('not_found', { entity: 'draft' })
  if (row && row.version !== input.version) {
    const head = draftHead(ctx.db, uid)
    throw new AppError('stale', { entity: 'draft', by: head?.userName ?? null, at: row.updatedAt })
  }
  const fields = { title, step, content, userId, seatId, updatedAt: ctx.now }
  if (row) updateDraft(ctx.db, row.id, { ...fields, version: row.version + 1 })
  const id = row ? row.id : insertDraft(ctx.db, { ...fields, uid }).id
  ctx.announce('drafts', [id])
  return { uid, version: (row?.version ?? 0) + 1 }
}

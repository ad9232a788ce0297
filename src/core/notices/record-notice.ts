import { isMailSetUp } from '#contract/settings.ts'
import type { CommandContext, Handler } from '../context.ts'
import { AppError, fieldError, found } from '../kernel/app-error.ts'
import { noteWork } from '../repairs/steps.ts'
import { insertNotice, noticeById, updateNotice } from './notice-store.ts'
import { repairFacts } from './views.ts'

/**
 * Keeps what a person told the customer, and how. An e-mail goes into the queue and is sent by the host; everything
 * else is done already. Errors: `not_found`, `notice.address_required` at `address`, `mail.not_set_up`.
 */
export const recordNotice: Handler<'notices.record'> = (ctx, input) => {
  const { repairId, kind, channel, language, subject, body } = input
  found(repairFacts(ctx.db, repairId), 'repair')
  const mail = channel === 'email'
  if (mail && !isMailSetUp(ctx.settings.mail)) throw new AppError('mail.not_set_up')
  if (mail && !input.address) throw fieldError('address', 'notice.address_required')
  if (mail && subject === '') throw fieldError('subject', 'field.required')
  const uid = ctx.newUid()
  const id = insertNotice(ctx.db, {
    uid,
    repairId,
    kind,
    channel,
    language,
    address: input.address ?? '',
    subject,
    body,
    state: mail ? 'queued' : 'done',
    nextTryAt: mail ? ctx.now : null,
    createdAt: ctx.now,
    createdById: ctx.actor.userId,
    sentAt: mail ? null : ctx.now,
  })
  noteWork(ctx, repairId, '', { notice: kind, channel })
  recordChange(ctx, { id, uid, version: 1, repairId }, 'notice.recorded', { kind, channel, language })
  return { id, uid, version: 1 }
}

/** Puts a failed e-mail into the queue again. Errors: `not_found`, `stale`, `notice.not_failed`. */
export const retryNotice: Handler<'notices.retry'> = (ctx, input) => {
  const row = found(noticeById(ctx.db, input.noticeId), 'notice')
  if (row.state !== 'failed') throw new AppError('notice.not_failed')
  const version = row.version + 1
  updateNotice(ctx.db, row.id, { state: 'queued', tries: 0, nextTryAt: ctx.now, problem: '', version })
  recordChange(ctx, { ...row, version }, 'notice.retried', {})
  return { id: row.id, version }
}

export function recordChange(
  ctx: CommandContext,
  row: { id: number; uid: string; version: number; repairId: number },
  type: string,
  payload: object,
): void {
  ctx.record({ entity: 'notices', id: row.id, uid: row.uid, version: row.version, type, payload })
  ctx.announce('repairs', [row.repairId])
}

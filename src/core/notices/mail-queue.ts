import type { Handler } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { mailPassword } from '../settings/steps.ts'
import { nextTryAfter } from './notices.ts'
import { countNotices, dueMails, noticeById, updateNotice } from './notice-store.ts'
import { recordChange } from './record-notice.ts'
import { linkedRepair } from './views.ts'

/** The database part of the host's sending of e-mails. */

/** The server and its password; for the host alone. */
export const mailServer: Handler<'post.server'> = (ctx) => {
  const { mail, name } = ctx.settings
  return { ...mail, shopName: name, password: mailPassword(ctx) }
}

/** E-mails to be sent now. */
export const mailQueue: Handler<'post.queue'> = (ctx, { limit }) =>
  dueMails(ctx.db, ctx.now, limit).map(({ id, uid, address, subject, body }) => ({
    id,
    uid,
    address,
    subject,
    body,
  }))

/** How a try ended: sent, to be tried again later, or given up after the last wait. */
export const mailTried: Handler<'post.tried'> = (ctx, { noticeId, problem }) => {
  const row = found(noticeById(ctx.db, noticeId), 'notice')
  const tries = row.tries + 1
  const version = row.version + 1
  const wait = problem === null ? null : nextTryAfter(tries)
  const state = problem === null ? 'sent' : wait === null ? 'failed' : 'queued'
  updateNotice(ctx.db, row.id, {
    state,
    tries,
    version,
    problem: problem ?? '',
    nextTryAt: wait === null ? null : ctx.now + wait,
    sentAt: problem === null ? ctx.now : null,
  })
  recordChange(ctx, { ...row, version }, `notice.${state}`, { tries })
  return { state }
}

export const repairOfLink: Handler<'post.repairOfLink'> = (ctx, { token }) => ({
  repair: linkedRepair(ctx.db, token) ?? null,
})

export const mailStanding: Handler<'notices.mailStanding'> = (ctx) => ({
  hasPassword: mailPassword(ctx) !== null,
  queued: countNotices(ctx.db, 'queued'),
  failed: countNotices(ctx.db, 'failed'),
})

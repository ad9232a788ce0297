import { randomBytes } from 'node:crypto'
import type { Handler } from '../context.ts'
import { found } from '../kernel/app-error.ts'
import { noteWork } from '../repairs/steps.ts'
import { dropLink, keepLink, linkOf } from './notice-store.ts'
import { repairFacts } from './views.ts'

/** 128 random bits: nobody guesses a link, however many they try. */
const tokenBytes = 16

/**
 * The link behind the QR of the ticket (W13). The repair's uid is in it, so that a scanner of the shop opens the
 * repair from the same code; what lets a customer in is the token. Made at the first asking, then the same.
 */
export const reportLink: Handler<'notices.reportLink'> = (ctx, { repairId }) => {
  const { uid } = found(repairFacts(ctx.db, repairId), 'repair')
  let token = linkOf(ctx.db, repairId)
  if (token === undefined) {
    token = randomBytes(tokenBytes).toString('base64url')
    keepLink(ctx.db, repairId, token, ctx.now)
  }
  return { path: `/r/${uid}/${token}` }
}

/** The link printed so far leads nowhere from now on; the next asking makes a new one. */
export const revokeLink: Handler<'notices.revokeLink'> = (ctx, { repairId, reason }) => {
  found(repairFacts(ctx.db, repairId), 'repair')
  dropLink(ctx.db, repairId)
  noteWork(ctx, repairId, reason, { reportLink: 'revoked' })
  return { ok: true }
}

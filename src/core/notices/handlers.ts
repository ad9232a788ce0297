import type { HandlersOf } from '../context.ts'
import { mailQueue, mailServer, mailStanding, mailTried, repairOfLink } from './mail-queue.ts'
import { dueNotices, listNotices, noticeFacts } from './queries.ts'
import { recordNotice, retryNotice } from './record-notice.ts'
import { reportLink, revokeLink } from './report-link.ts'

export const noticesHandlers: HandlersOf<'notices'> = {
  ofRepair: listNotices,
  facts: noticeFacts,
  due: dueNotices,
  record: recordNotice,
  retry: retryNotice,
  mailStanding,
  reportLink,
  revokeLink,
}

/** The host's own part: sending what is queued, and finding the repair behind a customer's link. */
export const postHandlers: HandlersOf<'post'> = {
  server: mailServer,
  queue: mailQueue,
  tried: mailTried,
  repairOfLink,
}

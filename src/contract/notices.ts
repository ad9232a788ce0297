import { z } from 'zod'
import { at, changed, email, id, label, language, line, reason, uid, version } from './fields.ts'
import { command, query, task } from './method.ts'
import { signedMinor } from './money.ts'

/** What the shop tells a customer; a person decides that it goes out (domain §4, RD#1531). */
export const noticeKinds = ['ready', 'reminder', 'final', 'quote', 'other'] as const
export type NoticeKind = (typeof noticeKinds)[number]
export const noticeChannels = ['copy', 'print', 'email', 'phone'] as const
export const noticeStates = ['done', 'queued', 'sent', 'failed'] as const

export const notice = z.object({
  id,
  uid,
  version,
  repairId: id,
  repairUid: uid,
  repairNumber: z.string(),
  kind: z.enum(noticeKinds),
  channel: z.enum(noticeChannels),
  language,
  address: z.string(),
  subject: z.string(),
  body: z.string(),
  state: z.enum(noticeStates),
  tries: z.int(),
  nextTryAt: at.nullable(),
  problem: z.string(),
  createdAt: at,
  createdBy: z.string().nullable(),
  sentAt: at.nullable(),
})
export type Notice = z.output<typeof notice>

/** What a template is filled with. */
export const noticeFacts = z.object({
  customerName: z.string(),
  email: z.string().nullable(),
  language,
  number: z.string(),
  device: z.string(),
  dueMinor: signedMinor,
  currency: z.string(),
  shopName: z.string(),
  shopPhone: z.string(),
  shopAddress: z.string(),
  readyOn: z.string().nullable(),
  storageFrom: z.string().nullable(),
  disposalOn: z.string().nullable(),
})
export type NoticeFacts = z.output<typeof noticeFacts>

export const noticesContract = {
  ofRepair: query('repairs.read', { repairId: id }, z.array(notice)),
  facts: query('repairs.read', { repairId: id }, noticeFacts),
  /** Devices ready but not collected whose reminder or final notice is due today (settings `storage`). */
  due: query(
    'repairs.read',
    {},
    z.array(
      z.object({
        repairUid: uid,
        repairNumber: z.string(),
        customerName: z.string().nullable(),
        /** The device as `RepairCard` names it. */
        brand: z.string(),
        model: z.string(),
        category: label,
        kind: z.enum(['ready', 'reminder', 'final', 'disposal']),
        dueOn: z.string(),
        processedOn: z.string(),
      }),
    ),
  ),
  /** Keeps what was told the customer and how; `email` puts it into the queue. */
  record: command(
    'notices.send',
    {
      repairId: id,
      kind: z.enum(noticeKinds),
      channel: z.enum(noticeChannels),
      language,
      address: email.nullable(),
      subject: line(200),
      body: reason(4000),
    },
    z.object({ id, uid, version }),
  ),
  retry: command('notices.send', { noticeId: id, version }, changed),
  mailStanding: query(
    'settings.manage',
    {},
    z.object({ hasPassword: z.boolean(), queued: z.int(), failed: z.int() }),
  ),
  /** Sends a message to the shop itself, so that the settings are known to work. */
  testMail: task('settings.manage', { to: email }, z.object({ ok: z.boolean(), problem: line(500) })),
  /** The link behind the QR of the ticket (W13); made at the first asking, unguessable. */
  reportLink: command('repairs.read', { repairId: id }, z.object({ path: z.string() })),
  revokeLink: command(
    'repairs.edit',
    { repairId: id, reason: reason(300) },
    z.object({ ok: z.literal(true) }),
  ),
}

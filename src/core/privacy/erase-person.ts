import type { OutputOf } from '#contract/method-types.ts'
import type { CommandContext, Handler } from '../context.ts'
import { discardDraft } from '../files/steps.ts'
import { AppError, assert, found } from '../kernel/app-error.ts'
import {
  dropUnusedWords,
  indexCustomer,
  indexDevice,
  indexRepairsOfCustomer,
  spelledOfRepairs,
} from '../search/steps.ts'
import { stale } from '../system/views.ts'
import { clearRows, draftsAbout, forgetTraces, rewriteTexts } from './erase-store.ts'
import { withoutPerson } from './names.ts'
import {
  blockersOf,
  countReached,
  idsReached,
  namesOfPerson,
  recordsOf,
  subjectById,
  subjectByUid,
  type Subject,
} from './views.ts'

/** Shorter traces stand in too much that is not about the person. */
const shortestTrace = 4

/** A customer's own record, not erased yet. Errors: `not_found`, `customer.merged`, `customer.erased`. */
function living(row: Subject | undefined): Subject {
  const subject = found(row, 'customer')
  if (subject.mergedIntoId !== null)
    throw new AppError('customer.merged', { name: subject.name, uid: subject.uid })
  if (subject.erasedAt !== null) throw new AppError('customer.erased', { at: subject.erasedAt })
  return subject
}

export const erasePreview: Handler<'privacy.erasePreview'> = (ctx, input) => {
  const subject = living(subjectByUid(ctx.db, input.customerUid))
  const ids = recordsOf(ctx.db, subject.id)
  const records = JSON.stringify(ids)
  const count = (table: Parameters<typeof countReached>[1]) => countReached(ctx.db, table, records)
  return {
    customerId: subject.id,
    version: subject.version,
    blockers: blockersOf(ctx.db, records),
    records: ids.length,
    repairs: count('repairs'),
    devices: count('devices'),
    pictures: count('attachments'),
    messages: count('notices'),
    documents: count('invoices') + count('payments'),
    documentsYears: ctx.settings.retention.documentsYears,
  }
}

export const erasePerson: Handler<'privacy.erasePerson'> = (ctx, input) => {
  const subject = living(subjectById(ctx.db, input.customerId))
  if (subject.version !== input.version) throw stale(ctx.db, 'customer', subject.uid)
  const [blocker] = blockersOf(ctx.db, JSON.stringify(recordsOf(ctx.db, subject.id)))
  if (blocker) throw new AppError(blocker.code, blocker.params)
  return erase(ctx, subject)
}

/** Erases a person nothing stands against, with all records merged into theirs. The bytes of pictures go with the next sweep. */
export function erase(ctx: CommandContext, subject: Subject): OutputOf<'privacy.erasePerson'> {
  const ids = recordsOf(ctx.db, subject.id)
  const records = JSON.stringify(ids)
  const known = namesOfPerson(ctx.db, records)
  const repairs = idsReached(ctx.db, 'repairs', records)
  const devices = idsReached(ctx.db, 'devices', records)
  const words = spelledOfRepairs(ctx.db, repairs)
  rewriteTexts(ctx.db, records, withoutPerson(known))
  clearRows(ctx.db, records, ctx.now)
  const sure = [...known.phones, ...known.emails, ...known.uids].filter(
    ({ length }) => length >= shortestTrace,
  )
  const names = known.names.filter((name) => name.length >= shortestTrace || /\p{Script=Han}{2}/u.test(name))
  forgetTraces(ctx.db, records, [...sure, ...names], ctx.now)
  for (const uid of draftsAbout(ctx.db, sure)) discardDraft(ctx, uid)
  for (const customerId of ids) {
    indexCustomer(ctx, { customerId, name: '', phones: [], extra: [] })
    indexRepairsOfCustomer(ctx, customerId)
  }
  for (const deviceId of devices) indexDevice(ctx, { deviceId, serialKey: null, imeis: [] })
  dropUnusedWords(ctx.db, words)
  // The host hears of files that no record points at any more.
  ctx.announce('files', [])
  const version = found(subjectById(ctx.db, subject.id), 'customer').version
  assert(version > subject.version, 'an erased record has a new version')
  ctx.record({
    entity: 'customers',
    id: subject.id,
    uid: subject.uid,
    version,
    type: 'customer.erased',
    payload: { repairs: repairs.length, devices: devices.length },
  })
  return { id: subject.id, version }
}

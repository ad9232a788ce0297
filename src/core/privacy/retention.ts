import type { Retention, RetentionDue } from '#contract/privacy.ts'
import type { CommandContext, Handler, QueryContext } from '../context.ts'
import { discardDraft } from '../files/steps.ts'
import { keepNote, keptNote } from '../settings/steps.ts'
import { systemStore } from '../system/steps.ts'
import { erase } from './erase-person.ts'
import { inactiveCustomers, oldDrafts, oldMessages, oldPictures, oldRejects } from './retention-views.ts'
import { deletePictures, deleteRejects, emptyMessages } from './retention-store.ts'
import { blockersOf, recordsOf, subjectById } from './views.ts'

/** So much is done in one transaction: seats wait for it. */
const customersAtOnce = 10
const rowsAtOnce = 200
/** A count that is shown stops here. */
const mostCounted = 1000
const dayMs = 86_400_000
const yearMs = 365.25 * dayMs

type Rule = Exclude<keyof Retention, 'documentsYears'>

/** The moment before which a rule erases; undefined when the shop keeps for ever. */
function limitOf(ctx: QueryContext, rule: Rule): number | undefined {
  const length = ctx.settings.retention[rule]
  if (length === 0) return undefined
  return Math.floor(ctx.now - length * (rule.endsWith('Years') ? yearMs : dayMs))
}

function due(ctx: QueryContext, rule: Rule, find: (before: number, limit: number) => { length: number }) {
  const before = limitOf(ctx, rule)
  const count = before === undefined ? 0 : find(before, mostCounted + 1).length
  return { count: Math.min(count, mostCounted), more: count > mostCounted }
}

/** What the rules would do now. Customers somebody still owes or has something of are counted, too: they wait. */
export const retentionDue: Handler<'privacy.retentionDue'> = (ctx): RetentionDue => {
  const { db } = ctx
  return {
    customers: due(ctx, 'inactiveCustomerYears', (before, limit) => inactiveCustomers(db, before, 0, limit)),
    pictures: due(ctx, 'attachmentsYears', (before, limit) => oldPictures(db, before, limit)),
    messages: due(ctx, 'messagesYears', (before, limit) => oldMessages(db, before, limit)),
    drafts: due(ctx, 'draftsDays', (before, limit) => oldDrafts(db, before, limit)),
    importRows: due(ctx, 'importRowsDays', (before, limit) => oldRejects(db, before, limit)),
  }
}

/** A line in the audit log for what a rule did. */
function noteDone(ctx: CommandContext, rule: Rule, about: object): void {
  systemStore.audit(ctx.db, {
    now: ctx.now,
    actor: ctx.actor,
    method: `retention.${rule}`,
    commandId: null,
    input: JSON.stringify(about),
    result: 'ok',
  })
}

const markKey = 'retention.customers'

/** Where the last round stopped, so that customers who cannot be erased do not hold up those behind them. */
function eraseInactive(ctx: CommandContext): { erased: number; more: boolean } {
  const before = limitOf(ctx, 'inactiveCustomerYears')
  if (before === undefined) return { erased: 0, more: false }
  const mark = (keptNote(ctx.db, markKey) as { after: number } | undefined)?.after ?? 0
  const ids = inactiveCustomers(ctx.db, before, mark, customersAtOnce)
  let erased = 0
  for (const id of ids) {
    const subject = subjectById(ctx.db, id)
    const records = recordsOf(ctx.db, id)
    if (!subject || blockersOf(ctx.db, JSON.stringify(records)).length > 0) continue
    if (records.some((other) => other !== id && isActiveSince(ctx, other, before))) continue
    erase(ctx, subject)
    noteDone(ctx, 'inactiveCustomerYears', { customerId: id, uid: subject.uid })
    erased++
  }
  const more = ids.length === customersAtOnce
  // At the end it begins anew with the next day's round.
  const after = more ? (ids.at(-1) ?? 0) : 0
  if (after !== mark) keepNote(ctx, markKey, { after })
  return { erased, more }
}

/** A record merged away holds nothing of its own but may have been changed lately. */
function isActiveSince(ctx: CommandContext, id: number, before: number): boolean {
  return (subjectById(ctx.db, id)?.updatedAt ?? 0) >= before
}

/** Does what one rule finds, at most `rowsAtOnce` of it, and says so in the audit log. Answers whether there is more. */
function apply<T>(
  ctx: CommandContext,
  rule: Rule,
  find: (before: number, limit: number) => readonly T[],
  act: (rows: readonly T[]) => void,
): boolean {
  const before = limitOf(ctx, rule)
  const rows = before === undefined ? [] : find(before, rowsAtOnce)
  if (rows.length === 0) return false
  act(rows)
  noteDone(ctx, rule, { count: rows.length })
  return rows.length === rowsAtOnce
}

/** One bounded round of all rules. Doing it twice changes nothing. */
export function applyRetention(ctx: CommandContext): { erased: number; more: boolean } {
  const { db } = ctx
  const customers = eraseInactive(ctx)
  const more = [
    apply(
      ctx,
      'attachmentsYears',
      (before, limit) => oldPictures(db, before, limit),
      (rows) => {
        deletePictures(db, rows)
        ctx.announce('files', [])
      },
    ),
    apply(
      ctx,
      'messagesYears',
      (before, limit) => oldMessages(db, before, limit),
      (ids) => emptyMessages(db, ids),
    ),
    apply(
      ctx,
      'draftsDays',
      (before, limit) => oldDrafts(db, before, limit),
      (uids) => {
        for (const uid of uids) discardDraft(ctx, uid)
      },
    ),
    apply(
      ctx,
      'importRowsDays',
      (before, limit) => oldRejects(db, before, limit),
      (ids) => deleteRejects(db, ids),
    ),
  ]
  return { erased: customers.erased, more: customers.more || more.includes(true) }
}

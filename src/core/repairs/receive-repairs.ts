import type { InputOf } from '#contract/method-types.ts'
import type { CommandContext, Handler } from '../context.ts'
import { countCustomerRepairs, createCustomer, requirePresentCustomer } from '../customers/steps.ts'
import { adoptDraftFiles, discardDraft } from '../files/steps.ts'
import { indexNewRepairs } from '../search/steps.ts'
import { finishAtCounter } from './finish-at-counter.ts'
import { checkVisit } from './intake-guards.ts'
import { collectProblems } from './intake-problems.ts'
import { prepareItem, receiveItem, type ReadyItem, type Visit } from './intake-item.ts'
import { countDay } from './store.ts'

/**
 * One visit at the counter: one customer, one or many devices, one signature (domain §3.1, W2, W3, W22).
 * All devices are received or none; one that is already finished is processed at once (`finishedAtCounter`). Errors are collected, each at its place under `items.<n>`:
 * `repair.serial_open`, `repair.photos_required`, `repair.checks_required`, `field.required`, `field.in_past`,
 * `field.duplicate`, `device.serial_taken` …, and `repair.signature_required` at `signatureUid`.
 */
export const receiveRepairs: Handler<'repairs.receive'> = (ctx, input) => {
  const problems = collectProblems()
  checkVisit(ctx, input, problems)
  const customer = problems.check(() => customerOf(ctx, input.customer)) ?? null
  const ready: ReadyItem[] = []
  input.items.forEach((item, index) => {
    const prepared = prepareItem(ctx, item, `items.${index}`, customer?.id ?? null, problems)
    if (prepared) ready.push(prepared)
  })
  problems.settle()

  const visit = visitOf(ctx, input, customer)
  const index = indexNewRepairs(ctx)
  const repairs = ready.map((item) => receiveItem(ctx, visit, item, index))
  index.finish()
  const [first] = repairs
  if (first && visit.signatureUid !== null) {
    adoptDraftFiles(ctx, visit.draftUid, first.id, [visit.signatureUid], 'signatureUid')
  }
  if (customer) countCustomerRepairs(ctx, customer.id, repairs.length, repairs.length)
  countDay(ctx.db, ctx.today, 'received', repairs.length)
  if (input.draftUid !== null) discardDraft(ctx, input.draftUid)
  return {
    visitUid: visit.uid,
    customerId: customer?.id ?? null,
    repairs: repairs.map((repair, place) => {
      const finished = ready[place]?.item.finished
      return finished ? { ...repair, state: finishAtCounter(ctx, repair.id, finished) } : repair
    }),
  }
}

/** The known customer (where a merge led), a new one, or nobody for a unit of the shop's own. */
function customerOf(ctx: CommandContext, given: InputOf<'repairs.receive'>['customer']): Visit['customer'] {
  if (given === null) return null
  return 'id' in given ? requirePresentCustomer(ctx, given.id, 'customer.id') : createCustomer(ctx, given.new)
}

function visitOf(ctx: CommandContext, input: InputOf<'repairs.receive'>, customer: Visit['customer']): Visit {
  const signed = input.signatureUid !== null
  return {
    uid: ctx.newUid(),
    draftUid: input.draftUid,
    channel: input.channel,
    customer,
    signatureUid: input.signatureUid,
    // A reason for a missing signature has no place beside one.
    noSignatureReason: signed ? null : input.noSignatureReason,
    noSignatureNote: signed ? '' : input.noSignatureNote,
    termsVersion: input.termsVersion,
  }
}

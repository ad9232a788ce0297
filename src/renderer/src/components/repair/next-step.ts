import type { Permission } from '#contract/permissions.ts'
import type { ApprovalStanding, Quote } from '#contract/quotes.ts'
import type { Repair } from '#contract/repairs.ts'
import type { RepairPart } from '#contract/stock-model.ts'
import type { ExternalJob, TestRun } from '#contract/work.ts'
import type { IconName } from '../icons.ts'
import type { OfferKey } from './offers.ts'
import type { RepairPlace } from './places.ts'

/**
 * The next sensible step of a repair as the work itself says it: what was found, quoted, answered, issued, tested and
 * paid. Where the work says nothing, the state table does (offers.ts). The host decides; this only proposes.
 */

export const workSteps = {
  record_findings: { icon: 'Search', place: 'findings', permission: 'repairs.work' },
  write_quote: { icon: 'Memo', place: 'quote', permission: 'quotes.write' },
  send_quote: { icon: 'ChatDotRound', place: 'quote', permission: 'quotes.write' },
  record_answer: { icon: 'EditPen', place: 'quote', permission: 'quotes.decide' },
  ask_again: { icon: 'Memo', place: 'quote', permission: 'quotes.write' },
  issue_parts: { icon: 'Box', place: 'parts', permission: 'stock.issue' },
  settle_parts: { icon: 'Box', place: 'parts', permission: 'stock.issue' },
  record_test: { icon: 'Finished', place: 'tests', permission: 'repairs.work' },
  send_out: { icon: 'Van', place: 'outside', permission: 'repairs.work' },
  take_back: { icon: 'Van', place: 'outside', permission: 'repairs.work' },
  loaner_back: { icon: 'RefreshLeft', place: 'loaner', permission: 'loaners.lend' },
  take_payment: { icon: 'Money', place: 'money', permission: 'billing.pay' },
} as const satisfies Record<string, { icon: IconName; place: RepairPlace; permission: Permission }>
export type WorkStep = keyof typeof workSteps

export type NextStep =
  | { readonly kind: 'work'; readonly key: WorkStep }
  | { readonly kind: 'act'; readonly key: OfferKey }

/** What has been done for a repair so far, from the modules that keep it. */
export interface WorkDone {
  readonly quotes: readonly Pick<Quote, 'state'>[]
  readonly standing: Pick<ApprovalStanding, 'state'>
  readonly parts: readonly Pick<RepairPart, 'state' | 'quantity' | 'available'>[]
  /** Newest first. */
  readonly tests: readonly Pick<TestRun, 'at' | 'passed'>[]
  /** The device's category has a test list and the shop wants it passed. */
  readonly testWanted: boolean
  readonly external: readonly Pick<ExternalJob, 'backAt'>[]
  readonly loanerOut: boolean
  /** What the customer has not paid yet; null when this person does not see money. */
  readonly dueMinor: number | null
}

type Handled = Pick<Repair, 'state' | 'locked' | 'attempts' | 'warrantyKind' | 'reworkOf' | 'reworkKind'>

/** Nobody asks a customer who pays nothing. */
function isFree({ warrantyKind, reworkOf, reworkKind }: Handled): boolean {
  return warrantyKind !== 'none' || (reworkOf !== null && reworkKind !== 'different')
}

/** The last test of this handling was passed. */
export function testStands(repair: Pick<Repair, 'attempts'>, tests: WorkDone['tests']): boolean {
  const [last] = tests
  const since = repair.attempts.at(-1)?.startedAt ?? repair.attempts.at(-1)?.assignedAt ?? 0
  return last?.passed === true && last.at >= since
}

function hasFindings({ attempts }: Handled): boolean {
  const now = attempts.at(-1)
  return now !== undefined && (now.findings !== '' || now.codes.length > 0)
}

const work = (key: WorkStep): NextStep => ({ kind: 'work', key })
const act = (key: OfferKey): NextStep => ({ kind: 'act', key })

function whileDiagnosing(repair: Handled, done: WorkDone): NextStep | undefined {
  if (!hasFindings(repair)) return work('record_findings')
  if (done.quotes.some(({ state }) => state === 'draft')) return work('send_quote')
  const { state } = done.standing
  if (state === 'asked') return work('record_answer')
  if (state === 'refused') return act('solve')
  if (state === 'approved' || isFree(repair)) return act('repair')
  return work('write_quote')
}

function whileAwaiting(done: WorkDone): NextStep | undefined {
  const { state } = done.standing
  if (state === 'asked') return work('record_answer')
  if (done.quotes.some((one) => one.state === 'draft')) return work('send_quote')
  if (state === 'approved') return act('repair')
  if (state === 'refused') return act('solve')
  return work('write_quote')
}

/** A planned part lies on the shelf, so it can be issued. */
const lies = ({ state, quantity, available }: WorkDone['parts'][number]): boolean =>
  state === 'planned' && available >= quantity

function whileRepairing(repair: Handled, done: WorkDone): NextStep | undefined {
  if (done.standing.state === 'asked') return work('record_answer')
  if (done.standing.state === 'needed_again') return work('ask_again')
  if (done.parts.some((part) => part.state === 'reserved' || lies(part))) return work('issue_parts')
  if (done.parts.some(({ state }) => state === 'issued')) return work('settle_parts')
  // Nothing is tested while a part it needs has not come.
  if (done.parts.some(({ state }) => state === 'planned')) return act('wait_for_parts')
  if (!done.testWanted) return undefined
  return act(testStands(repair, done.tests) ? 'solve' : 'test')
}

function whileTesting(repair: Handled, done: WorkDone): NextStep | undefined {
  if (done.parts.some(({ state }) => state === 'issued' || state === 'reserved')) return work('settle_parts')
  return done.testWanted && !testStands(repair, done.tests) ? work('record_test') : act('solve')
}

function whileWaitingForParts(done: WorkDone): NextStep {
  return done.parts.some(lies) ? work('issue_parts') : act('repair')
}

function atTheEnd(done: WorkDone): NextStep | undefined {
  if (done.loanerOut) return work('loaner_back')
  return (done.dueMinor ?? 0) > 0 ? work('take_payment') : undefined
}

/** What the work proposes, or undefined where it has nothing to say. */
export function proposedStep(repair: Handled, done: WorkDone): NextStep | undefined {
  if (repair.locked !== null) return undefined
  switch (repair.state) {
    case 'diagnosing':
      return whileDiagnosing(repair, done)
    case 'awaiting_approval':
      return whileAwaiting(done)
    case 'awaiting_parts':
      return whileWaitingForParts(done)
    case 'in_repair':
      return whileRepairing(repair, done)
    case 'testing':
      return whileTesting(repair, done)
    case 'at_vendor':
      return work(done.external.some(({ backAt }) => backAt === null) ? 'take_back' : 'send_out')
    case 'processed':
      return atTheEnd(done)
    default:
      return undefined
  }
}

/**
 * The one filled button: the work's proposal where this person may do it, else what the state table leads on with.
 * Nobody is led past a customer who has not answered: whoever may not write the answer down has the menu only.
 */
export function nextStepFor(
  repair: Handled,
  done: WorkDone | undefined,
  may: { can(permission: Permission): boolean; offers: readonly OfferKey[]; primary: OfferKey | undefined },
): NextStep | undefined {
  const proposed = done && proposedStep(repair, done)
  if (proposed?.kind === 'work' && may.can(workSteps[proposed.key].permission)) return proposed
  if (proposed?.kind === 'act' && may.offers.includes(proposed.key)) return proposed
  if (proposed?.kind === 'work' && proposed.key === 'record_answer') return undefined
  return may.primary === undefined ? undefined : { kind: 'act', key: may.primary }
}

import type { Permission } from '#contract/permissions.ts'
import {
  repairStateInfo,
  transitionsFrom,
  type RepairAction,
  type RepairState,
  type RepairTransition,
} from '#contract/repair-states.ts'
import type { RepairCard, WorkAction } from '#contract/repairs.ts'
import type { IconName } from '../icons.ts'

/**
 * What the window offers for a repair: the state table, the person's permissions and whose repair it is decide,
 * nothing else. What is not allowed is absent; the host checks every act again.
 */

/** Actions that share a dialog stand under one name: three ways to unlock, three answers to a follow-up. */
export type OfferKey =
  | WorkAction
  | 'assign'
  | 'reassign'
  | 'solve'
  | 'fail'
  | 'suspend'
  | 'resume'
  | 'lock'
  | 'unlock'
  | 'hand_over'
  | 'claim_after_all'
  | 'follow_up'
  | 'verify'
  | 'cancel'
  | 'mark_unclaimed'

/** Small changes that are no move of the state table. */
export type ExtraKey = 'sub_status' | 'bin'
export type ActKey = OfferKey | ExtraKey

/** What must be known of a repair; a card is enough. What may be missing is known on the repair's page only. */
export type Standing = Pick<RepairCard, 'state' | 'locked' | 'engineerId' | 'imported'> & {
  readonly verifiedAt?: number | null
  readonly disposedOn?: string | null
}

/** Who wants to act. */
export interface ActingPerson {
  readonly userId: number | undefined
  can(permission: Permission): boolean
}

export interface OfferInfo {
  readonly icon: IconName
  /** Ends something that was going on. */
  readonly danger?: boolean
  /** Many repairs can take it in one act. */
  readonly bulk?: boolean
}

export const offerInfo: Record<ActKey, OfferInfo> = {
  assign: { icon: 'User', bulk: true },
  reassign: { icon: 'Switch', bulk: true },
  start: { icon: 'VideoPlay', bulk: true },
  request_approval: { icon: 'ChatDotRound', bulk: true },
  wait_for_parts: { icon: 'Box', bulk: true },
  repair: { icon: 'Tools', bulk: true },
  test: { icon: 'Finished', bulk: true },
  send_out: { icon: 'Van', bulk: true },
  diagnose_again: { icon: 'Search', bulk: true },
  solve: { icon: 'CircleCheck' },
  fail: { icon: 'RefreshLeft', danger: true },
  suspend: { icon: 'VideoPause', bulk: true },
  resume: { icon: 'VideoPlay', bulk: true },
  lock: { icon: 'Lock', danger: true },
  unlock: { icon: 'Unlock' },
  hand_over: { icon: 'Right' },
  claim_after_all: { icon: 'Right' },
  follow_up: { icon: 'Phone' },
  verify: { icon: 'Select', bulk: true },
  cancel: { icon: 'CircleClose', danger: true, bulk: true },
  mark_unclaimed: { icon: 'WarningFilled', danger: true },
  sub_status: { icon: 'Postcard' },
  bin: { icon: 'Location' },
}

const together: Partial<Record<RepairAction, OfferKey>> = {
  unlock_reassign: 'unlock',
  unlock_new_date: 'unlock',
  unlock_close: 'unlock',
  follow_up_satisfied: 'follow_up',
  follow_up_dissatisfied: 'follow_up',
  follow_up_unreached: 'follow_up',
}

function isOfferKey(action: string): action is OfferKey {
  return action in offerInfo
}

/** The name under which the window offers an action; undefined for what only the program does. */
export function offerOf(action: RepairAction): OfferKey | undefined {
  const key = together[action] ?? action
  return isOfferKey(key) ? key : undefined
}

function isOwn(repair: Standing, person: ActingPerson): boolean {
  return repair.engineerId === person.userId || person.can('repairs.work_for_others')
}

/** The rows of the state table that this person may take with this repair, in the table's order. */
export function transitionsOpenTo(repair: Standing, person: ActingPerson): RepairTransition[] {
  return transitionsFrom(repair.state, repair.locked !== null).filter(
    ({ permission, action }) =>
      permission !== null &&
      person.can(permission) &&
      (permission !== 'repairs.work' || isOwn(repair, person)) &&
      // What is gone cannot be handed to anybody.
      (action !== 'claim_after_all' || (repair.disposedOn ?? null) === null) &&
      // History brought from elsewhere was never this shop's work to verify.
      (action !== 'verify' || ((repair.verifiedAt ?? null) === null && !repair.imported)),
  )
}

/** What to offer for a repair, each once, in the order of the state table. */
export function offersFor(repair: Standing, person: ActingPerson): OfferKey[] {
  const keys = transitionsOpenTo(repair, person).map(({ action }) => offerOf(action))
  return [...new Set(keys.filter((key) => key !== undefined))]
}

/** Acts that may be right but are never what one came for. */
const aside: ReadonlySet<OfferKey> = new Set<OfferKey>([
  'suspend',
  'lock',
  'cancel',
  'mark_unclaimed',
  'reassign',
])

/**
 * The order of a menu: what leads on or back first, as the table has it, then what sets aside, last what ends or
 * stops something.
 */
export function inMenuOrder(keys: readonly OfferKey[]): OfferKey[] {
  const rank = (key: OfferKey): number => (aside.has(key) ? (dangerous(key) ? 2 : 1) : 0)
  return keys.toSorted((a, b) => rank(a) - rank(b))
}

/** True where a menu draws a line: between these groups. */
export function beginsGroup(key: OfferKey, before: OfferKey | undefined): boolean {
  if (before === undefined) return false
  return aside.has(key) !== aside.has(before) || (aside.has(key) && dangerous(key) !== dangerous(before))
}

function dangerous(key: OfferKey): boolean {
  return offerInfo[key].danger === true
}

/** The next sensible act: the first of the table that leads on, if this person may take one. */
export function primaryOffer(repair: Standing, person: ActingPerson): OfferKey | undefined {
  for (const { action, back } of transitionsOpenTo(repair, person)) {
    const key = offerOf(action)
    if (key !== undefined && back !== true && !aside.has(key)) return key
  }
  return undefined
}

/** Acts on the bench that lead on from here: for big buttons on a tablet. */
export function onwardOffers(repair: Standing, person: ActingPerson): OfferKey[] {
  const keys = transitionsOpenTo(repair, person)
    .filter(({ permission, back }) => permission === 'repairs.work' && back !== true)
    .map(({ action }) => offerOf(action))
  return [...new Set(keys.filter((key) => key !== undefined))]
}

/** The act that brings a repair into a state (a card dropped on a column), if there is one for this person. */
export function offerTo(repair: Standing, to: RepairState, person: ActingPerson): OfferKey | undefined {
  const row = transitionsOpenTo(repair, person).find((transition) =>
    transition.to === 'beneath' ? repairStateInfo[to].phase !== 'end' : transition.to === to,
  )
  return row && offerOf(row.action)
}

/** Acts that at least one of many repairs can take together. */
export function bulkOffers(repairs: readonly Standing[], person: ActingPerson): OfferKey[] {
  const found = new Set(repairs.flatMap((repair) => offersFor(repair, person)))
  // One act assigns and reassigns; each repair takes its own row of the table.
  if (found.has('assign')) found.delete('reassign')
  return (Object.keys(offerInfo) as ActKey[]).filter(
    (key): key is OfferKey => isOfferKey(key) && found.has(key) && offerInfo[key].bulk === true,
  )
}

/** Everything a person must give with this act, for all of these repairs together. */
export function needsOf(key: ActKey, repairs: readonly Standing[]): Set<string> {
  return new Set(
    repairs.flatMap((repair) =>
      transitionsFrom(repair.state, repair.locked !== null)
        .filter(({ action }) => offerOf(action) === key)
        .flatMap(({ needs }) => needs),
    ),
  )
}

const work: ReadonlySet<string> = new Set<WorkAction>([
  'start',
  'request_approval',
  'wait_for_parts',
  'repair',
  'test',
  'send_out',
  'diagnose_again',
])

export function isWorkAction(key: ActKey): key is WorkAction {
  return work.has(key)
}

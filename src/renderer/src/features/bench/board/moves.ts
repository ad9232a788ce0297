import type { Permission } from '#contract/permissions.ts'
import {
  boardStates,
  repairStateInfo,
  repairTransitions,
  transitionsFrom,
  type RepairState,
  type RepairTransition,
} from '#contract/repair-states.ts'
import type { RepairCard } from '#contract/repairs.ts'
import { offersFor, offerTo, type ActingPerson, type OfferKey } from '@/components/repair/index.ts'
import { offerOf } from '@/components/repair/offers.ts'

/**
 * What happens when a card is put into a column: an act of the state table, or the reason why not and the act
 * that has to come first. The board decides nothing itself; the host checks every act again.
 */
export type Move =
  | { readonly kind: 'act'; readonly key: OfferKey }
  | { readonly kind: 'here' }
  | {
      readonly kind: 'refused'
      readonly why: 'locked' | 'not_yours' | 'forbidden' | 'not_yet' | 'no_way'
      /** What this person can do about it. */
      readonly first?: OfferKey
      /** What has to come first, even when only somebody else may do it. */
      readonly step?: OfferKey
      readonly permission?: Permission
    }

function refused(
  why: Extract<Move, { kind: 'refused' }>['why'],
  rest: Omit<Extract<Move, { kind: 'refused' }>, 'kind' | 'why'> = {},
): Move {
  return { kind: 'refused', why, ...rest }
}

/** Whoever resumes a repair brings it back to where it was before: among the queue or on the bench. */
function leadsTo(key: OfferKey, to: RepairState): boolean {
  return key !== 'resume' || repairStateInfo[to].phase === 'queue' || repairStateInfo[to].phase === 'bench'
}

/** What dropping `card` on the column `to` means for this person. */
export function moveOf(card: RepairCard, to: RepairState, person: ActingPerson): Move {
  if (card.state === to) return { kind: 'here' }
  const key = offerTo(card, to, person)
  if (key !== undefined && leadsTo(key, to)) return { kind: 'act', key }
  const offers = offersFor(card, person)
  const can = (wanted: OfferKey | undefined): { first?: OfferKey } =>
    wanted !== undefined && offers.includes(wanted) ? { first: wanted } : {}

  if (card.locked !== null) return refused('locked', { step: 'unlock', ...can('unlock') })
  const row = transitionsFrom(card.state, false).find((one) => one.permission !== null && one.to === to)
  if (row?.permission) {
    return person.can(row.permission)
      ? refused('not_yours', can('reassign'))
      : refused('forbidden', { permission: row.permission })
  }
  const step = firstStep(card.state, to)
  const wanted = step && offerOf(step.action)
  return wanted ? refused('not_yet', { step: wanted, ...can(wanted) }) : refused('no_way')
}

const order = (state: RepairState): number => boardStates.indexOf(state)

/** The first step of the shortest way forward along the table; undefined when no way leads there. */
function firstStep(from: RepairState, to: RepairState): RepairTransition | undefined {
  if (order(to) <= order(from) && repairStateInfo[from].phase === 'out') return undefined
  const seen = new Set<RepairState>([from])
  let front: { state: RepairState; first: RepairTransition | undefined }[] = [
    { state: from, first: undefined },
  ]
  while (front.length > 0) {
    const next: typeof front = []
    for (const { state, first } of front) {
      for (const row of repairTransitions.filter((one) => isStep(one, state))) {
        const reached = row.to === 'beneath' ? 'waiting' : row.to
        if (reached === 'same' || seen.has(reached)) continue
        seen.add(reached)
        if (reached === to) return first ?? row
        next.push({ state: reached, first: first ?? row })
      }
    }
    front = next
  }
  return undefined
}

/** Ways that end the repair, put it aside or give it to somebody else lead nowhere one wants to go. */
function isStep(row: RepairTransition, state: RepairState): boolean {
  const aside = row.action === 'suspend' || row.action === 'reassign' || row.action === 'fail'
  return (
    row.permission !== null &&
    row.whenLocked === 'refused' &&
    row.from.includes(state) &&
    !aside &&
    (row.to === 'same' || row.to === 'beneath' || repairStateInfo[row.to].onBoard)
  )
}

export interface MovePlan {
  /** Cards that can take the same act, and that act. */
  readonly key: OfferKey | undefined
  readonly able: readonly RepairCard[]
  /** Cards that cannot go there, or not by the same act. */
  readonly others: readonly { readonly card: RepairCard; readonly move: Move }[]
}

/** Puts many cards into one column: the act that most of them take, and who is left out of it. */
export function planMoves(cards: readonly RepairCard[], to: RepairState, person: ActingPerson): MovePlan {
  const moves = cards.map((card) => ({ card, move: moveOf(card, to, person) }))
  const groups = new Map<OfferKey, RepairCard[]>()
  for (const { card, move } of moves) {
    if (move.kind === 'act') groups.set(move.key, [...(groups.get(move.key) ?? []), card])
  }
  const [largest] = [...groups].toSorted(([, a], [, b]) => b.length - a.length)
  const [key, able] = largest ?? [undefined, []]
  const taken = new Set(able.map(({ id }) => id))
  return {
    key,
    able,
    others: moves.filter(({ card, move }) => !taken.has(card.id) && move.kind !== 'here'),
  }
}

export type Target = 'all' | 'some' | 'none' | 'here'

/** How each column takes the cards that are being dragged. */
export function targetsOf(
  cards: readonly RepairCard[],
  person: ActingPerson,
): ReadonlyMap<RepairState, Target> {
  return new Map(boardStates.map((state) => [state, targetOf(cards, state, person)]))
}

function targetOf(cards: readonly RepairCard[], state: RepairState, person: ActingPerson): Target {
  const kinds = cards.map((card) => moveOf(card, state, person).kind)
  if (kinds.every((kind) => kind === 'here')) return 'here'
  const able = kinds.filter((kind) => kind === 'act').length
  return able === 0 ? 'none' : able === kinds.length ? 'all' : 'some'
}

export interface MoveChoice {
  readonly to: RepairState
  readonly key: OfferKey
}

/** The columns that a card can go to: those ahead of it in the order of the work, then those it came by. */
export function choicesFor(card: RepairCard, person: ActingPerson): MoveChoice[] {
  const at = order(card.state)
  return [...boardStates.slice(at + 1), ...boardStates.slice(0, at + 1)].flatMap((to) => {
    const move = moveOf(card, to, person)
    // A suspended repair goes back to where it was; one entry says so, not one for each column.
    return move.kind === 'act' && move.key !== 'resume' ? [{ to, key: move.key }] : []
  })
}

import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import type { RepairState } from '#contract/repair-states.ts'
import type { RepairCard } from '#contract/repairs.ts'
import { translate } from '@/app/i18n.ts'
import { notify } from '@/client/index.ts'
import {
  actLabel,
  offerInfo,
  type ActingPerson,
  type ActKey,
  type OfferKey,
} from '@/components/repair/index.ts'
import { isWorkAction, needsOf } from '@/components/repair/offers.ts'
import { moveOf, planMoves, targetsOf, type Move, type Target } from './moves.ts'
import type { Selection } from './use-selection.ts'

/** A move that cannot be made at once, and the act without a form of its own that has to come first. */
export interface Refusal {
  readonly card: RepairCard
  readonly text: string
  readonly first: OfferKey
}

export interface Moves {
  /** The cards in the hand while dragging. */
  readonly dragged: ShallowRef<readonly RepairCard[]>
  readonly targets: ComputedRef<ReadonlyMap<RepairState, Target>>
  readonly refusal: ShallowRef<Refusal | undefined>
  /** Takes a card into the hand; a selected one takes the whole selection with it. */
  take(card: RepairCard): void
  /** Puts what is in the hand into a column. */
  drop(to: RepairState): void
  move(cards: readonly RepairCard[], to: RepairState): void
  act(key: ActKey, cards: readonly RepairCard[]): void
}

/** Why a card cannot go there, and what comes first, in words. */
export function refusedText(card: RepairCard, to: RepairState, move: Move): string {
  if (move.kind !== 'refused') return ''
  const { why, step, permission } = move
  return translate(`bench.refused.${why}`, {
    number: card.number,
    from: translate(`states.state.${card.state}`),
    to: translate(`states.state.${to}`),
    step: step ? actLabel(step) : '',
    engineer: card.engineerName ?? translate('bench.nobody'),
    permission: permission ? translate(`permissions.name.${permission}`) : '',
    lock: card.locked ? translate(`states.lock.${card.locked}`) : '',
  })
}

export function useMoves(
  person: ActingPerson,
  selection: Selection,
  dialogs: { act(key: ActKey, cards: readonly RepairCard[]): Promise<void> },
): Moves {
  const dragged = shallowRef<readonly RepairCard[]>([])
  const refusal = shallowRef<Refusal>()

  function act(key: ActKey, cards: readonly RepairCard[]): void {
    const [first] = cards
    if (!first) return
    const oneByOne = cards.length > 1 && offerInfo[key].bulk !== true
    if (oneByOne) notify('info', translate('bench.oneByOne', { action: actLabel(key), number: first.number }))
    const taken = oneByOne ? [first] : cards
    selection.acting(taken)
    void dialogs.act(key, taken)
  }

  /** Says what is missing and opens the place to give it. */
  function refuse(card: RepairCard, to: RepairState, move: Move): void {
    const text = refusedText(card, to, move)
    const first = move.kind === 'refused' ? move.first : undefined
    if (first !== undefined && isWorkAction(first) && needsOf(first, [card]).size === 0) {
      refusal.value = { card, text, first }
      return
    }
    notify('warning', text)
    if (first !== undefined) act(first, [card])
  }

  function move(cards: readonly RepairCard[], to: RepairState): void {
    const [only] = cards
    if (cards.length === 1 && only) {
      const found = moveOf(only, to, person)
      if (found.kind === 'act') act(found.key, cards)
      else if (found.kind === 'refused') refuse(only, to, found)
      return
    }
    const { key, able, others } = planMoves(cards, to, person)
    for (const { card, move: left } of others.slice(0, 3)) {
      notify('warning', refusedText(card, to, left) || translate('bench.otherAct', { number: card.number }))
    }
    if (key !== undefined) act(key, able)
  }

  return {
    dragged,
    targets: computed(() => targetsOf(dragged.value, person)),
    refusal,
    take(card) {
      dragged.value = selection.has(card.id) ? selection.cards.value : [card]
    },
    drop(to) {
      const cards = dragged.value
      dragged.value = []
      move(cards, to)
    },
    move,
    act,
  }
}

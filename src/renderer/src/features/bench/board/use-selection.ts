import { computed, onScopeDispose, shallowReactive, watch, type ComputedRef } from 'vue'
import type { RepairCard } from '#contract/repairs.ts'
import { call, onHostEvent } from '@/client/index.ts'

/** The cards chosen for one act: ticked on the board or scanned, the latter also when no column shows them. */
export interface Selection {
  readonly cards: ComputedRef<RepairCard[]>
  has(id: number): boolean
  add(card: RepairCard): void
  toggle(card: RepairCard): void
  remove(id: number): void
  clear(): void
  /** An act begins with these: each leaves the selection once it has changed. */
  acting(cards: readonly RepairCard[]): void
}

/** `shown` are the cards on the board now: what changes there changes here, so that no stale version is sent. */
export function useSelection(shown: () => readonly RepairCard[]): Selection {
  const picked = shallowReactive(new Map<number, RepairCard>())
  let versions = new Map<number, number>()

  function renew(card: RepairCard): void {
    if (!picked.has(card.id)) return
    const before = versions.get(card.id)
    if (before !== undefined && card.version > before) picked.delete(card.id)
    else picked.set(card.id, card)
  }

  /** A card that is gone or cannot be read is refused by the host when it comes to that. */
  function fetchAnew({ uid }: RepairCard): void {
    call('repairs.get', { uid })
      .then(renew)
      .catch(() => undefined)
  }

  watch(shown, (now, before) => {
    now.forEach(renew)
    const onBoard = new Set(now.map(({ id }) => id))
    for (const { id } of before) {
      const card = picked.get(id)
      if (card && !onBoard.has(id)) fetchAnew(card)
    }
  })

  const forget = onHostEvent(({ topic, ids }) => {
    if (!topic.startsWith('repairs')) return
    const onBoard = new Set(shown().map(({ id }) => id))
    for (const id of ids) {
      const card = picked.get(id)
      if (card && !onBoard.has(id)) fetchAnew(card)
    }
  })
  onScopeDispose(forget)

  return {
    cards: computed(() => [...picked.values()]),
    has: (id) => picked.has(id),
    add: (card) => picked.set(card.id, card),
    toggle(card) {
      if (!picked.delete(card.id)) picked.set(card.id, card)
    },
    remove: (id) => picked.delete(id),
    clear: () => picked.clear(),
    acting(cards) {
      versions = new Map(cards.map(({ id, version }) => [id, version]))
    },
  }
}

import { computed, onScopeDispose, shallowRef, watch, type ComputedRef } from 'vue'
import type { RepairCard } from '#contract/repairs.ts'
import { call, onHostEvent } from '@/client/index.ts'

/** Repairs chosen for one act: by ticking rows, or by scanning labels whether they are in the list or not. */
export interface Selection {
  readonly cards: ComputedRef<RepairCard[]>
  readonly ids: ComputedRef<number[]>
  has(id: number): boolean
  add(card: RepairCard): void
  remove(id: number): void
  /** What the table has ticked of its rows; what was scanned besides them stays. */
  setOfRows(ids: readonly (string | number)[]): void
  clear(): void
}

/** Asks again for chosen repairs that are in no list on the screen, when a seat changes them. */
function followOthers(chosen: () => readonly RepairCard[], take: (card: RepairCard) => void): void {
  onScopeDispose(
    onHostEvent(({ topic, ids }) => {
      if (!topic.startsWith('repairs')) return
      for (const { id, uid } of chosen().filter((card) => ids.includes(card.id))) {
        call('repairs.get', { uid })
          .then((card) => card.id === id && take(card))
          .catch(() => undefined)
      }
    }),
  )
}

/** `rows` are the list's cards; chosen ones follow them, so that acts send the versions on the screen. */
export function useSelection(rows: () => readonly RepairCard[]): Selection {
  const chosen = shallowRef<ReadonlyMap<number, RepairCard>>(new Map())

  watch(rows, (now) => {
    const fresh = now.filter(({ id, version }) => (chosen.value.get(id)?.version ?? version) !== version)
    if (fresh.length === 0) return
    chosen.value = new Map([...chosen.value, ...fresh.map((card): [number, RepairCard] => [card.id, card])])
  })

  const inRows = (id: number): boolean => rows().some((card) => card.id === id)
  followOthers(
    () => [...chosen.value.values()].filter(({ id }) => !inRows(id)),
    (card) => {
      if (chosen.value.has(card.id)) chosen.value = new Map([...chosen.value, [card.id, card]])
    },
  )

  return {
    cards: computed(() => [...chosen.value.values()]),
    ids: computed(() => [...chosen.value.keys()]),
    has: (id) => chosen.value.has(id),
    add(card) {
      chosen.value = new Map([...chosen.value, [card.id, card]])
    },
    remove(id) {
      chosen.value = new Map([...chosen.value].filter(([other]) => other !== id))
    },
    setOfRows(ids) {
      const wanted = new Set(ids)
      const besides = [...chosen.value].filter(([id]) => !inRows(id))
      const ticked = rows().filter(({ id }) => wanted.has(id))
      chosen.value = new Map([...besides, ...ticked.map((card): [number, RepairCard] => [card.id, card])])
    },
    clear() {
      chosen.value = new Map()
    },
  }
}

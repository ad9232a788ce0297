import { onScopeDispose, shallowRef, watch } from 'vue'
import type { RepairCard } from '#contract/repairs.ts'

/** How long a card that changed stands out, in ms. */
const noticeMs = 1600

/** Cards that have come, moved or changed just now, here or on another seat: the eye finds what is new. */
export function useChanged(cards: () => readonly RepairCard[]): { has(id: number): boolean } {
  const fresh = shallowRef<ReadonlySet<number>>(new Set())
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let known: ReadonlyMap<number, number> | undefined

  watch(cards, (now) => {
    const before = known
    known = new Map(now.map(({ id, version }) => [id, version]))
    // Everything is new on the first sight, and when another filter shows other cards.
    if (before === undefined || before.size === 0) return
    const changed = now.filter(({ id, version }) => before.has(id) && before.get(id) !== version)
    if (changed.length === 0) return
    const ids = changed.map(({ id }) => id)
    fresh.value = new Set([...fresh.value, ...ids])
    const timer = setTimeout(() => {
      timers.delete(timer)
      fresh.value = new Set([...fresh.value].filter((id) => !ids.includes(id)))
    }, noticeMs)
    timers.add(timer)
  })
  onScopeDispose(() => timers.forEach(clearTimeout))

  return { has: (id) => fresh.value.has(id) }
}

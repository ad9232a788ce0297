import { nextTick, onScopeDispose, ref, watch, type Ref, type ShallowRef } from 'vue'
import type { RepairCard } from '#contract/repairs.ts'

/** One card of the board is reached by Tab; arrow keys lead to the others. */
export interface BoardFocus {
  readonly active: Readonly<Ref<number | undefined>>
  /** Arrow keys, Home and End, answered when they were for the board. */
  pressed(event: KeyboardEvent): boolean
  focus(id: number): void
  /** Gives the focus back to the card that had it, when what had it since is gone. */
  restore(): void
}

type Columns = readonly (readonly RepairCard[])[]

const ways = ['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End'] as const
type Way = (typeof ways)[number]

function isWay(key: string): key is Way {
  return ways.some((way) => way === key)
}

/** The card that a key leads to: within the column, or at the same height in the next one that has cards. */
function neighbour(columns: Columns, from: number | undefined, way: Way): number | undefined {
  const column = columns.findIndex((cards) => cards.some(({ id }) => id === from))
  const cards = columns[column] ?? []
  const row = cards.findIndex(({ id }) => id === from)
  if (way === 'ArrowDown') return cards[row + 1]?.id
  if (way === 'ArrowUp') return cards[row - 1]?.id
  if (way === 'Home') return cards[0]?.id
  if (way === 'End') return cards.at(-1)?.id
  const side = way === 'ArrowRight' ? columns.slice(column + 1) : columns.slice(0, column).toReversed()
  const beside = side.find((others) => others.length > 0) ?? []
  return beside[Math.min(row, beside.length - 1)]?.id
}

/**
 * `columns` holds the cards as they stand on the screen. A card that moves to another column is drawn anew there;
 * the focus follows it, so that a keyboard does not have to start over.
 */
export function useBoardFocus(
  columns: () => Columns,
  frame: Readonly<ShallowRef<HTMLElement | null>>,
): BoardFocus {
  const active = ref<number>()
  let wanted = false

  function linkOf(id: number): HTMLElement | null {
    return frame.value?.querySelector<HTMLElement>(`[data-card="${id}"] a`) ?? null
  }

  function focus(id: number): void {
    active.value = id
    const link = linkOf(id)
    link?.focus({ preventScroll: true })
    link?.closest('[data-card]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  function restore(): void {
    if (wanted && document.activeElement === document.body && active.value !== undefined) focus(active.value)
  }

  function focused({ target }: FocusEvent): void {
    if (!(target instanceof Element) || target === document.body) return
    const card = target.closest<HTMLElement>('[data-card]')
    if (card && frame.value?.contains(card)) {
      active.value = Number(card.dataset['card'])
      wanted = true
    } else if (!target.closest('[role="dialog"], [role="menu"]')) {
      wanted = false
    }
  }
  document.addEventListener('focusin', focused)
  onScopeDispose(() => document.removeEventListener('focusin', focused))

  watch(
    columns,
    (now) => {
      const ids = now.flat().map(({ id }) => id)
      if (active.value === undefined || !ids.includes(active.value)) active.value = ids[0]
      void nextTick(restore)
    },
    { immediate: true },
  )

  return {
    active,
    pressed(event) {
      if (!isWay(event.key) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false
      const id = neighbour(columns(), active.value, event.key)
      if (id !== undefined) focus(id)
      return true
    },
    focus,
    restore,
  }
}

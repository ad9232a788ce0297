import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import { useSession } from '@/app/session.ts'
import { useQueryOf, type QueryOf } from '@/client/index.ts'
import type { ShiftReport } from '#contract/shifts.ts'

export interface ShiftHere {
  readonly query: QueryOf<ShiftReport | null>
  readonly shift: ComputedRef<ShiftReport | null>
  /** True once it is known that no shift is open at this seat: no cash can be taken. */
  readonly missing: ComputedRef<boolean>
}

/** The cash shift of this seat. */
export function useShift(asked: () => boolean = () => true): ShiftHere {
  const query = useQueryOf('shifts.current', () => (asked() ? {} : undefined))
  return {
    query,
    shift: computed(() => query.data.value ?? null),
    missing: computed(() => query.data.value === null),
  }
}

/** What the shift before left in this seat's drawer, as the float to begin with; null until it is known. */
export function useFloat(): Ref<number | null> {
  const session = useSession()
  const float = ref<number | null>(null)
  const list = useQueryOf('shifts.list', { limit: 50 })
  const before = computed(() =>
    list.data.value?.rows.find(
      (row) => row.seatName === session.signedIn?.seat.name && row.closedAt !== null,
    ),
  )
  const report = useQueryOf('shifts.get', () => (before.value ? { uid: before.value.uid } : undefined))
  watch(
    () => report.data.value?.leftMinor,
    (left) => {
      if (left !== null && left !== undefined) float.value ??= left
    },
    { immediate: true },
  )
  return float
}

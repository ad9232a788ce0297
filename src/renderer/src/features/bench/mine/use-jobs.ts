import { computed, ref, watch, type ComputedRef } from 'vue'
import { repairStateInfo } from '#contract/repair-states.ts'
import type { RepairCard } from '#contract/repairs.ts'

/** One technician's jobs with the one that is being worked on. */
export interface Jobs {
  readonly current: ComputedRef<RepairCard | undefined>
  /** Makes a job the current one. */
  take(uid: string): void
}

/** Hands are on it now: diagnosing, in repair or testing. */
function inHand({ state, locked }: RepairCard): boolean {
  return repairStateInfo[state].tone === 'active' && locked === null
}

/**
 * The current job stays where it is while the list around it changes, until it leaves the bench; then it is
 * the one already in hand, else the first of the order.
 */
export function useJobs(jobs: () => readonly RepairCard[]): Jobs {
  const uid = ref<string>()
  const current = computed(() => jobs().find((job) => job.uid === uid.value))

  watch(
    jobs,
    (now) => {
      if (!now.some((job) => job.uid === uid.value)) uid.value = (now.find(inHand) ?? now[0])?.uid
    },
    { immediate: true },
  )

  return {
    current,
    take(next) {
      uid.value = next
    },
  }
}

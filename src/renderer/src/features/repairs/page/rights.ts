import { computed, type ComputedRef } from 'vue'
import { repairStateInfo } from '#contract/repair-states.ts'
import type { Permission } from '#contract/permissions.ts'
import type { Repair } from '#contract/repairs.ts'
import { useSession } from '@/app/session.ts'

/** What this person may do with what the bench keeps of a repair; the host checks each act again. */
export interface Rights {
  /** It is on somebody's bench, and this person may work there. */
  readonly mayWork: ComputedRef<boolean>
  /** The repair is open and nobody locked it. */
  readonly open: ComputedRef<boolean>
  can(permission: Permission): boolean
}

export function useRights(repair: () => Repair): Rights {
  const session = useSession()
  const open = computed(() => {
    const { state, locked, imported } = repair()
    const { phase } = repairStateInfo[state]
    return locked === null && !imported && phase !== 'end' && state !== 'collected'
  })
  const mayWork = computed(() => {
    const { state, engineerId } = repair()
    const own = engineerId === session.user?.id || session.can('repairs.work_for_others')
    return open.value && own && session.can('repairs.work') && repairStateInfo[state].phase === 'bench'
  })
  return { mayWork, open, can: (permission) => session.can(permission) }
}

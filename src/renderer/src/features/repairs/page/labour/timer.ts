import { computed, type ComputedRef } from 'vue'
import type { LabourLine } from '#contract/work.ts'
import { translate } from '@/app/i18n.ts'
import { useSession } from '@/app/session.ts'
import { useCommand } from '@/client/index.ts'
import { minutesSince } from '@/components/repair/index.ts'

export interface LabourTimer {
  /** Minutes so far, with those of the timer that runs. */
  readonly minutes: ComputedRef<number>
  readonly running: ComputedRef<boolean>
  /** One's own timer, or a colleague's for who may work for others. */
  readonly mayStop: ComputedRef<boolean>
  readonly busy: ComputedRef<boolean>
  start(): Promise<void>
  stop(): Promise<void>
}

export function useTimer(line: () => LabourLine): LabourTimer {
  const ran = minutesSince(() => line().runningSince)
  const session = useSession()
  const start = useCommand('work.startTimer', { done: () => translate('work.labour.started') })
  const stop = useCommand('work.stopTimer', { done: () => translate('work.labour.stopped') })
  const target = () => ({ labourId: line().id, version: line().version })
  return {
    minutes: computed(() => line().actualMinutes + ran.value),
    running: computed(() => line().runningSince !== null),
    mayStop: computed(
      () => line().runningBy === session.user?.name || session.can('repairs.work_for_others'),
    ),
    busy: computed(() => start.pending.value || stop.pending.value),
    async start() {
      await start.run(target())
    },
    async stop() {
      await stop.run(target())
    },
  }
}

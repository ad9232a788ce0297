import { computed, ref, shallowRef } from 'vue'
import type { OutputOf } from '#contract/method-types.ts'
import { isConnectionLoss, toCallError, type CallError } from '@/client/index.ts'

type Standing = OutputOf<'takeover.standing'>
export type Stage = 'choose' | 'sending' | 'trying' | 'found' | 'opening' | 'here'

/** Where taking over a shop stands, as the page shows it. */
export function takeoverState() {
  const stage = ref<Stage>('choose')
  const problem = shallowRef<CallError>()
  const found = shallowRef<NonNullable<Standing['found']>>()
  const running = shallowRef<Standing['running']>(null)
  const sent = ref({ done: 0, of: 0 })
  return {
    stage,
    problem,
    found,
    running,
    /** Bytes of the file, or pictures. */
    sent,
    percent: computed(() => (sent.value.of > 0 ? (sent.value.done / sent.value.of) * 100 : 0)),
    needsPassphrase: computed(() =>
      ['backup.passphrase_required', 'backup.wrong_passphrase'].includes(problem.value?.code ?? ''),
    ),
    /** Whether the file did not arrive as a whole, so that sending the rest helps. */
    isBrokenOff: computed(
      () => problem.value?.code === 'setup.broken_off' || isConnectionLoss(problem.value),
    ),
    /** Runs one step and answers whether it went well; what goes wrong is kept, and the person is left at `back`. */
    async step(at: Stage, back: Stage, work: () => Promise<void>): Promise<boolean> {
      problem.value = undefined
      stage.value = at
      try {
        await work()
        return true
      } catch (error) {
        problem.value = toCallError(error)
        stage.value = back
        return false
      }
    },
    clear(): void {
      problem.value = undefined
      found.value = undefined
      stage.value = 'choose'
    },
  }
}

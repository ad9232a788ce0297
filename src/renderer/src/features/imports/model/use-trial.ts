import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import type { OutputOf } from '#contract/method-types.ts'
import type { InspectedFile } from '#contract/imports.ts'
import { call, toCallError, type CallError } from '@/client/index.ts'
import type { Draft } from './profile.ts'

export type Trial = OutputOf<'imports.tryMapping'>

/** Long enough that a quick hand does not ask for every key, short enough to be a live example. */
const pauseMs = 200

/** The mapping tried on the first rows of the file, again after every change of it. */
export function useTrial(
  draft: () => Draft | null,
  inspected: () => InspectedFile | null,
): { trial: ShallowRef<Trial | null>; problem: ShallowRef<CallError | null> } {
  const trial = shallowRef<Trial | null>(null)
  const problem = shallowRef<CallError | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0

  async function attempt(profile: Draft, file: InspectedFile): Promise<void> {
    const mine = ++asked
    try {
      const answer = await call('imports.tryMapping', { profile, columns: file.columns, rows: file.sample })
      if (mine !== asked) return
      trial.value = answer
      problem.value = null
    } catch (error) {
      if (mine === asked) problem.value = toCallError(error)
    }
  }

  watch(
    [draft, inspected],
    ([profile, file]) => {
      clearTimeout(timer)
      if (profile && file) timer = setTimeout(() => void attempt(profile, file), trial.value ? pauseMs : 0)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return { trial, problem }
}

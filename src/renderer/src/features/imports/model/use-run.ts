import { computed, type ComputedRef } from 'vue'
import type { ImportRun } from '#contract/imports.ts'
import type { OutputOf } from '#contract/method-types.ts'
import { saveFile, useCommand, useQueryOf, useTask } from '@/client/index.ts'
import { rejectWords } from './downloads.ts'

export type RunDetails = OutputOf<'imports.run'>

/** One run and what may be done with it. While it is under way only its counts are asked for, a few times a second. */
export function useRun(runId: () => number | null): {
  run: ComputedRef<ImportRun | undefined>
  details: ComputedRef<RunDetails | undefined>
} {
  const runs = useQueryOf('imports.runs', {})
  const run = computed(() => runs.data.value?.find((one) => one.id === runId()))
  const ended = computed(() => run.value !== undefined && run.value.state !== 'running')
  const details = useQueryOf('imports.run', () => {
    const id = runId()
    return id !== null && ended.value ? { runId: id } : undefined
  })
  return {
    run,
    details: computed(() => (details.data.value?.run.id === runId() ? details.data.value : undefined)),
  }
}

export function useRunActs() {
  const cancel = useTask('imports.cancel')
  const resume = useCommand('imports.resume')
  const rejects = useTask('imports.rejectsFile')
  return {
    cancelling: cancel.pending,
    resuming: resume.pending,
    downloading: rejects.pending,
    cancel: (run: ImportRun) => cancel.run({ runId: run.id }),
    resume: (run: ImportRun) => resume.run({ runId: run.id }),
    async saveRejects(run: ImportRun): Promise<void> {
      const file = await rejects.run({ runId: run.id, words: rejectWords(run.target) })
      if (file) saveFile(file, file.name)
    },
  }
}

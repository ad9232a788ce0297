import { randomUUID } from 'node:crypto'
import type { ImportRun } from '#contract/imports.ts'
import { AppError, type Actor, type App } from '#core/app.ts'
import type { ImportFiles } from './import-files.ts'
import { closing, forgetDryRun, runImport, type ImportRequest } from './import-run.ts'

type Started = Omit<ImportRequest, 'commandId' | 'signal' | 'onBegin' | 'onProgress' | 'batchRows'>

/** Imports asked for at the seats: one at a time, because a second one would only make both slower. */
export interface ImportRunner {
  /** Answers as soon as the run has begun; the same `commandId` again answers the same run. Error: `import.running`. */
  start(commandId: string, request: Started): Promise<ImportRun>
  /**
   * Goes on with a broken-off run from its kept file; one that came to its end meanwhile is answered as it ended.
   * Errors: `import.file_missing`, `import.running`.
   */
  resume(commandId: string, runId: number, actor: Actor): Promise<ImportRun>
  cancel(runId: number): void
  /** Breaks off what is under way, so that it can go on when the host starts again. */
  close(): Promise<void>
}

interface UnderWay {
  readonly stop: AbortController
  readonly begun: Promise<number>
  readonly finished: Promise<void>
  runId: number | null
}

/** How many answered starts are remembered for a seat that lost the answer. */
const remembered = 20

/** Runs one import to its end, and keeps its file for as long as it may have to go on. */
async function follow(
  app: App,
  files: ImportFiles,
  request: Started & { readonly commandId: string },
  signal: AbortSignal,
  onBegin: (runId: number) => void,
): Promise<void> {
  let runUid = ''
  const result = await runImport(app, {
    ...request,
    signal,
    async onBegin(run) {
      runUid = run.uid
      if (!request.dryRun) await files.keepForRun(request.path, run.uid)
      onBegin(run.runId)
    },
  })
  if (!request.dryRun && result.state !== 'interrupted') await files.forgetRun(runUid)
}

export function importRunner(app: App, files: ImportFiles): ImportRunner {
  const answered = new Map<string, Promise<number>>()
  let underWay: UnderWay | null = null

  function begin(commandId: string, request: Started): UnderWay {
    const stop = new AbortController()
    const begun = Promise.withResolvers<number>()
    const finished = follow(app, files, { ...request, commandId }, stop.signal, (runId) => {
      one.runId = runId
      begun.resolve(runId)
    })
      .catch((error: unknown) => {
        begun.reject(error)
        app.log.warn({ err: error, fileName: request.fileName }, 'an import ended early')
      })
      .finally(() => {
        underWay = null
      })
    const one: UnderWay = { stop, begun: begun.promise, finished, runId: null }
    return one
  }

  async function start(commandId: string, request: Started): Promise<ImportRun> {
    for (;;) {
      const before = underWay
      if (before === null || answered.has(commandId)) break
      if (!hasEnded(before)) throw new AppError('import.running')
      // The seat saw it end a moment before its file was put away.
      await before.finished
    }
    const runId = await (answered.get(commandId) ?? beginAs(commandId, request))
    return app.run('imports.run', { runId }, request.actor).run
  }

  function beginAs(commandId: string, request: Started): Promise<number> {
    underWay = begin(commandId, request)
    answered.set(commandId, underWay.begun)
    const [oldest] = answered.keys()
    if (answered.size > remembered && oldest !== undefined) answered.delete(oldest)
    return underWay.begun
  }

  function hasEnded({ runId }: UnderWay): boolean {
    return runId !== null && app.run('runs.stored', { runId }).state !== 'running'
  }

  return {
    start,
    async resume(commandId, runId, actor) {
      const { uid, profile, reading, fileName, dryRun, state } = app.run('runs.stored', { runId }, actor)
      // A seat that lost the answer asks again, and the kept file is gone with the end of the run.
      if (state === 'done' || state === 'cancelled') return app.run('imports.run', { runId }, actor).run
      const path = files.ofRun(uid)
      return await start(commandId, { path, fileName, profile, reading, dryRun, actor })
    },
    cancel(runId) {
      if (underWay?.runId === runId) underWay.stop.abort()
    },
    async close() {
      underWay?.stop.abort(closing)
      await underWay?.finished
    },
  }
}

/** At the host's start: what says it is under way was broken off, and old files go. */
export async function settleImports(app: App, files: ImportFiles): Promise<void> {
  if (app.run('session.state', {}).setUp) {
    for (const { runId } of app.run('runs.underWay', {})) {
      const { dryRun } = app.run('runs.stored', { runId })
      const commandId = randomUUID()
      app.run('runs.end', {
        commandId,
        runId,
        state: dryRun ? 'cancelled' : 'interrupted',
        errorCode: null,
      })
      if (dryRun) await forgetDryRun(app, runId)
    }
  }
  await files.tidy(app.clock.now())
}

import type { BackupOverview } from '#contract/backups.ts'
import { AppError, type App } from '#core/app.ts'
import { onBackupThread, type BackupResult, type BackupThread, type BackupWork } from './backup-thread.ts'

type Running = NonNullable<BackupOverview['running']>
type Last = NonNullable<BackupOverview['last']>

/** One undertaking at a time; how it goes and how it ended can be asked, and is announced. */
export function backupJobs(app: App) {
  let running: Running | null = null
  let thread: BackupThread | undefined
  let last: Last | null = null
  let ready: Promise<void> = Promise.resolve()
  const tell = () => app.announce('backups', [])
  return {
    running: () => running,
    last: () => last,
    /** Nothing is done before this, which must not fail: what is asked for waits. */
    startAfter(before: Promise<void>) {
      ready = before
    },
    /** Undertakes something of one or more acts. Error: `backup.running`, and those of the work. */
    async undertake<T>(act: Running['act'], name: string, work: () => Promise<T>): Promise<T> {
      if (running) throw new AppError('backup.running')
      running = { act, name, step: act === 'make' ? 'copy' : 'pack', done: 0, total: 0 }
      tell()
      let problem: Last['problem'] = null
      try {
        await ready
        return await work()
      } catch (error) {
        problem = { at: app.clock.now(), ...troubleOf(app, error) }
        throw error
      } finally {
        last = { act, name, at: app.clock.now(), problem }
        running = null
        tell()
      }
    },
    /** Does one act of an undertaking on the thread. Errors are those of the act. */
    async act(name: string, work: BackupWork): Promise<BackupResult> {
      thread = onBackupThread(work, (progress) => {
        running = { act: work.act, name, ...progress }
        tell()
      })
      return await thread.result
    },
    /** Breaks off what is under way. */
    async stop() {
      await thread?.stop()
    },
  }
}

/** What went wrong, as it can be kept and shown; a bug is in the log. */
export function troubleOf(app: App, error: unknown): Pick<NonNullable<Last['problem']>, 'code' | 'params'> {
  if (error instanceof AppError) return { code: error.code, params: { ...error.params } }
  app.log.error({ err: error }, 'a backup failed')
  return { code: 'internal', params: {} }
}

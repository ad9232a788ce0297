import { AppError, type App } from '#core/app.ts'
import { dailyIsDue, type ClockWatch } from '../backup/retention.ts'
import type { BackupService } from '../backup/service.ts'
import { program } from '../program.ts'

const minute = 60_000
/** After a start the seats come first; a backup that was missed is made then. */
const firstAfterMs = 5 * minute
/** A disk that was full may have room again. */
const againAfterMs = 60 * minute

/**
 * Makes the day's backup when its time has come, and brings it to the second folder when that is there again. Answers
 * the function that stops it.
 */
export function startBackupRounds(app: App, service: BackupService, clock: ClockWatch): () => void {
  let triedAt = Number.NEGATIVE_INFINITY
  let running = false
  const round = async () => {
    if (!app.run('session.state', {}).setUp || service.jobs.running()) return
    const now = app.clock.now()
    const setBack = clock.wasSetBack(now)
    if (now - triedAt < againAfterMs && triedAt <= now) return
    const { settings } = app.run('settings.get', {}, program)
    // Whatever it was made for: one made by hand this morning is today's backup as well.
    const newest = await service.newest()
    const { backup, timeZone } = settings
    if (setBack || dailyIsDue(now, newest?.at ?? null, backup.time, timeZone)) {
      triedAt = now
      await service.make('daily')
      clock.settled()
    } else {
      await service.catchUp()
    }
  }
  const tick = () => {
    if (running) return
    running = true
    round()
      .catch((error: unknown) => {
        // What a person can do something about is written down and shown already.
        if (!(error instanceof AppError)) app.log.error({ err: error }, 'the day’s backup failed')
      })
      .finally(() => (running = false))
  }
  let timer: NodeJS.Timeout | undefined
  const first = setTimeout(() => {
    tick()
    timer = setInterval(tick, minute)
    timer.unref()
  }, firstAfterMs)
  first.unref()
  return () => {
    clearTimeout(first)
    clearInterval(timer)
  }
}

import { randomUUID } from 'node:crypto'
import type { App } from '#core/app.ts'
import type { FileStore } from '../file-store.ts'

const minute = 60_000
const batch = 500

/**
 * Runs the program's own rules: the time rules of the closed loop at once (the host may have been off
 * for weeks) and every minute, the purge every hour, and once a day the pictures nobody needs any more go. Answers the function that stops it.
 */
export function startSchedule(app: App, files: Pick<FileStore, 'sweep'>): () => void {
  const timeRules = () => {
    guarded(app, 'time rules', () => {
      const done = app.run('schedule.timeRules', { commandId: randomUUID(), limit: batch })
      // Long arrears are worked off in small transactions, with the seats served in between.
      if (done.more) setImmediate(timeRules)
    })
  }
  const purge = () => guarded(app, 'purge', () => app.run('schedule.purge', { commandId: randomUUID() }))
  const sweep = () => {
    files.sweep().catch((error: unknown) => app.log.error({ err: error }, 'pictures could not be tidied'))
  }
  const retention = () => {
    guarded(app, 'retention', () => {
      const done = app.run('schedule.retention', { commandId: randomUUID() })
      if (done.more) setImmediate(retention)
    })
  }
  // What was erased is not to lie on the disk until tomorrow.
  const stopListening = app.subscribe(({ topic }) => {
    if (topic === 'files') sweep()
  })
  timeRules()
  const timers = [
    setInterval(timeRules, minute),
    setInterval(purge, 60 * minute),
    setInterval(sweep, 24 * 60 * minute),
    setInterval(retention, 24 * 60 * minute),
  ]
  const first = setTimeout(() => {
    purge()
    retention()
    sweep()
  }, 5 * minute)
  for (const timer of [...timers, first]) timer.unref()
  return () => {
    for (const timer of timers) clearInterval(timer)
    clearTimeout(first)
    stopListening()
  }
}

function guarded(app: App, name: string, act: () => void): void {
  try {
    act()
  } catch (error) {
    // Before set-up there is nothing to do; anything else is in the log, and the next round tries again.
    if (error instanceof Error && error.message !== 'setup.required')
      app.log.error({ err: error }, `${name} failed`)
  }
}

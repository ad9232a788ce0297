import { randomUUID } from 'node:crypto'
import type { AuditState, FileReport } from '#contract/audit.ts'
import { dayOf, type App } from '#core/app.ts'
import type { DataFolder } from '../data-folder.ts'
import { program } from '../program.ts'
import { noteHead, readHeads } from './heads.ts'
import { verifyOnThread, type VerifyThread } from './verify-thread.ts'

const minute = 60_000
const hour = 60 * minute
/** Nobody stands at the counter before this hour. */
const nightEnds = 5 * hour

export interface AuditRounds {
  /** Looks through the whole file now; two who ask at once get the same answer. */
  check(): Promise<AuditState>
  close(): Promise<void>
}

/**
 * The program's own checks of its file: briefly at the start, before anybody is served; whole each night, and soon
 * after the start where the last one is a day old. At start, each hour and at the end it notes outside of the file
 * where the audit log ends.
 */
export function startAuditRounds(
  app: App,
  folder: DataFolder,
  migrations: readonly { name: string; sql: string }[],
): AuditRounds {
  const isSetUp = () => app.run('session.state', {}).setUp
  const note = () => noteHead(folder, app.run('trail.head', {}))
  const keep = (whole: boolean, { auditRows, faults }: FileReport): AuditState =>
    app.run('trail.checked', { commandId: randomUUID(), whole, rows: auditRows, faults })

  let under: { thread: VerifyThread; state: Promise<AuditState> } | undefined
  const check = (): Promise<AuditState> => {
    if (!under) {
      const thread = verifyOnThread({ database: folder.database, migrations, heads: readHeads(folder) })
      const state = thread.done.then((report) => keep(true, report)).finally(() => (under = undefined))
      under = { thread, state }
    }
    return under.state
  }
  let closing = false
  const round = () => {
    try {
      if (!isSetUp()) return
      note()
      if (!isDue(app)) return
      check().catch((error: unknown) => {
        if (!closing) app.log.error({ err: error }, 'the file could not be looked through')
      })
    } catch (error) {
      app.log.error({ err: error }, 'the end of the audit log could not be noted')
    }
  }
  if (isSetUp()) {
    keep(false, app.run('trail.brief', { heads: readHeads(folder) }))
    note()
  }
  const timers = [setTimeout(round, 2 * minute), setInterval(round, hour)]
  for (const timer of timers) timer.unref()
  return {
    check,
    async close() {
      closing = true
      for (const timer of timers) clearTimeout(timer)
      const last = under
      await last?.thread.stop()
      await last?.state.catch(() => undefined)
      if (isSetUp()) note()
    },
  }
}

/** Once a night; by day only for a shop that is switched off at night. */
function isDue(app: App): boolean {
  const now = app.clock.now()
  const timeZone = app.run('session.state', {}).shop?.timeZone ?? 'UTC'
  const last = app.run('audit.state', {}, program).whole?.at
  if (last === undefined || now - last >= 24 * hour) return true
  const today = dayOf(now, timeZone)
  return dayOf(now - nightEnds, timeZone) !== today && dayOf(last, timeZone) !== today
}

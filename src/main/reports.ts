import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { systemNow } from './clock.ts'

const largest = 1_000_000

export interface ReportLog {
  readonly folder: string
  /** Adds a line with the time; a log that cannot be written stops nobody. */
  write(what: string): void
}

/** What went wrong in the program itself, kept on this computer and sent nowhere: `shell.log`, one older file beside it. */
export function openReports(folder: string): ReportLog {
  const file = join(folder, 'shell.log')
  return {
    folder,
    write(what) {
      try {
        mkdirSync(folder, { recursive: true })
        if (sizeOf(file) > largest) renameSync(file, `${file}.old`)
        appendFileSync(file, `${new Date(systemNow()).toISOString()} ${what.trimEnd()}\n`, { mode: 0o600 })
      } catch {
        // A full disk is said by the host, who needs it more.
      }
    },
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

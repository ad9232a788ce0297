import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { AppError } from '#core/app.ts'

/**
 * A file that was cut inside of its last page is no whole number of pages long. SQLite fills the page up with zeros
 * and says nothing, so it is asked here. With a log beside it the file may be behind; then the log says what is in it.
 * Error: `database.damaged`.
 */
export function refuseCutPage(database: string): void {
  const found = statSync(database, { throwIfNoEntry: false })
  if (!found || found.size === 0) return
  if ((statSync(`${database}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return
  const head = Buffer.alloc(18)
  const handle = openSync(database, 'r')
  try {
    readSync(handle, head, 0, head.length, 0)
  } finally {
    closeSync(handle)
  }
  // The format's own word for 65,536 is 1.
  const pageBytes = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16)
  if (pageBytes === 0 || found.size % pageBytes !== 0) throw new AppError('database.damaged')
}

import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/* A large file is not looked through at each start. Where SQLite met a page that is none while seats were served, the
 * next start does look through all of it, and leads to a backup if need be. */

const note = (data: string) => join(data, 'damage.suspected')

export function suspectDamage(data: string): void {
  try {
    writeFileSync(note(data), '', { mode: 0o600 })
  } catch {
    // A disk that takes no note is in trouble of its own; the nightly check finds the page again.
  }
}

export function isSuspected(data: string): boolean {
  return existsSync(note(data))
}

/** The whole file was looked through, or another stands in its place. */
export function trusted(data: string): void {
  rmSync(note(data), { force: true })
}

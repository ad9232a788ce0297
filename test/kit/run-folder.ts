import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * One folder for everything temporary of a run, whoever makes it: tests remove their own, and what a test that was
 * broken off, a killed host or a browser left behind goes with the folder. Answers what ends it.
 */
export default function runFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'benchside-run-'))
  // The names under which POSIX and Windows know the place; workers and their children inherit them.
  for (const name of ['TMPDIR', 'TMP', 'TEMP']) process.env[name] = folder
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}
